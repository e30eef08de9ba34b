// The built-in lessons: their titles for the menu, and their prose, each loaded when it is opened. One that was changed
// in English since it was translated opens in English.

import { inLanguage } from '../lesson.js';
import type { Texts } from '../text.js';

const groups: Readonly<Record<string, string>> = {
  'Create grant': 'グラントの作成',
  'Manage and use': '管理と使用',
  'Manage grants': 'グラントの管理',
  Abac: 'タグとエイリアスによるアクセス制御 (ABAC)',
  'Root statement': 'ルートのステートメント',
  Asymmetric: '非対称キー',
  Endpoints: 'VPC エンドポイント',
  Imports: 'キーマテリアルのインポート',
  Organizations: 'AWS Organizations',
  Simulate: 'ポリシーシミュレーター',
};

const titles: Readonly<Record<string, string>> = {
  '000-a-grant-opens-only-what-it-names': 'グラントは指定したものだけを許可する',
  '000-a-grant-with-an-encryption-context': '暗号化コンテキスト付きのグラントは何を許可するか',
  '000-ebs-makes-a-grant-when-it-attaches': '暗号化されたボリュームを復号できるのは誰か',
  '000-lambda-keeps-its-variables-behind-a-grant': 'Lambda 関数の環境変数を読めるのは誰か',
  '000-the-spelling-of-action-names': 'アクション名はどこまで正確に書く必要があるか',
  '001-a-key-user-cannot-manage': 'キーユーザーにできること、できないこと',
  '001-an-administrator-cannot-encrypt': 'キー管理者はなぜそのキーで暗号化できないのか',
  '001-an-upload-with-the-key-of-another-account': '別のアカウントのキーでアップロードできるか',
  '001-attaching-persistent-resources': '「永続的リソースのアタッチ」とは何か',
  '001-keys-that-aws-manages': '誰も作成していないキーは誰のものか',
  '001-who-else-may-use-the-key': 'ほかに誰がキーを使えるか',
  '002-a-condition-shapes-the-grants': 'どのようなグラントを作成できるか',
  '002-a-grant-is-passed-on-only-narrower': 'グラントで得た権限を人に渡せるか',
  '002-a-grant-to-a-service': 'サービスを被付与者にできるか',
  '002-a-new-grant-needs-its-token': '作成したばかりのグラントがなぜ拒否されるのか',
  '002-an-account-may-delegate-retiring': 'kms:RetireGrant のアクセス許可は何の役に立つか',
  '002-revoke-with-a-policy-retire-with-a-token': '取り消しと使用停止の違い',
  '002-the-grant-says-who-may-retire-it': 'グラントを使用停止にできるのは誰か',
  '003-a-tag-opens-the-key': 'タグでキーを使える人を決められるか',
  '003-an-alias-opens-the-key': 'エイリアスでキーを使える人を決められるか',
  '003-changing-a-tag-changes-access': 'アクセスを失った原因はタグ',
  '003-old-ciphertexts-stay-with-the-old-key': 'エイリアスを別のキーに付け替えると何が起きるか',
  '003-one-tag-and-one-alias-only': 'キーにエイリアスやタグを付けられるのは誰か',
  '003-tags-take-up-to-five-minutes': 'タグを付けたのに、なぜまだ拒否されるのか',
  '003-the-request-must-say-the-alias': 'リクエストでのキーの指定方法は影響するか',
  '003-too-many-aliases': 'キーのエイリアスが多すぎるとどうなるか',
  '003-untagging-names-no-values': '特定の値のタグだけを削除できるか',
  '003-who-tags-decides': 'ポリシーを変えずにアクセスを許可できるか',
  '004-a-key-can-be-left-with-nobody-to-manage-it': '誰も管理できないキーになることはあるか',
  '004-the-root-statement-makes-iam-policies-count': 'ルートのステートメントがあると何が変わるか',
  '004-why-the-root-statement': 'キーポリシーになぜルートのステートメントが必要なのか',
  'asymmetric-who-signs-and-who-verifies': '誰が署名でき、検証に AWS が必要なのは誰か',
  'endpoints-a-vpc-endpoint-has-a-say': 'リクエストの経路は影響するか',
  'imports-key-material-of-your-own': '自分のキーマテリアルを使うと何が変わるか',
  'organizations-an-rcp-guards-the-key': 'キーポリシーの許可が広すぎるときは',
  'organizations-an-scp-limits-even-the-root-user': '組織はルートユーザーも止められるか',
  'simulate-ask-before-you-act': '許可されるか、先にポリシーシミュレーターで確かめる',
};

const prose = import.meta.glob<string>('./lessons/*.md', { query: '?raw', import: 'default' });

export const lessons: Texts['lessons'] = {
  group: (english) => groups[english] ?? english,
  title: (name, english) => titles[name] ?? english,
  document: async (name, english) => {
    const load = prose[`./lessons/${name}.md`];
    return (load && inLanguage(english, titles[name] ?? '', await load())) ?? english;
  },
};
