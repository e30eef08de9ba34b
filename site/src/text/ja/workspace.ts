import type { Texts } from '../text.js';

export const workspace: Texts['workspace'] = {
  noLanguage: 'この言語の表示文を読み込めませんでした。',
};
