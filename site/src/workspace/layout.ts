// How large the panes are, as the person left them.

import { personStore } from './storage.js';

/** What can be resized. The inspector has a size of its own while it shows the matrix. */
export const resizable = ['side', 'key', 'inspector', 'matrix', 'request', 'decision', 'time', 'console'] as const;
export type Resizable = (typeof resizable)[number];

/** Sizes in CSS pixels; what is absent has the size that the window gives it. A pane of size 0 is put away. */
export type Layout = Readonly<Partial<Record<Resizable, number>>>;

/** The remembered sizes. What cannot be read is no wish. */
export function rememberedLayout(): Layout {
  try {
    const stored: unknown = JSON.parse(personStore.get('layout') ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([name, size]) =>
      resizable.some((known) => known === name) && typeof size === 'number' && size >= 0 && size < 10_000));
  } catch {
    return {};
  }
}

export function rememberLayout(layout: Layout): void {
  personStore.set('layout', JSON.stringify(layout));
}
