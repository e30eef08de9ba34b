// The document as a lesson: its prose, its steps with how they went, its goals, and what the person did since.

import { css, html, nothing } from 'lit';
import type { BlockView, GoalView, StepView } from '../engine/messages.js';
import { said, text } from '../text/text.js';
import base from '../workspace/base.js';
import { shape } from '../workspace/parts.js';
import type { WorkspaceState } from '../workspace/state.js';
import { WorkspaceView } from '../workspace/view.js';
import { markdown } from './markdown.js';

export class KmsLesson extends WorkspaceView {
  static override styles = [base, css`
    section { position: relative; display: grid; gap: 12px; padding: 8px 16px 24px; align-content: start; grid-template-columns: minmax(0, 1fr); }
    h2 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } /* its tab says the same */
    .title { font-size: 16px; font-weight: 650; line-height: 1.35; }
    .goals { display: grid; gap: 6px; border: 1px solid var(--line); border-radius: 4px; padding: 8px; background: var(--surface); }
    .goals li { display: flex; gap: 4px; align-items: baseline; padding: 2px 4px; border-radius: 4px; }
    .goals li.held { background: var(--allowed-soft); }
    .prose { display: grid; gap: 8px; line-height: 1.6; max-width: 68ch; grid-template-columns: minmax(0, 1fr); overflow-wrap: anywhere; }
    .prose ul, .prose ol { padding-inline-start: 20px; list-style: revert; display: grid; gap: 4px; }
    .prose blockquote { margin: 0; padding-inline-start: 12px; border-inline-start: 2px solid var(--line); color: var(--muted); }
    .prose hr { border: 0; border-top: 1px solid var(--line); width: 100%; }
    .prose pre, .box pre { font-size: var(--small); line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; }
    .prose pre { background: var(--raised); padding: 8px; border-radius: 4px; }
    .prose :not(pre) > code { background: var(--raised); padding: 0 3px; border-radius: 3px; }
    .box { border: 1px solid var(--line); border-radius: 4px; background: var(--surface); padding: 6px 8px; display: grid; gap: 4px; grid-template-columns: minmax(0, 1fr); }
    .head { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; font-size: var(--small); }
    .problem { color: var(--denied); font-size: var(--small); overflow-wrap: anywhere; }
    .out { color: var(--muted); }
  `];

  protected override drawnFrom({ session }: WorkspaceState) {
    return [session?.Title, session?.Lesson, session?.Goals, session?.Diagnostics];
  }

  protected override render() {
    const session = this.state.session;
    const blocks = session?.Lesson ?? [];
    const own = blocks.filter((block) => block.Appended && block.Type !== 'goal');
    const goals = (session?.Goals ?? []).filter((goal) => !goal.Pinned); // pins have a place of their own
    const words = text().lesson.pane;
    return html`<section aria-label=${words.title}>
      <h2>${words.title}</h2>
      ${session ? html`<div class="title">${session.Title}</div>` : html`<p class="muted">${words.none}</p>`}
      ${goals.length ? this.#goals(goals) : nothing}
      ${session?.Diagnostics.map((d) => html`<p class="problem">${shape('denied')}${d.Line}:${d.Column}: ${said(d.Message)}</p>`)}
      ${blocks.filter((block) => !block.Appended).map((block) => this.#block(block))}
      ${own.length ? html`<details><summary>${words.own(own.length)}</summary><div class="stack">${own.map((block) => this.#block(block))}</div></details>` : nothing}
    </section>`;
  }

  #goals(goals: readonly GoalView[]) {
    const held = goals.filter((goal) => goal.Holds).length;
    const words = text().lesson.pane;
    return html`<div class="goals"><h3>${words.reached(held, goals.length)}</h3>
      <ul aria-label=${words.goals}>${goals.map((goal) => html`<li class=${goal.Holds ? 'held' : ''}>
        ${shape(goal.Holds ? 'allowed' : 'grey', goal.Holds ? '✓' : '○')}
        <span class="break"><strong class=${goal.Holds ? 'allowed' : 'grey'}>${goal.Holds ? words.goalReached : words.goalNotYet}</strong>: ${goal.Title}
          ${goal.Detail ? html`<details><summary>${words.whatHappened}</summary><span class="small muted">${said(goal.Detail)}</span></details>` : nothing}</span></li>`)}</ul></div>`;
  }

  #block(block: BlockView) {
    switch (block.Type) {
      case 'prose':
        return html`<div class="prose">${markdown(block.Text)}</div>`;
      case 'step':
        return block.Step ? this.#step(block.Text, block.Step) : nothing;
      case 'file':
        return html`<div class="box"><details><summary><code>${block.Title}</code></summary><pre tabindex="0">${block.Text}</pre></details></div>`;
      case 'goal':
        return nothing;
      default:
        return html`<div class="box"><details><summary>${block.Title || text().lesson.pane.expected}</summary><pre tabindex="0">${block.Text}</pre></details></div>`;
    }
  }

  #step(command: string, step: StepView) {
    const words = text().lesson.pane;
    const tone = !step.Holds ? 'denied' : step.Code ? 'grey' : 'allowed';
    const word = !step.Holds ? words.notAsExpected : step.Code ? words.asExpected(step.Code) : words.done;
    const last = step.Calls.at(-1);
    return html`<div class="box">
      <div class="head"><span class="muted">${words.as(step.As)}</span>
        <span class=${tone}>${shape(tone, step.Holds ? '✓' : undefined)}${word}</span>
        ${last !== undefined ? html`<button class="link" @click=${() => this.workspace?.show(last)}>${words.why}</button>` : nothing}</div>
      <pre tabindex="0"><code>${command.trimEnd()}</code></pre>
      ${step.Problem ? html`<p class="problem">${said(step.Problem)}</p>` : nothing}
      ${step.Stdout || step.Stderr ? html`<details><summary>${words.output}</summary><pre class="out" tabindex="0">${step.Stdout}${step.Stderr}</pre></details>` : nothing}
    </div>`;
  }
}
