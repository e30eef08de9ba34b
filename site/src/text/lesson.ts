// A built-in lesson in another language: its fences are the English document's own, its prose and goals are translated.
//
// A translation is Markdown too. "…" on a line of its own stands for the fences that follow each other there; front
// matter lists the goals in their order:
//
//	---
//	goal: kms-test-2 が暗号化できる
//	---
//	この キーポリシーは…
//
//	…

const fence = /^(`{3,})[^\n]*\n[^]*?^\1[ \t]*(?:\n|$)/gm;
const frontMatter = /^---\n([^]*?)\n---\n/;

/** The document with the translation's title, prose and goals; null when the translation is of another text. */
export function inLanguage(english: string, title: string, translation: string): string | null {
  const front = frontMatter.exec(english)?.[0] ?? '';
  const own = frontMatter.exec(translation);
  const goals = [...(own?.[1] ?? '').matchAll(/^goal: (.*)$/gm)].map(([, goal = '']) => goal);
  const prose = translation.slice(own?.[0].length ?? 0).split(/^…$/m).map((part) => part.trim());
  const parts = partsOf(english.slice(front.length));
  if (parts.filter((part) => part.prose !== '').length !== prose.filter(Boolean).length) return null;
  const next = prose.filter(Boolean).values();
  const body = parts.map((part) => (part.prose === '' ? '' : `\n${next.next().value}\n\n`) + part.fences).join('');
  const attributes = body.match(/ goal="[^"\n]*"/g) ?? [];
  if (attributes.length !== goals.length) return null;
  const inOrder = goals.values();
  return front.replace(/^title: .*$/m, () => `title: ${title}`) + body.replace(/ goal="[^"\n]*"/g, () => ` goal=${JSON.stringify(inOrder.next().value)}`);
}

/** The prose of a document, each with the fences after it. */
export function partsOf(body: string): { readonly prose: string; readonly fences: string }[] {
  const parts: { prose: string; fences: string }[] = [];
  let at = 0;
  const add = (prose: string, fences: string) => {
    const last = parts.at(-1);
    if (last && prose.trim() === '') last.fences += (fences && '\n') + fences;
    else parts.push({ prose: prose.trim(), fences });
  };
  for (const match of body.matchAll(fence)) {
    add(body.slice(at, match.index), match[0]);
    at = match.index + match[0].length;
  }
  add(body.slice(at), '');
  return parts;
}
