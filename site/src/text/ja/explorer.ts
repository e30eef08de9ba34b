import type { Texts } from '../text.js';

export const explorer: Texts['panels']['explorer'] = {
  title: '一覧',
  groups: { users: 'ユーザー', groups: 'グループ', roles: 'ロール', keys: 'キー' },
  root: 'ルート',
  inGroup: (group) => `${group} に所属`,
  sendAs: (arn) => `${arn} としてリクエストを送信`,
};
