// How the matrix looks.

import { css } from 'lit';

export const matrixStyles = css`
  section { padding-bottom: 8px; }
  .tools { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; }
  .tools label { min-width: 0; }
  .tools select { max-width: 220px; }
  .other { display: grid; gap: 8px; border-inline-start: 2px solid var(--line); padding-inline-start: 8px; grid-template-columns: minmax(0, 1fr); }
  .other textarea { width: 100%; height: 84px; font-family: var(--mono); font-size: var(--small); resize: vertical; }
  .tried { border-inline-start: 4px solid var(--waiting); padding-inline-start: 8px; }
  .counts { display: flex; gap: 4px 12px; flex-wrap: wrap; }
  /* What is scrolled to must not hide beneath the headers. */
  .scroll { overflow: auto; border: 1px solid var(--line); border-radius: 4px; max-height: max(320px, 55vh); scroll-padding: 190px 32px 0 160px; }
  .grid { width: max-content; font-size: var(--small); }
  .grid > div { display: flex; width: max-content; }
  .head { position: sticky; top: 0; z-index: 2; background: var(--raised); border-bottom: 1px solid var(--line); font-weight: 600; }
  .head > div { flex: 0 0 28px; writing-mode: vertical-rl; padding: 6px 4px; white-space: nowrap; display: flex; align-items: center; justify-content: end; }
  .head > div > div { max-height: 168px; overflow: hidden; text-overflow: ellipsis; }
  .head > .corner { flex: 0 0 var(--names); writing-mode: horizontal-tb; position: sticky; left: 0; z-index: 3; background: var(--raised); padding: 6px 8px; justify-content: start; align-items: end; white-space: normal; overflow-wrap: anywhere; border-inline-end: 1px solid var(--line); }
  .line { height: 26px; content-visibility: auto; contain-intrinsic-size: auto 26px; }
  [role="rowheader"] { flex: 0 0 var(--names); position: sticky; left: 0; z-index: 1; padding: 0 8px; line-height: 26px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; background: var(--raised); border-inline-end: 1px solid var(--line); }
  [role="gridcell"] { box-sizing: border-box; flex: 0 0 26px; text-align: center; line-height: 22px; margin: 1px; border: 1px solid transparent; border-radius: 3px; font-weight: 700; cursor: pointer; white-space: nowrap; }
  [role="gridcell"].allowed { color: var(--allowed); }
  [role="gridcell"].denied { color: var(--denied); }
  [role="gridcell"].grey { color: var(--grey); }
  [role="gridcell"]:hover { background: var(--raised); }
  [role="gridcell"]:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
  [role="gridcell"].newly { border-style: dashed; border-color: currentColor; letter-spacing: -1px; }
  [role="gridcell"].newly.allowed { background: var(--allowed-soft); }
  [role="gridcell"].newly.denied { background: var(--denied-soft); }
  [role="gridcell"][aria-selected="true"] { border: 1px solid var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
  .whole { --names: 150px; display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
  @container (max-width: 480px) { .whole { --names: 112px; } .tools label { flex: 1 1 140px; } }
  .why { overflow: auto; max-height: 300px; display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
  .why:not(:has(h3)) { margin-block-start: -8px; }
  section { container-type: inline-size; }
`;
