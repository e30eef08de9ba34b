import type { Texts } from '../text.js';

export const decision: Texts['decision'] = {};
