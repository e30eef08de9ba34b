import type { Texts } from '../text.js';

export const page: Texts['page'] = {};
