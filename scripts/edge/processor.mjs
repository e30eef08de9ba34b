// How much a process computes: other work on the machine does not change it, as it does the time on the clock.

import { readdirSync, readFileSync } from 'node:fs';

const millisecondsPerTick = 10; // Linux counts in hundredths of a second

/** The milliseconds of computing of each process that this one started, by its id; null where there is no /proc. */
export function computed() {
  if (process.platform !== 'linux') return null;
  const all = new Map();
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [, parent, user, system] = fields(id) ?? [];
    if (Number(parent) === process.pid) all.set(id, (Number(user) + Number(system)) * millisecondsPerTick);
  }
  return all;
}

/** State, parent, and the ticks spent in the program and in the system for it. See proc_pid_stat(5). */
function fields(id) {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    const all = text.slice(text.lastIndexOf(')') + 2).split(' '); // the name before it may hold anything
    return [all[0], all[1], all[11], all[12]];
  } catch {
    return null; // it has ended
  }
}
