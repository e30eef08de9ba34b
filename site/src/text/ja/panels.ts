import type { Texts } from '../text.js';

export const panels: Texts['panels'] = {};
