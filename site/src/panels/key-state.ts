import type { Tone } from '../workspace/parts.js';

/** How a key state is shown beside its word. */
export function stateTone(state: string): Tone {
  switch (state) {
    case 'Enabled':
      return 'allowed';
    case 'Disabled':
      return 'grey';
    case 'PendingDeletion':
    case 'PendingReplicaDeletion':
    case 'Unavailable':
      return 'denied';
    default:
      return 'waiting';
  }
}
