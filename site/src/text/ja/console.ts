import type { Texts } from '../text.js';

export const console: Texts['console'] = {};
