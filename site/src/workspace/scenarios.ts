// Named scenarios in the browser's storage, each under a name of its own, so that two tabs never write the same entry
// unless they hold the same scenario; then the revision tells. What is stored may have been written by anybody.

import { text } from '../text/text.js';
import type { Kept } from './keeping.js';

export interface Scenario {
  readonly name: string;
  /** Counts the writes. */
  readonly revision: number;
  /** Milliseconds since 1970, of the person's clock. */
  readonly changed: number;
  readonly document: string;
  /** The document as it was opened, to which Reset goes back, and the example that it is. */
  readonly opened: string;
  readonly example: string;
  /** What the session knows besides the document, packed; empty for nothing. */
  readonly past: string;
}

export interface Listed {
  readonly id: string;
  readonly scenario: Scenario;
}

const prefix = 'kms-playground.scenario.';

// Characters. Longer texts than these are no scenarios of ours.
const longestDocument = 4_000_000;
const longestName = 200;

export class Scenarios {
  readonly #find: () => Storage;
  // What the storage did not take, and everything when there is none.
  readonly #memory = new Map<string, string>();

  constructor(find: () => Storage) {
    this.#find = find;
  }

  /** Whether the browser gives this page a storage. */
  get isStored(): boolean {
    return this.#storage() !== null;
  }

  /** All scenarios, the newest first, and how many entries could not be read. */
  list(): { readonly scenarios: readonly Listed[]; readonly unreadable: number } {
    const ids = this.#ids();
    const scenarios = ids.flatMap((id) => {
      const scenario = this.read(id);
      return scenario ? [{ id, scenario }] : [];
    });
    scenarios.sort((a, b) => b.scenario.changed - a.scenario.changed || (a.id < b.id ? -1 : 1));
    return { scenarios, unreadable: ids.length - scenarios.length };
  }

  /** A scenario; null when there is none, or none that can be read. */
  read(id: string): Scenario | null {
    const text = this.#memory.get(prefix + id) ?? this.#stored(id);
    return text === null ? null : parse(text);
  }

  write(id: string, scenario: Scenario): Kept {
    const name = prefix + id;
    const storage = this.#storage();
    // The document is worth more than what could be undone.
    const stored = [scenario, { ...scenario, past: '' }].some((one) => storage && stores(storage, name, JSON.stringify(one)));
    if (stored) this.#memory.delete(name);
    else this.#memory.set(name, JSON.stringify(scenario));
    return stored ? 'browser' : storage ? 'full' : 'none';
  }

  remove(id: string): void {
    this.#memory.delete(prefix + id);
    try {
      this.#find().removeItem(prefix + id);
    } catch {
      // there is no storage that holds it
    }
  }

  /** A name that no other scenario has: "Grants", "Grants (2)". */
  freeName(wish: string, except = ''): string {
    const used = new Set(this.list().scenarios.filter(({ id }) => id !== except).map(({ scenario }) => scenario.name));
    const base = wish.trim().slice(0, longestName - 10) || text().workspace.keeping.untitled;
    for (let n = 1; ; n++) {
      const name = n === 1 ? base : `${base} (${n})`;
      if (!used.has(name)) return name;
    }
  }

  /** The scenario that an event of the storage is about; null when it is about something else. */
  static idOf(key: string | null): string | null {
    return key?.startsWith(prefix) ? key.slice(prefix.length) : null;
  }

  #ids(): string[] {
    const names = new Set(this.#memory.keys());
    try {
      const storage = this.#find();
      for (let i = 0; i < storage.length; i++) names.add(storage.key(i) ?? '');
    } catch {
      // memory is all there is
    }
    return [...names].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  }

  #stored(id: string): string | null {
    try {
      return this.#find().getItem(prefix + id);
    } catch {
      return null;
    }
  }

  // Frames without an origin of their own have none, and some browsers have one that takes nothing.
  #storage(): Storage | null {
    try {
      const storage = this.#find();
      void storage.length;
      return storage;
    } catch {
      return null;
    }
  }
}

function stores(storage: Storage, name: string, text: string): boolean {
  try {
    storage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}

/** Reads an entry; null for anything that is not one. */
export function parse(text: string): Scenario | null {
  if (text.length > 4 * longestDocument) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { name, revision, changed, document, opened, example, past } = value as Record<string, unknown>;
  if (typeof name !== 'string' || typeof document !== 'string' || document.length > longestDocument) return null;
  if (!Number.isSafeInteger(revision) || typeof changed !== 'number' || !(Math.abs(changed) < 8e15)) return null;
  return {
    name: name.slice(0, longestName), revision: revision as number, changed, document,
    opened: typeof opened === 'string' && opened.length <= longestDocument ? opened : document,
    example: typeof example === 'string' ? example.slice(0, longestName) : '',
    past: typeof past === 'string' ? past : '',
  };
}
