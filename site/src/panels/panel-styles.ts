import { css } from 'lit';

/** What the parts of panels look like. */
export default css`
  :host { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); align-content: start; }
  .thing { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; border-bottom: 1px solid var(--line); padding: 4px 0; }
  .thing > .spread { min-width: 96px; }
  .thing > .inline, .thing > .told { flex: 1 0 100%; }
  .inline { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); padding: 4px 0 8px 12px; }
  form { display: grid; gap: 8px; grid-template-columns: repeat(auto-fit, minmax(96px, 1fr)); align-items: end; }
  form.stack, form .wide, form > .told, form > .small, form > .buttons { grid-column: 1 / -1; }
  form button { justify-self: start; }
  .told { overflow-wrap: anywhere; }
  .told p { padding-inline-start: 18px; }
  .told summary { list-style-position: outside; }
  dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px 8px; margin: 0; font-size: var(--small); }
  dt { color: var(--muted); }
  dd { margin: 0; overflow-wrap: anywhere; }
  h3 { font-size: var(--small); color: var(--muted); }
  .outcome:not(:has(*)) { margin-top: -8px; }
  .outcome .refused { border-inline-start: 3px solid var(--denied); padding: 2px 8px; display: grid; gap: 4px; }
  .outcome .refused button { justify-self: start; }
`;
