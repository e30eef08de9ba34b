// When the page has nothing else to do.

interface Scope {
  readonly requestIdleCallback?: (work: () => void, options: { timeout: number }) => void;
  readonly navigator: Navigator & { readonly connection?: { readonly saveData?: boolean } };
}

const scope = globalThis as unknown as Scope;

// Milliseconds.
const longestWait = 5_000;
const withoutIdleness = 1_000;

/** Whether the person asked for little to be loaded. */
export function savesData(): boolean {
  return scope.navigator.connection?.saveData === true;
}

/** Runs work when the page is idle; never where the person saves data. */
export function whenIdle(work: () => void): void {
  if (savesData()) return;
  if (scope.requestIdleCallback) scope.requestIdleCallback(work, { timeout: longestWait });
  else setTimeout(work, withoutIdleness); // Safari
}
