// Storage that is always there: frames without an origin of their own have none, and then this page's memory serves.

export interface Store {
  get(name: string): string | null;
  set(name: string, value: string): void;
}

const prefix = 'kms-playground.';

function store(find: () => Storage): Store {
  const memory = new Map<string, string>();
  return {
    get(name) {
      try {
        return find().getItem(prefix + name);
      } catch {
        return memory.get(name) ?? null;
      }
    },
    set(name, value) {
      try {
        find().setItem(prefix + name, value);
      } catch {
        memory.set(name, value);
      }
    },
  };
}

/** What belongs to this tab: two tabs hold two sessions. */
export const tabStore = store(() => sessionStorage);

/** What belongs to the person: the theme, the language. */
export const personStore = store(() => localStorage);
