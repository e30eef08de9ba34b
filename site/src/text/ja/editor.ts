import { html } from 'lit';
import type { Texts } from '../text.js';

export const editor: Texts['editor'] = {
  policy: {
    title: 'ポリシーエディター',
    policies: 'ポリシー',
    none: 'ドキュメントのポリシーがここに開きます。',
    edited: '編集中',
    tooLong: (millions) => `テキストは変更されませんでした。${millions * 100} 万文字を超えます。AWS のポリシーの上限はその 10 分の 1 にも満たない長さです。`,
    remarks: '指摘',
    severities: { error: 'エラー', warning: '警告', info: '情報' },
    replaced: (waiting) => html`${waiting}: 置き換え済みですが、まだ有効です。`,
    waiting: '整合性の反映待ち',
    readOnly: '読み取り専用: AWS が管理するポリシーです。',
    editAs: '編集者',
    format: '整形',
    notYet: 'まだ有効ではありません',
    notInForce: '有効ではありません',
    before: '整合性の反映待ち: 変更前のポリシーで判定されます',
    inForce: '有効',
    refusal: (reason) => html`<strong>有効ではありません。</strong>${reason}`,
    refused: 'AWS がこのテキストを拒否しました。',
    policyInForce: '有効なポリシー',
    goBack: '有効なポリシーに戻す',
  },
  marks: {
    statement: (action, word, reason) => `${action}: ${word}。${reason}`,
    match: '一致',
    noMatch: '不一致',
    delegates: '一致、IAM ポリシーに判断を委ねる',
    allowedHere: (action) => `${action} はここで許可されました。`,
    deniedHere: (action) => `${action} はここで拒否されました。`,
    noAllowHere: (action) => `${action} を許可するものはここに見つかりませんでした。`,
  },
};
