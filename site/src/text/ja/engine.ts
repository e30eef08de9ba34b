import type { Texts } from '../text.js';

export const engine: Texts['engine'] = {
  notInTime: 'エンジンが時間内に起動しませんでした。',
  notStarted: (cause) => `エンジンを起動できませんでした: ${cause}。`,
  workerRefused: 'ワーカーの起動が拒否されました',
  browserRefused: 'ブラウザーがエンジンのワーカーの起動を拒否しました',
  notOurs: (url) => `${url} はこのページのものではありません`,
  stopped: (cause) => `エンジンが停止しました: ${cause}。エンジンを再起動し、セッションを再生しました。`,
  late: (request, seconds) => `${request} が ${seconds} 秒以内に終わらなかったため中止しました。エンジンを再起動し、セッションを再生しました。`,
  tooLong: (request, millions) => `${request} は ${millions * 100} 万文字を超えているため送信されませんでした。`,
  noWhole: 'これには完全なエンジンが必要ですが、このページには含まれていません。',
  closed: 'プレイグラウンドは閉じられました。',
  stoppedByYou: '中止しました。',
  notLoaded: (cause) => `エンジンを読み込めませんでした: ${cause}。`,
  status: (url, status) => `エンジンを読み込めませんでした: ${url} の応答は ${status} でした。`,
  noModule: (url) => `エンジンを読み込めませんでした: ${url} は WebAssembly モジュールではありません。サーバーが別のものを返しました。`,
  causes: { memory: '使用できるメモリ 512 MB を超えました', ended: 'エンジンが終了しました', unregistered: 'エンジンが登録されませんでした' },
};
