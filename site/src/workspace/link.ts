// Links carry the whole document after "#", which browsers never send to a server.

/** The fragment of an address, without "#". */
export function fragmentOf(hash: string): string {
  return hash.startsWith('#') ? hash.slice(1) : hash;
}

/** An address with another fragment; an empty one leaves no "#". */
export function withFragment(address: string, fragment: string): string {
  const bare = address.replace(/#.*$/s, '');
  return fragment ? `${bare}#${fragment}` : bare;
}

/** The address of another page of the site, which is to speak the language, with a fragment. */
export function pageAddress(address: string, page: string, fragment: string, language: string): string {
  const there = new URL(page, address.replace(/[?#].*$/s, ''));
  if (language) there.searchParams.set('language', language);
  return withFragment(there.href, fragment);
}

/** What a documentation page pastes to show a document. */
export function embedSnippet(address: string, fragment: string, language: string, title: string): string {
  const src = pageAddress(address, 'embed.html', fragment, language);
  return `<iframe src="${attribute(src)}" title="${attribute(title)}" width="100%" height="640" loading="lazy" ` +
    'sandbox="allow-scripts allow-popups" allow="clipboard-write"></iframe>';
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

/** Copies text by the first way that the browser allows; false when the person has to. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'kms-copy';
  area.setAttribute('aria-hidden', 'true');
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}
