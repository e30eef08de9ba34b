export const workspace = {
  noLanguage: 'The words of this language could not be loaded.',
  rootOf: (account: string) => `root of ${account}`,
  files: {
    tooLarge: (name: string) => `${name} was not opened: it is larger than 4 MB. Scenarios are Markdown texts of some kilobytes.`,
    noText: (name: string) => `${name} was not opened: it is not a text. Scenarios are Markdown texts in UTF-8.`,
  },
  keeping: {
    gone: 'This scenario is no longer there: it was deleted, or cannot be read.',
    kept: (name: string) => `Your work is kept under Scenarios as “${name}”.`,
    keptInTab: (name: string) => `Your work is kept under Scenarios as “${name}”, until this tab is closed.`,
    failed: (cause: string) => `Your work could not be kept: ${cause}`,
    noKeeper: 'The part of the page that keeps work could not be loaded: work is kept in this tab only.',
    untitled: 'Untitled',
  },
  links: {
    copied: 'Link copied. It carries the whole document; nothing was sent to a server.',
    copy: 'Copy this link. It carries the whole document; nothing was sent to a server.',
  },
  /** How long something takes: days, hours, minutes, seconds. */
  units: [(n: number) => (n === 1 ? '1 day' : `${n} days`), (n: number) => `${n} h`, (n: number) => `${n} min`, (n: number) => `${n} s`] as const,
  pins: {
    may: (who: string, operation: string, resource: string) => `${who} may ${operation}${resource ? ` on ${resource}` : ''}`,
    mayNot: (who: string, operation: string, resource: string) => `${who} may not ${operation}${resource ? ` on ${resource}` : ''}`,
    endsWith: (who: string, operation: string, resource: string, code: string) => `${operation}${resource ? ` on ${resource}` : ''} by ${who} ends with ${code}`,
  },
  applied: (title: string) => `Done: ${title}. Undo takes it back.`,
  noExamples: 'The engine came without examples.',
};
