// What is said when a goal is reached or lost, whatever the page shows: the lesson may lie behind another tab or pane.

import type { State } from '../engine/messages.js';
import { text } from '../text/text.js';

export class GoalNews {
  #news = '';
  #title = '';
  #held = -1;

  /** How many goals are reached now; empty until that has changed. */
  get news(): string {
    return this.#news;
  }

  follow(session: State | null): void {
    const goals = session?.Goals.filter((goal) => !goal.Pinned) ?? [];
    const held = goals.filter((goal) => goal.Holds).length;
    const title = session ? `${session.Title} ${goals.length}` : '';
    if (title !== this.#title) this.#news = '';
    else if (held !== this.#held) this.#news = text().lesson.pane.reached(held, goals.length);
    [this.#title, this.#held] = [title, held];
  }
}
