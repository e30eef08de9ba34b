// Markdown drawn through Lit templates: what a document says reaches the page as text, never as HTML.

import { html, nothing } from 'lit';
import type { Nodes, Parents, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

type Drawn = unknown;

// The view is drawn at every key stroke, and reading Markdown is half of that: what was read is kept, for one document.
const read = new Map<string, Parents>();
const most = 500;

export function markdown(text: string): Drawn {
  let root = read.get(text);
  if (!root) {
    if (read.size >= most) read.clear();
    read.set(text, root = fromMarkdown(text));
  }
  return children(root);
}

function children(parent: Parents): Drawn {
  return (parent.children as RootContent[]).map(node);
}

function node(content: Nodes): Drawn {
  switch (content.type) {
    case 'paragraph':
      return html`<p>${children(content)}</p>`;
    case 'heading':
      return html`<h3>${children(content)}</h3>`;
    case 'text':
      return content.value;
    case 'emphasis':
      return html`<em>${children(content)}</em>`;
    case 'strong':
      return html`<strong>${children(content)}</strong>`;
    case 'inlineCode':
      return html`<code>${content.value}</code>`;
    case 'code':
      return html`<pre tabindex="0"><code>${content.value}</code></pre>`;
    case 'break':
      return html`<br>`;
    case 'list':
      return content.ordered ? html`<ol start=${content.start ?? 1}>${children(content)}</ol>` : html`<ul>${children(content)}</ul>`;
    case 'listItem':
      return html`<li>${children(content)}</li>`;
    case 'blockquote':
      return html`<blockquote>${children(content)}</blockquote>`;
    case 'thematicBreak':
      return html`<hr>`;
    case 'link':
      return link(content.url, children(content));
    case 'image':
      return content.alt ?? '';
    case 'html':
      // Shown as it was typed: a document brings no markup of its own into the page.
      return content.value.startsWith('<!--') ? nothing : content.value;
    default:
      return 'children' in content ? children(content) : nothing;
  }
}

function link(url: string, label: Drawn): Drawn {
  if (!/^(https?:|#)/i.test(url)) return label;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${label}</a>`;
}
