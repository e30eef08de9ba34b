import type { Texts } from '../text.js';

export const workspace: Texts['workspace'] = {
  noLanguage: 'この言語の表示文を読み込めませんでした。',
  rootOf: (account) => `${account} のルート`,
  files: {
    tooLarge: (name) => `${name} を開けませんでした: 4 MB を超えています。シナリオは数キロバイトの Markdown テキストです。`,
    noText: (name) => `${name} を開けませんでした: テキストではありません。シナリオは UTF-8 の Markdown テキストです。`,
  },
  keeping: {
    gone: 'このシナリオは見つかりません。削除されたか、読み取れない状態です。',
    kept: (name) => `作業内容は「シナリオ」に「${name}」として保存されています。`,
    keptInTab: (name) => `作業内容は「シナリオ」に「${name}」として、このタブを閉じるまで保持されます。`,
    failed: (cause) => `作業内容を保存できませんでした: ${cause}`,
    noKeeper: '作業内容を保存する機能を読み込めませんでした。作業内容はこのタブにのみ保持されます。',
    untitled: '無題',
  },
  links: {
    copied: 'リンクをコピーしました。ドキュメント全体がリンクに含まれ、サーバーには何も送信されていません。',
    copy: 'このリンクをコピーしてください。ドキュメント全体がリンクに含まれ、サーバーには何も送信されていません。',
  },
  units: [(n) => `${n} 日`, (n) => `${n} 時間`, (n) => `${n} 分`, (n) => `${n} 秒`],
  pins: {
    may: (who, operation, resource) => `${who} は${resource ? ` ${resource} に対して` : ''} ${operation} を実行できる`,
    mayNot: (who, operation, resource) => `${who} は${resource ? ` ${resource} に対して` : ''} ${operation} を実行できない`,
    endsWith: (who, operation, resource, code) => `${who} の${resource ? ` ${resource} に対する` : ''} ${operation} は ${code} になる`,
  },
  applied: (title) => `適用しました: ${title}。「元に戻す」で取り消せます。`,
  noExamples: 'エンジンに例が含まれていません。',
};
