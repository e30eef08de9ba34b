// What is opened: examples, files, links, scenarios that were kept, and first of all what the page begins with. The work
// that was here is kept before.

import type { ExampleView, State } from '../engine/messages.js';
import { text } from '../text/text.js';
import { textOfFile } from './files.js';
import type { HeldState } from './held-state.js';
import { fragmentOf } from './link.js';
import { unpacked } from './past.js';
import type { Requests } from './requests.js';
import { withDocument } from './selection.js';
import { tabStore } from './storage.js';
import type { TabWork } from './tab-work.js';
import type { Typing } from './typing.js';

const firstExample = '004-why-the-root-statement';

export class Documents {
  readonly #held: HeldState;
  readonly #typing: Typing;
  readonly #requests: Requests;
  readonly #tab: TabWork;
  readonly #spoken: Promise<void>;

  /** spoken: the words of the first language are there, or could not be loaded. */
  constructor(held: HeldState, typing: Typing, requests: Requests, tab: TabWork, spoken: Promise<void>) {
    this.#held = held;
    this.#typing = typing;
    this.#requests = requests;
    this.#tab = tab;
    this.#spoken = spoken;
  }

  /** Opens what the address, the page, this tab's memory or the menu says. */
  async openFirst(document: string): Promise<void> {
    const fragment = this.#held.ownsAddress ? fragmentOf(location.hash) : '';
    if (fragment) await this.#tab.rescue();
    const rescued = this.#held.state.notice;
    if (fragment && (await this.#openLink(fragment))) {
      if (rescued) this.#held.set({ notice: rescued });
      return;
    }
    // A page that brings a document goes on with the tab's work on that one only.
    const resumes = this.#held.ownsAddress && !fragment && (!document || tabStore.get('opened') === document);
    const kept = resumes ? tabStore.get('document') : null;
    if (!kept && document && (await this.#open(document, ''))) return;
    if (kept && (await this.#resume(kept))) return;
    await this.#openFirstExample();
  }

  #resume(kept: string): Promise<boolean> {
    return this.#tab.resume(() => this.#open(kept, tabStore.get('example') ?? '', tabStore.get('opened') ?? kept, () => {}, tabStore.get('past') ?? ''));
  }

  // What was told meanwhile stays told.
  async #openFirstExample(): Promise<void> {
    const { catalogue: { Examples }, notice } = this.#held.state;
    const example = Examples.find((e) => e.Name === firstExample) ?? Examples[0];
    if (!example) throw new Error(text().workspace.noExamples);
    await this.#openExample(example);
    if (notice) this.#held.set({ notice });
  }

  async openExample(name: string): Promise<void> {
    const example = this.#example(name);
    if (example) await this.#replace(() => this.#openExample(example));
  }

  /** Opens a file that the person chose or dropped. */
  async openFile(file: File): Promise<void> {
    if (this.#held.state.phase !== 'ready') return;
    const read = await textOfFile(file);
    if ('refused' in read) this.#held.set({ notice: { kind: 'error', text: read.refused } });
    else await this.openText(read.content);
  }

  openText(document: string): Promise<boolean> {
    return this.#replace(() => this.#open(document, ''));
  }

  async openScenario(id: string): Promise<void> {
    const keeper = await this.#tab.keeper();
    const scenario = keeper.scenarios.read(id);
    if (!scenario) return this.#held.set({ notice: { kind: 'error', text: text().workspace.keeping.gone } });
    await this.#replace(() => this.#open(scenario.document, scenario.example, scenario.opened, () => keeper.opened(id, scenario), scenario.past));
  }

  /** Opens the document of a link; the last request of it is put on show. */
  openLink(fragment: string): Promise<boolean> {
    return this.#replace(() => this.#openLink(fragment));
  }

  /** Opens the document anew as it was opened. */
  async reset(): Promise<void> {
    const { opened, example } = this.#held.state;
    if (opened) await this.#replace(() => this.#open(opened, example));
  }

  /** A lesson that nobody has begun yet begins anew in the language that is spoken now. */
  async retell(): Promise<void> {
    const example = this.#example(this.#held.state.example);
    if (example && !this.#tab.work()?.changed) await this.#openExample(example);
  }

  #example(name: string): ExampleView | undefined {
    return this.#held.state.catalogue.Examples.find((e) => e.Name === name);
  }

  /** Opens something else, once what is here is kept; says where. */
  async #replace(open: () => Promise<boolean>): Promise<boolean> {
    await this.#typing.flush();
    const left = await this.#tab.leave();
    const done = await open();
    if (done && left) this.#held.set({ notice: left });
    return done;
  }

  async #openLink(fragment: string): Promise<boolean> {
    const session = (await this.#held.ask({ Type: 'OpenLink', Fragment: fragment }))?.State;
    if (!session) return false;
    const example = this.#held.state.catalogue.Examples.find((e) => e.Text === session.Document)?.Name ?? '';
    this.#opened(session, session.Document, example);
    const last = session.Requests.at(-1);
    if (last) await this.#requests.show(last.Index);
    return true;
  }

  // A language that could not be loaded leaves the English document.
  async #openExample({ Name, Text }: ExampleView): Promise<boolean> {
    await this.#spoken;
    return this.#open(await text().lessons.document(Name, Text).catch(() => Text), Name);
  }

  async #open(document: string, example: string, opened = document, before?: () => void, past = ''): Promise<boolean> {
    const History = unpacked(past, document);
    const session = (await this.#held.ask(History ? { Type: 'Resume', Document: document, History } : { Type: 'Open', Document: document }))?.State;
    if (!session) return false;
    this.#opened(session, opened, example, before);
    return true;
  }

  // before says which scenario the session is kept in from now on; without it, in none yet.
  #opened(session: State, opened: string, example: string, before = () => this.#tab.unkept()): void {
    before();
    this.#typing.rest();
    this.#held.begin(withDocument(this.#held.state, session, opened, example));
  }
}
