// The path of a decision as a picture: the limits that every request passes, those who can allow it, and how it ended.
// It is a list in the order of evaluation, and reads as one.

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Explanation, Layer, LayerType } from '../engine/messages.js';
import { text } from '../text/text.js';
import { shape, type Tone } from '../workspace/parts.js';
import { grantLink, type Links } from './explanation.js';
import { layerName, verdictShape, verdictTone } from './verdict.js';

const allowing: readonly LayerType[] = ['resource-based policy', 'identity-based policy', 'grant'];

export const diagramStyles = css`
  .diagram { display: flex; align-items: stretch; gap: 4px 0; font-size: var(--small); line-height: 1.35; }
  .diagram > li { display: flex; min-width: 0; }
  .diagram > li:not(:last-child) { flex: 0 1 auto; }
  .diagram > li:not(:last-child)::after { content: "→" / ""; align-self: start; padding-inline: 6px; color: var(--muted); font-weight: 700; }
  .stage { display: flex; flex-wrap: wrap; gap: 2px 6px; align-items: baseline; min-width: 0; }
  .stage > .about { color: var(--muted); font-size: 11px; }
  .stage > ol { display: flex; flex-wrap: wrap; gap: 4px; }
  .node { display: flex; border: 1px solid var(--line); border-inline-start: 3px solid var(--grey); border-radius: 3px; padding: 1px 6px 1px 2px; background: var(--surface); overflow-wrap: anywhere; }
  .node.allowed { border-inline-start-color: var(--allowed); }
  .node.denied { border-inline-start-color: var(--denied); }
  .node.deciding { border-block: 2px solid var(--text); border-inline-end: 2px solid var(--text); }
  .node .name { color: var(--text); }
  .node.end { align-self: start; border-width: 2px; border-inline-start-width: 4px; font-weight: 650; }
  .node.end.allowed { border-color: var(--allowed); background: var(--allowed-soft); }
  .node.end.denied { border-color: var(--denied); background: var(--denied-soft); }
  @container decision (width < 560px) {
    .diagram { display: grid; grid-template-columns: minmax(0, 1fr); }
    .diagram > li:not(:last-child) { display: grid; }
    .diagram > li:not(:last-child)::after { content: "↓" / ""; align-self: start; justify-self: start; padding: 0 8px; line-height: 1.2; }
    .node.end { justify-self: start; }
  }
`;

/** The picture of one check. */
export function diagram(check: Explanation, places: Links): TemplateResult {
  const words = text().decision.diagram;
  const present = check.Layers.filter((layer) => layer.Verdict !== 'not present');
  const limits = present.filter((layer) => !allowing.includes(layer.Type));
  const absent = check.Layers.filter((layer) => layer.Verdict === 'not present').map((layer) => layerName(layer.Type, check.Action));
  return html`<ol class="diagram" aria-label=${words.title}>
    ${limits.length ? stage(words.limits, limits, check, places) : nothing}
    ${stage(words.allows, present.filter((layer) => allowing.includes(layer.Type)), check, places)}
    <li>${end(check)}</li>
  </ol>${absent.length ? html`<p class="small muted">${words.absent(absent.join(text().decision.detail.comma))}</p>` : nothing}`;
}

function stage(about: string, layers: readonly Layer[], check: Explanation, places: Links) {
  if (!layers.length) return nothing;
  return html`<li><div class="stage"><span class="about">${about}</span><ol>${layers.map((layer) => node(layer, check, places))}</ol></div></li>`;
}

function node(layer: Layer, check: Explanation, places: Links) {
  const { verdicts, diagram: words, detail } = text().decision;
  const tone = verdictTone(layer.Verdict);
  const place = check.Deciding.find((at) => at.Layer === layer.Type);
  const decided = place && check.Decision !== '';
  return html`<li class="node ${tone} ${decided ? 'deciding' : ''}">${shape(tone, verdictShape(layer.Verdict))}<span><span class="name">${layerName(layer.Type, check.Action)}</span>: <span class=${tone}>${verdicts[layer.Verdict]}</span>${
    !place ? nothing : place.Line > 0 ? html` · <button class="link" @click=${() => places.reveal(place)}>${detail.line(place.Line)}</button>`
      : html` · ${grantLink(check, place.PolicyID, places)}`}${
    decided ? html` · <strong>${words.decided}</strong>` : nothing}</span></li>`;
}

function end(check: Explanation) {
  const tone: Tone = check.Decision === 'Allow' ? 'allowed' : 'denied';
  return html`<span class="node end ${tone}">${shape(tone)}<span class=${tone}>${text().decision.diagram.ends[check.Decision]}</span></span>`;
}
