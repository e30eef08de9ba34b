// How panels name things.

import type { KeyView, State } from '../engine/messages.js';

/** How a call of somebody names a key: by its id at home, by its ARN from elsewhere. */
export function nameOf(key: KeyView, session: State | null, as: string): string {
  const arn = session?.Principals.find((p) => p.Ref === as)?.ARN ?? '';
  return arn.split(':')[4] === key.Account ? key.KeyId : key.ARN;
}

/** The trimmed text of a control of a form. */
export function entered(form: HTMLFormElement, name: string): string {
  return String(new FormData(form).get(name) ?? '').trim();
}

/** "alias/app" for "app". */
export function aliasName(typed: string): string {
  return typed === '' || typed.startsWith('alias/') ? typed : `alias/${typed}`;
}
