// What a named character reference of Markdown stands for, asked of the browser's own HTML parser: "amp" is "&". It
// stands in for the module of the Markdown parser that does the same past Trusted Types; see vite.config.ts.

const policy = window.trustedTypes?.createPolicy('kms-character', {
  createHTML: (name) => {
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) throw new TypeError(`${name} is no name of a character`);
    return `&${name};`;
  },
});
const element = document.createElement('i');

/** The character, or false where the name stands for none. */
export function decodeNamedCharacterReference(name: string): string | false {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) return false;
  element.innerHTML = (policy?.createHTML(name) ?? `&${name};`) as string;
  const text = element.textContent ?? '';
  // A name without an end is decoded as far as it goes: "&ampx;" is "&x;", which is no character. Only &semi; ends so.
  if (text.endsWith(';') && name !== 'semi') return false;
  return text === `&${name};` ? false : text;
}
