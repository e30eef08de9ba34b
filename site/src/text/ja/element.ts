import type { Texts } from '../text.js';

export const element: Texts['element'] = {};
