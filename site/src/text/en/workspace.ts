export const workspace = {
  noLanguage: 'The words of this language could not be loaded.',
};
