import type { Texts } from '../text.js';

export const workspace: Texts['workspace'] = {};
