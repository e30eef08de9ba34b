import { css } from 'lit';

/** Of the fields of a request, wherever they are drawn. */
export const fieldStyles = css`
  .field { min-width: 0; display: grid; gap: 2px; align-content: start; grid-template-columns: minmax(0, 1fr); }
  .field > :is(input, select, textarea) { width: 100%; }
  .head { display: flex; gap: 0 4px; flex-wrap: wrap; justify-content: space-between; align-items: baseline; font-size: var(--small); color: var(--muted); }
  .head label { display: inline; }
  .limits { font-size: 11px; }
  .bytes { display: flex; gap: 4px; align-items: start; }
  .bytes > :is(input:not([type]), textarea) { flex: 1 1 90px; }
  .bytes > textarea { font-size: var(--size); min-height: 28px; padding-block: 3px; }
  .bytes > select { flex: 0 1 96px; }
  .bytes > .menu { flex: 0 2 136px; min-height: 28px; align-self: stretch; }
  .bytes:has(> .menu) { flex-wrap: wrap; }
  .help, .error { font-size: var(--small); }
  .help { color: var(--muted); }
  .error:empty { display: none; }
  .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto; gap: 4px; margin-bottom: 4px; }
  .choices { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 0 8px; }
  .choices label { font-size: var(--small); overflow-wrap: anywhere; }
  .choices input { flex: none; }
  fieldset.nested { border-inline-start: 2px solid var(--line); padding-inline-start: 8px; display: grid; gap: 4px; grid-template-columns: minmax(0, 1fr); }
  .menu { font-size: var(--small); justify-self: start; max-width: 100%; }
`;
