import type { Texts } from '../text.js';

export const editor: Texts['editor'] = {};
