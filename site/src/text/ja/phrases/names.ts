// How the engine calls principals and policies.

import type { Phrases } from '../phrases.js';

export const names: Phrases = [
  ['Key policy {key.}, in force until {time}', 'キーポリシー {key} ({time} まで有効)'],
  ['Key policy {key.}', 'キーポリシー {key}'],
  ['VPC endpoint {id.} of {account.}', 'VPC エンドポイント {id} ({account})'],
  ['VPC endpoint {id.}', 'VPC エンドポイント {id}'],
  ['{name.} (AWS managed)', '{name} (AWS 管理)'],
  ['{name.} (permissions boundary of {account.})', '{name} ({account} のアクセス許可の境界)'],
  ['{name.} (permissions boundary)', '{name} (アクセス許可の境界)'],
  ['{name.} (managed policy of {account.})', '{name} ({account} の管理ポリシー)'],
  ['{name.} (managed policy)', '{name} (管理ポリシー)'],
  ['{name.} (service control policy of {account.})', '{name} ({account} の SCP)'],
  ['{name.} (service control policy)', '{name} (SCP)'],
  ['{name.} (resource control policy of {account.})', '{name} ({account} の RCP)'],
  ['{name.} (resource control policy)', '{name} (RCP)'],
  ['group {name.} of {account.}: {policy.}', 'グループ {name} ({account}): {policy}'],
  ['group {name.}: {policy.}', 'グループ {name}: {policy}'],
  ['role {name.} of {account.}: trust policy', 'ロール {name} ({account}): 信頼ポリシー'],
  ['role {name.}: trust policy', 'ロール {name}: 信頼ポリシー'],
  ['role {name.} of {account.}: {policy.}', 'ロール {name} ({account}): {policy}'],
  ['role {name.}: {policy.}', 'ロール {name}: {policy}'],
  ['{who?}: session policy', '{who}: セッションポリシー'],
  ['root of {account.}', '{account} のルート'],
  ['federated user {name.} of {account.}', 'フェデレーティッドユーザー {name} ({account})'],
  ['federated user {name.}', 'フェデレーティッドユーザー {name}'],
  ['{role.} (session {session.}) of {account.}', '{role} (セッション {session}、{account})'],
  ['{role.} (session {session.})', '{role} (セッション {session})'],
  ['{name.} of {account.}: {policy.}', '{name} ({account}): {policy}'],
  ['{name.} of {account.}', '{name} ({account})'],
  ['{name.}: {policy.}', '{name}: {policy}'],
];
