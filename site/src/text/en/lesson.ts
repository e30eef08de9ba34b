export const lesson = {
  pane: {
    title: 'Lesson',
    none: 'The lesson opens with the engine.',
    own: (n: number) => `What you did (${n})`,
    goals: 'Goals',
    reached: (held: number, all: number) => `Goals: ${held} of ${all} reached`,
    goalReached: 'Reached',
    goalNotYet: 'Not yet',
    whatHappened: 'What happened',
    expected: 'Expected',
    as: (who: string) => `as ${who}`,
    notAsExpected: 'Not as expected',
    asExpected: (code: string) => `${code}, as expected`,
    done: 'Done',
    why: 'Why?',
    output: 'Output',
  },
};
