// What happens by itself, in words.

import type { ComingView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import { clock } from '../workspace/parts.js';

export function whatComes(coming: ComingView): string {
  const words = text().decision.coming;
  const at = clock(coming.At, true);
  if (coming.What) return words.seen(said(coming.What), at);
  return (words.kinds[coming.Kind as keyof typeof words.kinds] ?? words.kinds.ready)(coming.Key, at);
}
