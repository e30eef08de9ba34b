// Keeps the work: writes the session into its scenario at every change, notices when another tab has written the same
// scenario, and then keeps both. Loaded at the first change, or when somebody looks for scenarios.

import { notKept, type Keeping } from './keeping.js';
import { Scenarios, type Listed, type Scenario } from './scenarios.js';
import { tabStore } from './storage.js';

/** The work as it stands. */
export interface Work {
  readonly title: string;
  readonly document: string;
  readonly opened: string;
  readonly example: string;
  /** Whether there is anything to keep that cannot be had by opening the document again. */
  readonly changed: boolean;
  /** Packs what the session knows besides its document. */
  readonly past: () => string;
}

export class Keeper {
  readonly scenarios: Scenarios;
  readonly #tell: (keeping: Keeping) => void;
  readonly #work: () => Work | null;
  #keeping = notKept;
  // Of this tab's scenario, as it was last read or written here.
  #revision = 0;
  #document = '';
  readonly #onStorage = (event: StorageEvent) => this.#stored(event);

  constructor(work: () => Work | null, tell: (keeping: Keeping) => void, find: () => Storage = () => localStorage) {
    this.scenarios = new Scenarios(find);
    this.#work = work;
    this.#tell = tell;
    globalThis.addEventListener?.('storage', this.#onStorage);
  }

  close(): void {
    globalThis.removeEventListener?.('storage', this.#onStorage);
  }

  /** Takes up what this tab remembers after a reload: "id revision". */
  resume(remembered: string): void {
    const [id = '', revision = ''] = remembered.split(' ');
    const stored = this.scenarios.read(id);
    if (!stored) return;
    this.#revision = Number(revision);
    const conflict = stored.revision !== this.#revision && stored.document !== this.#work()?.document;
    if (!conflict) this.#revision = stored.revision;
    this.#document = conflict ? '' : stored.document;
    this.#set({ id, name: stored.name, where: this.scenarios.isStored ? 'browser' : 'none', conflict });
  }

  /** Keeps work that another session of this tab left, and says where; "id revision" is what the tab remembers of it. */
  rescue(work: Work, remembered: string): Keeping {
    const { id = '', scenario } = this.scenarios.list().scenarios.find((s) => s.scenario.document === work.document) ?? {};
    const where = this.scenarios.isStored ? 'browser' : 'none';
    if (scenario) return { id, name: scenario.name, where, conflict: false };
    const title = /^title:[ \t]*(.*)$/m.exec(work.document.slice(0, 2000))?.[1] ?? '';
    const stored = this.scenarios.read(remembered.split(' ')[0] ?? '');
    this.#saveAs(work, stored?.name ?? title);
    const kept = this.#keeping;
    this.opened('', null);
    return kept;
  }

  /** The session is another document now: that of a scenario, or one that is not kept yet. */
  opened(id: string, scenario: Scenario | null): void {
    this.#revision = scenario?.revision ?? 0;
    this.#document = scenario?.document ?? '';
    this.#set(scenario ? { id, name: scenario.name, where: this.scenarios.isStored ? 'browser' : 'none', conflict: false } : notKept);
  }

  /** Writes the work into its scenario, a new one if it has none yet. */
  save(): void {
    const work = this.#work();
    if (!work || this.#keeping.conflict) return;
    const { id } = this.#keeping;
    if (!id) {
      if (work.changed) this.#saveAs(work, work.title);
      return;
    }
    if (work.document === this.#document) return;
    const stored = this.scenarios.read(id);
    if (stored && stored.revision !== this.#revision) {
      this.#set({ ...this.#keeping, conflict: true });
      return;
    }
    this.#write(id, stored?.name ?? this.#keeping.name, work);
  }

  /** Settles a conflict, or branches off: the work goes on under a name of its own. */
  saveCopy(): void {
    const work = this.#work();
    if (work) this.#saveAs(work, this.#keeping.name || work.title);
  }

  /** Whether the work has something that its scenario does not. */
  get isAhead(): boolean {
    const work = this.#work();
    return work !== null && work.changed && work.document !== this.#document;
  }

  get keeping(): Keeping {
    return this.#keeping;
  }

  rename(id: string, wish: string): void {
    const stored = this.scenarios.read(id);
    if (!stored || wish.trim() === '' || wish.trim() === stored.name) return;
    const mine = id === this.#keeping.id;
    const name = this.scenarios.freeName(wish, id);
    // The revision of a conflict is the other tab's: it stays unsettled.
    const follows = mine && stored.revision === this.#revision;
    this.scenarios.write(id, { ...stored, name, revision: stored.revision + 1 });
    if (follows) this.#revision++;
    this.#set(mine ? { ...this.#keeping, name } : this.#keeping);
  }

  /** Deletes a scenario and returns it, so that it can be put back. The session itself stays on the page. */
  remove(id: string): Scenario | null {
    const stored = this.scenarios.read(id);
    this.scenarios.remove(id);
    if (id === this.#keeping.id) this.opened('', null);
    else this.#set(this.#keeping);
    return stored;
  }

  putBack({ id, scenario }: Listed): void {
    this.scenarios.write(id, { ...scenario, name: this.scenarios.freeName(scenario.name, id), revision: scenario.revision + 1 });
    const stored = this.scenarios.read(id);
    if (stored && !this.#keeping.id && this.#work()?.document === stored.document) this.opened(id, stored);
    else this.#set(this.#keeping);
  }

  #saveAs(work: Work, wish: string): void {
    const id = Date.now().toString(36) + Math.random().toString(36).slice(2, 10);
    this.#revision = 0;
    this.#write(id, this.scenarios.freeName(wish), work);
  }

  #write(id: string, name: string, { document, opened, example, past }: Work): void {
    const where = this.scenarios.write(id, { name, revision: this.#revision + 1, changed: Date.now(), document, opened, example, past: past() });
    this.#revision++;
    this.#document = document;
    this.#set({ id, name, where, conflict: false });
  }

  #stored(event: StorageEvent): void {
    const id = Scenarios.idOf(event.key);
    if (event.key !== null && id === null) return;
    if (id === null || id !== this.#keeping.id) return this.#set(this.#keeping); // the list has changed
    const stored = this.scenarios.read(id);
    // Deleted elsewhere: the next change writes it anew, which overwrites nothing.
    if (!stored) return this.#set(this.#keeping);
    if (stored.document === this.#document && !this.#keeping.conflict) {
      this.#revision = stored.revision;
      return this.#set({ ...this.#keeping, name: stored.name });
    }
    this.#set({ ...this.#keeping, name: stored.name, conflict: true });
  }

  #set(keeping: Keeping): void {
    this.#keeping = keeping;
    tabStore.set('scenario', keeping.id ? `${keeping.id} ${this.#revision}` : '');
    this.#tell({ ...keeping });
  }
}

/** The name of a file for a document: "Why does the key policy need it?" is why-does-the-key-policy-need-it.md. */
export function fileName(title: string): string {
  const name = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 80);
  return `${name || 'scenario'}.md`;
}
