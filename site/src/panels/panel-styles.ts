import { css } from 'lit';

/** What the parts of panels look like. */
export default css`
  :host { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); align-content: start; }
  ul:empty { display: none; }
  .thing { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; border-bottom: 1px solid var(--line); padding: 4px 0; }
  .thing > .spread { min-width: 96px; }
  .thing > .inline, .thing > .told { flex: 1 0 100%; }
  .inline { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); padding: 4px 0 8px 12px; }
  form { display: grid; gap: 8px; grid-template-columns: repeat(auto-fit, minmax(96px, 1fr)); align-items: end; }
  form.stack, form .wide, form > .told, form > .small, form > .buttons { grid-column: 1 / -1; }
  form > button { justify-self: start; grid-column: 1 / -1; }
  .told { overflow-wrap: anywhere; }
  .told p { padding-inline-start: 18px; }
  dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px 8px; margin: 0; font-size: var(--small); }
  dt { color: var(--muted); }
  dd { margin: 0; overflow-wrap: anywhere; }
  h3 { font-size: var(--small); color: var(--muted); }
  .outcome:has(*) { position: sticky; top: 0; z-index: 1; background: var(--surface); max-height: 160px; overflow: auto; }
  .outcome:not(:has(*)) { margin-top: -8px; }
  .outcome .refused { border-inline-start: 3px solid var(--denied); padding: 2px 8px; display: grid; gap: 4px; }
  .outcome .refused button { justify-self: start; }
`;

/** What lists of things look like that open for changes. */
export const treeStyles = css`
  .outcome:has(*) { background: var(--bg); }
  .opened .outcome:has(*) { background: var(--surface); }
  .opened { border: 1px solid var(--line); border-radius: 4px; background: var(--surface); padding: 8px; margin: 4px 0 8px; display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
  button.edit { text-decoration: none; flex: none; padding: 4px; color: var(--muted); }
  button.edit:hover, button.edit[aria-expanded="true"] { color: var(--accent); }
`;
