// The state of the selected key: enabled, disabled, on its way to deletion.

import { html, nothing } from 'lit';
import type { KeyView } from '../engine/messages.js';
import { text } from '../text/text.js';
import { clock, onEnter, onPress, shape, valueOf } from '../workspace/parts.js';
import { stateTone } from './key-state.js';
import { KeyPart } from './key-part.js';
import type { Plans } from './panel-view.js';

export class KmsKeyLife extends KeyPart {
  static override properties = { ...KeyPart.properties, days: { state: true } };

  declare days: number;

  constructor() {
    super();
    this.days = 30;
  }

  protected override plans(): Plans {
    const key = this.selected;
    if (!key) return {};
    return {
      enable: this.callOn(key, 'EnableKey'), disable: this.callOn(key, 'DisableKey'), cancel: this.callOn(key, 'CancelKeyDeletion'),
      schedule: this.callOn(key, 'ScheduleKeyDeletion', { PendingWindowInDays: this.days }),
    };
  }

  protected override render() {
    const key = this.selected;
    if (!key) return nothing;
    const words = text().panels.state;
    const plans = this.plans();
    const schedule = () => void this.act(plans['schedule']!);
    return html`
      <p class=${stateTone(key.State)}>${shape(stateTone(key.State))} ${key.State}</p>
      ${this.#deletion(key)}
      <div class="row">
        <button @click=${() => this.act(plans['enable']!)}>${words.enable}</button>
        <button @click=${() => this.act(plans['disable']!)}>${words.disable}</button>
        <button @click=${() => this.act(plans['cancel']!)}>${words.cancel}</button>
      </div>
      ${this.foretold('enable')}${this.foretold('disable')}${this.foretold('cancel')}
      <form @keydown=${onEnter(schedule)}>
        <label class="wide">${words.days}<input type="number" min="7" max="30" .value=${String(this.days)} @input=${(e: Event) => { this.days = Number(valueOf(e)); }}></label>
        <p class="small muted">${this.#when()}</p>
        <button type="button" @click=${onPress(schedule)}>${words.schedule}</button>
      </form>
      ${this.foretold('schedule')}`;
  }

  #deletion(key: KeyView) {
    const words = text().panels.state;
    if (key.DeletionDate) return html`<p class="small">${words.deletedAt(clock(key.DeletionDate, true))}</p>`;
    return this.detail?.PendingWindow ? html`<p class="small">${words.afterReplicas(this.detail.PendingWindow)}</p>` : nothing;
  }

  #when(): string {
    const now = Date.parse(this.state.session?.Now ?? '');
    if (Number.isNaN(now) || !(this.days > 0 && this.days < 1000)) return '';
    return text().panels.state.wouldDelete(clock(new Date(now + this.days * 86_400_000).toISOString(), true));
  }
}
