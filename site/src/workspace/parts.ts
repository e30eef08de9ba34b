// Small parts that all views draw alike.

import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { PrincipalView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { unitsOf } from './timeline.js';

export type Tone = 'allowed' | 'denied' | 'waiting' | 'grey';

const shapes: Readonly<Record<Tone, string>> = { allowed: '✓', denied: '✕', waiting: '◷', grey: '–' };

/** The shape that goes with a word; the word says the same to those who do not see it. */
export function shape(tone: Tone, character = shapes[tone]): TemplateResult {
  return html`<span class="shape ${tone}" aria-hidden="true">${character}</span>`;
}

/** Moves among tabs by arrow keys, Home and End, and chooses the one arrived at. */
export function tabKeys(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.indexOf(event.target as HTMLElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const next = tabs[(to + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
}

/** The time of day of an RFC 3339 time, with its date when asked. The simulated clock is in UTC. */
export function clock(time: string, withDate = false): string {
  const [date = '', rest = ''] = time.split('T');
  const clockTime = rest.slice(0, 8);
  return withDate ? `${date} ${clockTime}` : clockTime;
}

/** The last part of an ARN: "user/kms-test-2". */
export function shortARN(arn: string): string {
  const parts = arn.split(':');
  if (parts.length < 6) return arn;
  const resource = parts.slice(5).join(':');
  return resource === 'root' ? text().workspace.rootOf(parts[4] ?? '') : resource;
}

/** Principals to choose from. There may be hundreds, and most changes are about something else. */
export function principalOptions(principals: readonly PrincipalView[], chosen: string) {
  return guard([principals, chosen, text()], () => principals.map((p) => html`<option value=${p.Ref} title=${p.ARN} .selected=${p.Ref === chosen}>${said(p.Label)}</option>`));
}

export function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value;
}

/** Acts on Enter in a text field. Frames without allow-forms block the browser's own form submission. */
export function onEnter(act: (form: HTMLFormElement) => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (!(event.target instanceof HTMLInputElement) || event.target.type === 'checkbox') return;
    event.preventDefault();
    act(event.currentTarget as HTMLFormElement);
  };
}

/** Acts on a click on the button of a form. */
export function onPress(act: (form: HTMLFormElement) => void): (event: Event) => void {
  return (event) => act((event.currentTarget as HTMLElement).closest('form')!);
}

/** Moves the focus among the buttons of a list by arrow keys, Home and End. One of them is in the order of Tab: the one left. */
export function listKeys(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const list = event.currentTarget as HTMLElement;
  const buttons = [...list.querySelectorAll<HTMLElement>('button')];
  const at = buttons.indexOf(event.target as HTMLElement);
  const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus();
}

/** A command to recognise, without the whole of ciphertexts in it. */
export function short(command: string): string {
  return command.replace(/[A-Za-z0-9+/=]{60,}/g, (word) => `${word.slice(0, 20)}…`);
}

/** How long something takes: "1 h 30 min". */
export function duration(seconds: number): string {
  const words = text().workspace.units;
  return unitsOf(seconds).map((n, i) => (n ? words[i]!(n) : '')).filter(Boolean).join(' ') || words[3]!(0);
}
