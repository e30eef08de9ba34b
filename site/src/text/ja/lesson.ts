import type { Texts } from '../text.js';

export const lesson: Texts['lesson'] = {};
