import type { Texts } from '../text.js';

export const lesson: Texts['lesson'] = {
  pane: {
    title: 'レッスン',
    none: 'レッスンはエンジンの読み込み後に開きます。',
    own: (n) => `自分で行った操作 (${n})`,
    goals: '目標',
    reached: (held, all) => `目標: ${all} 件中 ${held} 件達成`,
    goalReached: '達成',
    goalNotYet: '未達成',
    whatHappened: '実行結果',
    expected: '期待される結果',
    as: (who) => `${who} として`,
    notAsExpected: '想定と異なる結果',
    asExpected: (code) => `想定どおり ${code}`,
    done: '完了',
    why: '理由を見る',
    output: '出力',
  },
};
