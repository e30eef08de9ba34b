// What two states of a session have in common. The engine tells the whole state after every change; views know by the
// identity of its parts what they need not draw again.

/** The later value, with every part that equals one of the earlier in its place. */
export function shared<T>(before: unknown, after: T): T {
  if (before === after || before === null || after === null || typeof before !== 'object' || typeof after !== 'object') return after;
  if (Array.isArray(after)) return Array.isArray(before) ? (sharedList(before, after) as T) : after;
  if (Array.isArray(before)) return after;
  return sharedRecord(before as Fields, after as Fields) as T;
}

/** As shared, and another object even if nothing has changed: each answer of the engine is a state of its own. */
export function sharedAnew<T extends object>(before: T | null, after: T): T {
  const parts = shared(before, after);
  return parts === before ? { ...parts } : parts;
}

type Fields = Readonly<Record<string, unknown>>;

function sharedRecord(before: Fields, after: Fields): Fields {
  const names = Object.keys(after);
  const parts: Record<string, unknown> = {};
  let same = names.length === Object.keys(before).length;
  for (const name of names) {
    const part = (parts[name] = shared(before[name], after[name]));
    same &&= part === before[name] && name in before;
  }
  return same ? before : parts;
}

// What has a name is compared with what had it, wherever that stood.
function sharedList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const byName = nameOf(after[0]) === undefined ? null : new Map(before.map((part) => [nameOf(part), part]));
  const parts = after.map((part, i) => shared(byName ? byName.get(nameOf(part)) : before[i], part));
  return parts.length === before.length && parts.every((part, i) => part === before[i]) ? before : parts;
}

// What tells one part of a list from another, the surest first.
const names = ['ARN', 'ID', 'Index', 'GrantId', 'Ref', 'Key', 'Name'];

function nameOf(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return undefined;
  const name = names.find((field) => field in part);
  return name && (part as Fields)[name];
}
