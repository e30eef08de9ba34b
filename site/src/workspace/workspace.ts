// The workspace: holds the one state, and everything that a person can do to it.

import type { Ask, EngineClient } from '../engine/client.js';
import type { AdviceView, Answer, Call, HTTPRequest, HTTPResponse, OperationView, Place, Reply, StepView } from '../engine/messages.js';
import { text, type Language } from '../text/text.js';
import { Documents } from './documents.js';
import type { RequestForm } from './form.js';
import { HeldState, reason, type EngineOptions } from './held-state.js';
import type { Keeper } from './keeper.js';
import { firstLanguage, rememberLanguage, speakIn } from './language.js';
import { copy, embedSnippet, fragmentOf, withFragment } from './link.js';
import type { Pinning } from './pins.js';
import { Requests, type Travel } from './requests.js';
import { formOperation, withForm, withKey } from './selection.js';
import type { Saved } from './saved.js';
import { themes, type Notice, type Pane, type Shown, type Theme, type WorkspaceState } from './state.js';
import { personStore } from './storage.js';
import { TabWork } from './tab-work.js';
import { Typing } from './typing.js';

export type WorkspaceOptions = EngineOptions & {
  /** Whether the page's address belongs to this workspace: its fragment is read and written, and work is kept. */
  readonly ownsAddress: boolean;
  /** The language that the page's author asks for; empty for the person's own. */
  readonly language?: string;
};

/** Tells of each new state by the event "change". */
export class Workspace extends EventTarget {
  readonly #held: HeldState;
  readonly #typing: Typing;
  readonly #requests: Requests;
  readonly #tab: TabWork;
  readonly #documents: Documents;
  #started: Promise<void> | undefined;

  constructor(options: WorkspaceOptions) {
    super();
    this.#held = new HeldState({
      ...options, onSession: () => this.#tab.remember(), onChange: () => this.dispatchEvent(new Event('change')),
    });
    this.#typing = new Typing(this.#held);
    this.#requests = new Requests(this.#held, this.#typing);
    this.#tab = new TabWork(this.#held);
    const theme = themes.find((name) => name === personStore.get('theme'));
    if (theme) this.#held.set({ theme });
    const spoken = speakIn(firstLanguage(options.language ?? ''), '', (change) => this.#held.set(change));
    this.#documents = new Documents(this.#held, this.#typing, this.#requests, this.#tab, spoken);
  }

  get state(): WorkspaceState {
    return this.#held.state;
  }

  /** Loads the engine and opens what the address, this tab's memory or the menu says. */
  start(document: string): Promise<void> {
    return (this.#started ??= this.#start(document));
  }

  async #start(document: string): Promise<void> {
    try {
      const hello = await this.#held.client.start();
      if (hello.Catalogue) this.#held.set({ catalogue: hello.Catalogue, version: hello.Version });
      await this.#documents.openFirst(document);
      this.#held.set({ phase: 'ready' });
    } catch (cause) {
      this.#held.set({ phase: 'failed', failure: reason(cause) });
    }
  }

  close(): void {
    this.#typing.rest();
    this.#tab.close();
    this.#held.client.close();
  }

  openExample(name: string): Promise<void> {
    return this.#documents.openExample(name);
  }

  /** Opens a file that the person chose or dropped. */
  openFile(file: File): Promise<void> {
    return this.#documents.openFile(file);
  }

  /** Opens a text that came from a file, or a new one. */
  openText(text: string): Promise<boolean> {
    return this.#documents.openText(text);
  }

  /** Opens a scenario that was kept. */
  openScenario(id: string): Promise<void> {
    return this.#documents.openScenario(id);
  }

  /** Opens the document of a link; the last request of it is put on show. */
  openLink(fragment: string): Promise<boolean> {
    return this.#documents.openLink(fragment);
  }

  reset(): Promise<void> {
    return this.#documents.reset();
  }

  /** Follows the address when the person pastes another link into it. */
  async addressChanged(): Promise<void> {
    const fragment = fragmentOf(location.hash);
    if (fragment && this.state.phase === 'ready') await this.openLink(fragment);
  }

  /** What keeps the work; loaded when it is first wanted. */
  keeper(): Promise<Keeper> {
    return this.#tab.keeper();
  }

  /** Settles that two tabs have changed one scenario: this tab goes on with a copy. */
  async keepCopy(): Promise<void> {
    (await this.keeper()).saveCopy();
  }

  /** Settles it the other way: this tab's work becomes a copy, and what the other tab wrote is opened. */
  openOther(): Promise<void> {
    return this.openScenario(this.state.keeping.id);
  }

  /** Takes note that the person has saved the work: the matrix compares with that. */
  saved(as: Saved['as']): void {
    this.#tab.saved(as);
  }

  /** Puts the whole document into the address and copies the link. */
  async share(): Promise<void> {
    const fragment = await this.fragment();
    if (fragment === null) return;
    this.saved('link');
    const link = withFragment(location.href, fragment);
    if (this.#held.ownsAddress) history.replaceState(history.state, '', link);
    const copied = await copy(link);
    this.notify(copied ? { kind: 'info', text: text().workspace.links.copied }
      : { kind: 'info', text: text().workspace.links.copy, copy: link });
  }

  async embed(): Promise<string> {
    const fragment = await this.fragment();
    return fragment === null ? '' : embedSnippet(location.href, fragment, this.state.language, this.state.session?.Title ?? 'KMS Playground');
  }

  async fragment(): Promise<string | null> {
    await this.flush();
    return (await this.ask({ Type: 'Share' }))?.Text ?? null;
  }

  operation(): OperationView | undefined {
    return formOperation(this.state);
  }

  setForm(change: Partial<RequestForm>): void {
    this.#held.set(withForm(this.state, change));
  }

  /** Sends the form. What was typed into policies is put into force first. A field that stands for nothing is shown instead. */
  async send(): Promise<void> {
    if (this.state.session) await this.#started; // a document is there a moment before the page is ready
    await this.#requests.send();
  }

  /** Makes a call from a panel. */
  call(call: Call): Promise<Answer | null> {
    return this.#requests.call(call);
  }

  /** Runs AWS CLI and shell text as somebody; the decision of its last call is put on show. Null when it could not run. */
  run(as: string, command: string): Promise<StepView | null> {
    return this.#requests.run(as, command);
  }

  /** Answers a client of AWS that runs in the page; the decision of its call is put on show. */
  async http(request: HTTPRequest): Promise<HTTPResponse> {
    await this.#started;
    return this.#requests.http(request);
  }

  /** What would allow a past request now. */
  suggest(index: number): Promise<AdviceView | null> {
    return this.#requests.suggest(index);
  }

  /** Performs a suggestion; where it sends the request another way, that answer is put on show. */
  applySuggestion(index: number, title: string): Promise<void> {
    return this.#requests.applySuggestion(index, title);
  }

  /** Shows the decision of a past request and puts the form into its state. */
  show(index: number): Promise<void> {
    return this.#requests.show(index);
  }

  /** Puts an answer on show, and selects the key that it is about. */
  present(shown: Shown): void {
    this.#requests.present(shown);
  }

  /** A part of what a past request answered, where that is text: bytes are in Base64. */
  output(index: number, name: string): Promise<string | null> {
    return this.#requests.output(index, name);
  }

  wait(seconds: number): Promise<void> {
    return this.#requests.wait(seconds);
  }

  undo(): Promise<void> {
    return this.travel({ Type: 'Undo' });
  }

  /** Goes back, forward or aside on the time line, or pins; a decision that is not on it any more is put away. */
  travel(ask: Travel): Promise<void> {
    return this.#requests.travel(ask);
  }

  /** Lets the person pin a request; null when it is done or dropped. */
  offer(pinning: Pinning | null): void {
    this.#held.set({ pinning });
  }

  /** Asks what changes nothing. */
  ask(ask: Ask & { Type: 'Answer' | 'Goal' | 'Print' | 'Try' | 'Detail' | 'Effects' | 'Foresee' | 'Matrix' | 'Cell' | 'Complete' | 'Explain' | 'Describe' | 'Earlier' | 'Share' }): Promise<Reply | null> {
    return this.#held.ask(ask);
  }

  /** Asks an engine of its own, which can be stopped. */
  readonly apart: EngineClient['apart'] = (...ask) => this.#held.client.apart(...ask);

  /** Takes what was typed into a policy. It is checked and put into force once typing rests. */
  type(policy: string, text: string): void {
    this.#typing.type(policy, text);
  }

  /** Puts everything that was typed into force, or learns why AWS refuses it. */
  flush(): Promise<void> {
    return this.#typing.flush();
  }

  format(): Promise<void> {
    return this.#typing.format();
  }

  /** Drops a refused draft: the editor shows the policy in force again. */
  revert(policy: string): void {
    this.#typing.revert(policy);
  }

  /** Opens the policy of a place in the editor and puts the cursor there. */
  reveal(place: Pick<Place, 'PolicyID' | 'Span' | 'Line'>): void {
    const key = this.state.session?.Keys.find((k) => k.Policy === place.PolicyID);
    const reveal = { policy: place.PolicyID, start: place.Span.Start, line: place.Line, serial: this.#held.nextSerial() };
    this.#held.set({ ...(key ? { key: key.ARN } : {}), policy: place.PolicyID, reveal, pane: 'editor' });
  }

  /** Opens the key panel at a grant, or at the state of a key. */
  revealKey(place: Partial<WorkspaceState> | null): void {
    if (place) this.#held.set(place);
  }

  selectKey(arn: string): void {
    this.#held.set(withKey(this.state, arn));
  }

  selectPolicy(policy: string): void {
    this.#held.set({ policy });
  }

  selectPrincipal(principal: string): void {
    this.setForm({ principal });
  }

  chooseEditor(policy: string, ref: string): void {
    this.#held.set({ editAs: { ...this.state.editAs, [policy]: ref } });
  }

  chooseActor(ref: string): void {
    this.#held.set({ actAs: ref });
  }

  setTheme(theme: Theme): void {
    personStore.set('theme', theme);
    this.#held.set({ theme });
  }

  async setLanguage(language: Language): Promise<void> {
    rememberLanguage(language, this.#held.ownsAddress);
    await speakIn(language, this.state.language, (change) => this.#held.set(change));
    await this.#documents.retell();
  }

  setPane(pane: Pane): void {
    this.#held.set({ pane });
  }

  notify(notice: Notice | null): void {
    this.#held.set({ notice });
  }
}
