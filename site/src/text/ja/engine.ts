import type { Texts } from '../text.js';

export const engine: Texts['engine'] = {};
