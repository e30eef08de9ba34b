// The work of this tab: remembered for a reload, and handed to the keeper, which is loaded at the first change. Until it
// is there, the tab's memory is all there is.

import { text } from '../text/text.js';
import { reason, type HeldState } from './held-state.js';
import type { Keeper, Work } from './keeper.js';
import { keptNotice } from './keeping.js';
import { packed } from './past.js';
import { keepSaved, keptSaved, type Saved } from './saved.js';
import type { Notice } from './state.js';
import { tabStore } from './storage.js';

export class TabWork {
  readonly #held: HeldState;
  #keeper: Promise<Keeper> | undefined;
  #kept: Keeper | undefined;
  #resuming = false;
  // The tab held changes when the page was loaded.
  #carried = false;
  #saved: Saved | null = keptSaved();

  constructor(held: HeldState) {
    this.#held = held;
  }

  close(): void {
    this.#kept?.close();
  }

  /** What keeps the work; loaded when it is first wanted. */
  keeper(): Promise<Keeper> {
    this.#keeper ??= import('./keeper.js').then(({ Keeper }) => {
      this.#kept = new Keeper(() => this.work(), (keeping) => this.#held.set({ keeping }));
      return this.#kept;
    });
    return this.#keeper;
  }

  work(): Work | null {
    const { session, opened, example, keeping } = this.#held.state;
    const changed = (session?.CanUndo ?? false) || keeping.id !== '' || this.#carried;
    return session && { title: session.Title, document: session.Document, opened, example, changed, past: () => packed(session.Document, session.History) };
  }

  /** The tab remembers the session as it is now; what was changed is kept. */
  remember(): void {
    const { session, opened, example, saved } = this.#held.state;
    if (!this.#held.ownsAddress || !session) return;
    tabStore.set('document', session.Document);
    tabStore.set('opened', opened);
    tabStore.set('example', example);
    if (saved !== this.#saved) keepSaved(saved);
    this.#saved = saved;
    tabStore.set('past', packed(session.Document, session.History));
    this.#keep();
  }

  #keep(): void {
    const work = this.work();
    if (!work || this.#resuming) return;
    tabStore.set('changed', work.changed ? 'yes' : '');
    if (!work.changed) return;
    if (this.#kept) this.#kept.save();
    else void this.keeper().then((keeper) => keeper.save(), () => this.#tell(text().workspace.keeping.noKeeper));
  }

  /** The person has saved the work. */
  saved(as: Saved['as']): void {
    const { session } = this.#held.state;
    if (session) this.#held.set({ saved: { document: session.Document, at: Date.now(), as } });
    this.remember();
  }

  /** What is open now is kept nowhere. */
  unkept(): void {
    this.#carried = false;
    if (this.#kept) this.#kept.opened('', null);
    else tabStore.set('scenario', '');
  }

  /** Goes on with what the tab remembers, once open has opened it; false when it could not. */
  async resume(open: () => Promise<boolean>): Promise<boolean> {
    const [remembered, carried] = [tabStore.get('scenario'), tabStore.get('changed') === 'yes'];
    const saved = this.#saved;
    this.#resuming = true;
    const opened = await open();
    if (opened && saved) this.#held.set({ saved });
    if (opened && remembered) await this.keeper().then((keeper) => keeper.resume(remembered), () => {});
    this.#resuming = false;
    if (!opened) return false;
    this.#carried = carried;
    this.#keep();
    return true;
  }

  /** A link was opened in a tab that held work: it is kept before the tab's memory is written over. */
  async rescue(): Promise<void> {
    const [document, opened] = [tabStore.get('document'), tabStore.get('opened')];
    if (!document || !tabStore.get('changed')) return;
    const work = { title: '', document, opened: opened ?? document, example: tabStore.get('example') ?? '', changed: true, past: () => tabStore.get('past') ?? '' };
    try {
      this.#held.set({ notice: keptNotice((await this.keeper()).rescue(work, tabStore.get('scenario') ?? '')) });
    } catch (cause) {
      this.#tell(text().workspace.keeping.failed(reason(cause)));
    }
  }

  /** Keeps the work before something else is opened; says where, null when there is none. */
  async leave(): Promise<Notice | null> {
    if (!this.work()?.changed) return null;
    try {
      const keeper = await this.keeper();
      keeper.save();
      if (keeper.keeping.conflict && keeper.isAhead) keeper.saveCopy();
      return keptNotice(keeper.keeping);
    } catch (cause) {
      return { kind: 'error', text: text().workspace.keeping.failed(reason(cause)) };
    }
  }

  #tell(error: string): void {
    this.#held.set({ notice: { kind: 'error', text: error } });
  }
}
