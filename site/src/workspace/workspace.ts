// The workspace: holds the one state, and everything that a person can do to it.

import { EngineClient, type Ask, type ClientOptions } from '../engine/client.js';
import type {
  AdviceView, Answer, Call, Draft, ExampleView, HTTPRequest, HTTPResponse, OperationView, Place, Reply, RequestView, State, StepView,
} from '../engine/messages.js';
import { said, text, type Language } from '../text/text.js';
import { formOf, formOfCommand } from './command.js';
import { operationId, toCall, unsendable, type RequestForm } from './form.js';
import { keepDrafts, keptDrafts } from './drafts.js';
import { textOfFile } from './files.js';
import type { Keeper } from './keeper.js';
import { keptNotice } from './keeping.js';
import { firstLanguage, rememberLanguage, speakIn } from './language.js';
import { formOfCall } from './recall.js';
import { copy, embedSnippet, fragmentOf, withFragment } from './link.js';
import type { Pinning } from './pins.js';
import {
  editor, editorText, everyCheck, initialState, onShow, selectedPolicy, themes, withSession, type Notice, type Pane, type Shown, type Theme, type WorkspaceState,
} from './state.js';
import { personStore, tabStore } from './storage.js';

/** Milliseconds of rest in typing after which a text is checked, and after which it is put into force. */
const checkAfter = 150;
const applyAfter = 500;

const firstExample = '004-why-the-root-statement';

export type WorkspaceOptions = Pick<ClientOptions, 'moduleURL' | 'wholeURL' | 'runtimeURL' | 'workerURL'> & {
  /** Whether the page's address belongs to this workspace: its fragment is read and written, and work is kept. */
  readonly ownsAddress: boolean;
  /** The language that the page's author asks for; empty for the person's own. */
  readonly language?: string;
};

export class Workspace extends EventTarget {
  #state: WorkspaceState = initialState;
  readonly #client: EngineClient;
  readonly #spoken: Promise<void>;
  readonly #options: WorkspaceOptions;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  #applyTimer: ReturnType<typeof setTimeout> | undefined;
  #applying: Promise<void> = Promise.resolve();
  #serial = 0;
  #started: Promise<void> | undefined;
  #keeper: Promise<Keeper> | undefined;
  #kept: Keeper | undefined;
  #resuming = false;
  // The tab held changes when the page was loaded.
  #carried = false;

  constructor(options: WorkspaceOptions) {
    super();
    this.#options = options;
    const theme = themes.find((name) => name === personStore.get('theme'));
    if (theme) this.#state = { ...this.#state, theme };
    this.#spoken = speakIn(firstLanguage(options.language ?? ''), '', (change) => this.#set(change));
    this.#client = new EngineClient({
      ...options,
      onProgress: (progress) => this.#set({ progress }),
      onWaiting: (waiting) => this.#set({ waiting }),
      onReplayed: (session) => this.#setSession(session),
    });
  }

  get state(): WorkspaceState {
    return this.#state;
  }

  /** Loads the engine and opens what the address, this tab's memory or the menu says. */
  start(document: string): Promise<void> {
    return (this.#started ??= this.#start(document));
  }

  async #start(document: string): Promise<void> {
    try {
      const hello = await this.#client.start();
      if (hello.Catalogue) this.#set({ catalogue: hello.Catalogue, version: hello.Version });
      await this.#openFirst(document);
      this.#set({ phase: 'ready' });
    } catch (cause) {
      this.#set({ phase: 'failed', failure: message(cause) });
    }
  }

  close(): void {
    clearTimeout(this.#checkTimer);
    clearTimeout(this.#applyTimer);
    this.#kept?.close();
    this.#client.close();
  }

  async openExample(name: string): Promise<void> {
    const example = this.#state.catalogue.Examples.find((e) => e.Name === name);
    if (example) await this.#replace(() => this.#openExample(example));
  }

  /** Opens a file that the person chose or dropped. */
  async openFile(file: File): Promise<void> {
    if (this.#state.phase !== 'ready') return;
    const read = await textOfFile(file);
    if ('refused' in read) this.notify({ kind: 'error', text: read.refused });
    else await this.openText(read.content);
  }

  /** Opens a text that came from a file, or a new one. */
  openText(text: string): Promise<boolean> {
    return this.#replace(() => this.#open(text, ''));
  }

  /** Opens a scenario that was kept. */
  async openScenario(id: string): Promise<void> {
    const keeper = await this.keeper();
    const scenario = keeper.scenarios.read(id);
    if (!scenario) return this.notify({ kind: 'error', text: text().workspace.keeping.gone });
    await this.#replace(() => this.#open(scenario.document, scenario.example, scenario.opened, () => keeper.opened(id, scenario)));
  }

  /** What keeps the work; loaded when it is first wanted. */
  keeper(): Promise<Keeper> {
    this.#keeper ??= import('./keeper.js').then(({ Keeper }) => {
      this.#kept = new Keeper(() => this.#work(), (keeping) => this.#set({ keeping }));
      return this.#kept;
    });
    return this.#keeper;
  }

  /** Settles that two tabs have changed one scenario: this tab goes on with a copy. */
  async keepCopy(): Promise<void> {
    (await this.keeper()).saveCopy();
  }

  /** Settles it the other way: this tab's work becomes a copy, and what the other tab wrote is opened. */
  async openOther(): Promise<void> {
    const { id } = this.#state.keeping;
    await this.openScenario(id);
  }

  /** Opens the document of a link; the last request of it is put on show. */
  async openLink(fragment: string): Promise<boolean> {
    return this.#replace(() => this.#openLink(fragment));
  }

  async #openLink(fragment: string): Promise<boolean> {
    const reply = await this.#ask({ Type: 'OpenLink', Fragment: fragment });
    if (!reply?.State) return false;
    const example = this.#state.catalogue.Examples.find((e) => e.Text === reply.State!.Document)?.Name ?? '';
    this.#opened(reply.State, reply.State.Document, example);
    const last = reply.State.Requests.at(-1);
    if (last) await this.show(last.Index);
    return true;
  }

  async reset(): Promise<void> {
    const { opened, example } = this.#state;
    if (opened) await this.#replace(() => this.#open(opened, example));
  }

  setForm(change: Partial<RequestForm>): void {
    const form = { ...this.#state.form, ...change };
    const key = change.key === undefined ? undefined : this.#keyNamed(change.key);
    this.#set({ form, ...(key && key.ARN !== this.#state.key ? { key: key.ARN, policy: key.Policy } : {}) });
  }

  /** Sends the form. What was typed into policies is put into force first. A field that stands for nothing is shown instead. */
  async send(): Promise<void> {
    const operation = this.operation();
    if (!operation || this.#state.sending || this.#state.phase !== 'ready') return;
    const field = unsendable(this.#state.form, operation);
    if (field) return this.#set({ mend: { field, serial: ++this.#serial }, pane: 'request' });
    this.#set({ sending: true, notice: null });
    await this.flush();
    await this.#call(toCall(this.#state.form, operation));
    this.#set({ sending: false });
  }

  /** Makes a call from a panel. */
  async call(call: Call): Promise<Answer | null> {
    await this.flush();
    return this.#call(call);
  }

  /** Runs AWS CLI and shell text as somebody; the decision of its last call is put on show. Null when it could not run. */
  async run(as: string, command: string): Promise<StepView | null> {
    await this.flush();
    const step = (await this.#change({ Type: 'Command', As: as, Command: command }))?.Step ?? null;
    const index = step?.Calls.at(-1);
    const answer = index === undefined ? null : (await this.#ask({ Type: 'Answer', Index: index }))?.Answer;
    if (index !== undefined && answer) this.#set({ shown: { index, answer } });
    return step;
  }

  /** Answers a client of AWS that runs in the page; the decision of its call is put on show. */
  async http(request: HTTPRequest): Promise<HTTPResponse> {
    await this.#started;
    await this.flush();
    const reply = await this.#client.send({ Type: 'HTTP', HTTP: request });
    if (reply.State) this.#moveOn(reply.State);
    if (reply.Answer) this.#set({ shown: { index: reply.Index, answer: reply.Answer } });
    return reply.HTTP!;
  }

  /** What would allow a past request now. */
  async suggest(index: number): Promise<AdviceView | null> {
    return (await this.#ask({ Type: 'Suggest', Index: index }))?.Advice ?? null;
  }

  /** Performs a suggestion; where it sends the request another way, that answer is put on show. */
  async applySuggestion(index: number, title: string): Promise<void> {
    await this.flush();
    const reply = await this.#change({ Type: 'Apply', Index: index, Text: title });
    if (!reply) return;
    if (reply.Answer) this.#set({ shown: { index: reply.Index, answer: reply.Answer }, pane: 'decision' });
    this.#set({ notice: { kind: 'info', text: text().workspace.applied(said(title)) } });
  }

  operation(): OperationView | undefined {
    return this.#state.catalogue.Operations.find((o) => operationId(o) === this.#state.form.operation);
  }

  /** Shows the decision of a past request and puts the form into its state. */
  async show(index: number): Promise<void> {
    const reply = await this.#ask({ Type: 'Answer', Index: index });
    if (!reply?.Answer) return;
    const request = this.#state.session?.Requests.find((r) => r.Index === index);
    if (request) this.#formOf(request, reply.Call);
    this.present({ index, answer: reply.Answer });
  }

  /** Puts an answer on show, and selects the key that it is about. */
  present(shown: Shown): void {
    this.#set({ shown, pane: 'decision' });
    this.#selectDecidingKey(shown.answer);
  }

  /** Asks what changes nothing. */
  ask(ask: Ask & { Type: 'Answer' | 'Goal' | 'Print' | 'Try' | 'Detail' | 'Effects' | 'Foresee' | 'Matrix' | 'Cell' | 'Complete' | 'Explain' | 'Describe' | 'Earlier' }): Promise<Reply | null> {
    return this.#ask(ask);
  }

  /** Asks an engine of its own, which can be stopped. */
  readonly apart: EngineClient['apart'] = (...ask) => this.#client.apart(...ask);

  /** A part of what a past request answered, where that is text: bytes are in Base64. */
  async output(index: number, name: string): Promise<string | null> {
    const output = (await this.#ask({ Type: 'Answer', Index: index }))?.Answer?.Output as Record<string, unknown> | null | undefined;
    const part = output?.[name];
    return typeof part === 'string' ? part : null;
  }

  selectKey(arn: string): void {
    const key = this.#state.session?.Keys.find((k) => k.ARN === arn);
    if (key) this.#set({ key: arn, policy: key.Policy, form: { ...this.#state.form, key: key.Label } });
  }

  selectPolicy(policy: string): void {
    this.#set({ policy });
  }

  selectPrincipal(ref: string): void {
    this.#set({ form: { ...this.#state.form, principal: ref } });
  }

  chooseEditor(policy: string, ref: string): void {
    this.#set({ editAs: { ...this.#state.editAs, [policy]: ref } });
  }

  chooseActor(ref: string): void {
    this.#set({ actAs: ref });
  }

  /** Opens the policy of a place in the editor and puts the cursor there. */
  reveal(place: Pick<Place, 'PolicyID' | 'Span' | 'Line'>): void {
    const key = this.#state.session?.Keys.find((k) => k.Policy === place.PolicyID);
    const reveal = { policy: place.PolicyID, start: place.Span.Start, line: place.Line, serial: ++this.#serial };
    this.#set({ ...(key ? { key: key.ARN } : {}), policy: place.PolicyID, reveal, pane: 'editor' });
  }

  /** Takes what was typed into a policy. It is checked and put into force once typing rests. */
  type(policy: string, text: string): void {
    this.#set({ typed: { ...this.#state.typed, [policy]: text } });
    clearTimeout(this.#checkTimer);
    clearTimeout(this.#applyTimer);
    this.#checkTimer = setTimeout(() => void this.#check(policy), checkAfter);
    this.#applyTimer = setTimeout(() => void this.flush(), applyAfter);
  }

  /** Puts everything that was typed into force, or learns why AWS refuses it. */
  flush(): Promise<void> {
    clearTimeout(this.#applyTimer);
    this.#applying = this.#applying.then(async () => {
      for (const policy of Object.keys(this.#state.typed)) await this.#apply(policy);
    });
    return this.#applying;
  }

  async format(): Promise<void> {
    const policy = selectedPolicy(this.#state);
    if (!policy || policy.ReadOnly) return;
    const text = editorText(this.#state, policy);
    const reply = await this.#latest({ Type: 'Format', Text: text, Kind: policy.Kind });
    if (reply?.Text && editorText(this.#state, policy) === text && reply.Text !== text) this.type(policy.ID, reply.Text);
  }

  /** Drops a refused draft: the editor shows the policy in force again. */
  revert(policy: string): void {
    const view = this.#state.session?.Policies.find((p) => p.ID === policy);
    if (view) this.type(policy, view.Text);
  }

  async wait(seconds: number): Promise<void> {
    await this.flush();
    await this.#change({ Type: 'Wait', Seconds: seconds });
  }

  undo(): Promise<void> {
    return this.travel({ Type: 'Undo' });
  }

  /** Goes back, forward or aside on the time line, or pins; a decision that is not on it any more is put away. */
  async travel(ask: Ask & { Type: 'Undo' | 'Redo' | 'Step' | 'Switch' | 'Pin' | 'Unpin' }): Promise<void> {
    await this.flush();
    const before = onShow(this.#state);
    await this.#change(ask);
    if (before === '' || onShow(this.#state) !== before) this.#set({ shown: null });
  }

  /** Lets the person pin a request; null when it is done or dropped. */
  offer(pinning: Pinning | null): void {
    this.#set({ pinning });
  }

  /** Puts the whole document into the address and copies the link. */
  async share(): Promise<void> {
    const fragment = await this.fragment();
    if (fragment === null) return;
    const link = withFragment(location.href, fragment);
    if (this.#options.ownsAddress) history.replaceState(history.state, '', link);
    const copied = await copy(link);
    this.#set({ notice: copied ? { kind: 'info', text: text().workspace.links.copied }
      : { kind: 'info', text: text().workspace.links.copy, copy: link } });
  }

  async embed(): Promise<string> {
    const fragment = await this.fragment();
    return fragment === null ? '' : embedSnippet(location.href, fragment, this.#state.language, this.#state.session?.Title ?? 'KMS Playground');
  }

  async fragment(): Promise<string | null> {
    await this.flush();
    return (await this.#ask({ Type: 'Share' }))?.Text ?? null;
  }

  setTheme(theme: Theme): void {
    personStore.set('theme', theme);
    this.#set({ theme });
  }

  async setLanguage(language: Language): Promise<void> {
    rememberLanguage(language, this.#options.ownsAddress);
    await speakIn(language, this.#state.language, (change) => this.#set(change));
    const example = this.#state.catalogue.Examples.find((e) => e.Name === this.#state.example);
    if (example && !this.#work()?.changed) await this.#openExample(example); // a lesson begins anew in its language
  }

  setPane(pane: Pane): void {
    this.#set({ pane });
  }

  notify(notice: Notice | null): void {
    this.#set({ notice });
  }

  /** Follows the address when the person pastes another link into it. */
  async addressChanged(): Promise<void> {
    const fragment = fragmentOf(location.hash);
    if (fragment && this.#state.phase === 'ready') await this.openLink(fragment);
  }

  async #openFirst(document: string): Promise<void> {
    const fragment = this.#options.ownsAddress ? fragmentOf(location.hash) : '';
    if (fragment) await this.#rescue();
    const rescued = this.#state.notice;
    if (fragment && (await this.#openLink(fragment))) {
      if (rescued) this.#set({ notice: rescued });
      return;
    }
    // A page that brings a document goes on with the tab's work on that one only.
    const resumes = this.#options.ownsAddress && !fragment && (!document || tabStore.get('opened') === document);
    const kept = resumes ? tabStore.get('document') : null;
    if (!kept && document && (await this.#open(document, ''))) return;
    const remembered = tabStore.get('scenario');
    this.#resuming = true;
    const carried = tabStore.get('changed') === 'yes';
    if (kept && (await this.#open(kept, tabStore.get('example') ?? '', tabStore.get('opened') ?? kept, () => {}, keptDrafts()))) {
      if (remembered) await this.keeper().then((keeper) => keeper.resume(remembered), () => {});
      this.#resuming = false;
      this.#carried = carried;
      this.#keepWork();
      return;
    }
    this.#resuming = false;
    const examples = this.#state.catalogue.Examples;
    const example = examples.find((e) => e.Name === firstExample) ?? examples[0];
    if (!example) throw new Error(text().workspace.noExamples);
    const notice = this.#state.notice;
    await this.#openExample(example);
    if (notice) this.#set({ notice });
  }

  /** Opens something else, once what is here is kept; says where. */
  async #replace(open: () => Promise<boolean>): Promise<boolean> {
    await this.flush();
    const left = await this.#leave();
    const done = await open();
    if (done && left) this.#set({ notice: left });
    return done;
  }

  // A link was opened in a tab that held work: it is kept before the tab's memory is written over.
  async #rescue(): Promise<void> {
    const [document, opened] = [tabStore.get('document'), tabStore.get('opened')];
    if (!document || !tabStore.get('changed')) return;
    const work = { title: '', document, opened: opened ?? document, example: tabStore.get('example') ?? '', changed: true };
    try {
      this.#set({ notice: keptNotice((await this.keeper()).rescue(work, tabStore.get('scenario') ?? '')) });
    } catch (cause) {
      this.#set({ notice: { kind: 'error', text: text().workspace.keeping.failed(message(cause)) } });
    }
  }

  async #leave(): Promise<Notice | null> {
    const work = this.#work();
    if (!work?.changed) return null;
    try {
      const keeper = await this.keeper();
      keeper.save();
      if (keeper.keeping.conflict && keeper.isAhead) keeper.saveCopy();
      return keptNotice(keeper.keeping);
    } catch (cause) {
      return { kind: 'error', text: text().workspace.keeping.failed(message(cause)) };
    }
  }

  #work() {
    const { session, opened, example, keeping } = this.#state;
    const changed = session?.CanUndo || keeping.id !== '' || this.#carried;
    return session && { title: session.Title, document: session.Document, opened, example, changed };
  }

  // A language that could not be loaded leaves the English document.
  async #openExample({ Name, Text }: ExampleView): Promise<boolean> {
    await this.#spoken;
    return this.#open(await text().lessons.document(Name, Text).catch(() => Text), Name);
  }

  async #open(document: string, example: string, opened = document, before?: () => void, Drafts: Draft[] = []): Promise<boolean> {
    const reply = await this.#ask({ Type: 'Open', Document: document, Drafts });
    if (!reply?.State) return false;
    this.#opened(reply.State, opened, example, before);
    return true;
  }

  // before says which scenario the session is kept in from now on; without it, in none yet.
  #opened(session: State, opened: string, example: string, before = () => this.#unkept()): void {
    before();
    clearTimeout(this.#checkTimer);
    clearTimeout(this.#applyTimer);
    const kept = this.#state;
    const form = { ...initialState.form };
    this.#state = {
      ...withSession({ ...initialState, catalogue: kept.catalogue, version: kept.version, theme: kept.theme, language: kept.language, form }, session),
      phase: kept.phase, opened, example, pane: kept.pane, reveal: kept.reveal, keeping: kept.keeping,
    };
    this.#prepareForm(session);
    this.#remember();
    this.#changed();
  }

  #unkept(): void {
    this.#carried = false;
    if (this.#kept) this.#kept.opened('', null);
    else tabStore.set('scenario', '');
  }

  // A lesson is ready for its first goal; another document for what it leads to, its last request about a key.
  #prepareForm(session: State): void {
    const operations = this.#state.catalogue.Operations;
    const offered = (r: RequestView) => r.Service === 'kms' && operations.some((o) => o.Simulated && o.Name === r.Operation);
    const last = session.Requests.filter((r) => offered(r) && r.Resource !== '').at(-1) ?? session.Requests.filter(offered).at(-1);
    const form = { principal: session.Principals[0]?.Ref ?? '', operation: 'kms:Encrypt', key: session.Keys[0]?.Label ?? '' };
    this.#state = { ...this.#state, form: { ...this.#state.form, ...form } };
    if (last) this.#formOf(last);
    const goal = session.Lesson.find((block) => block.Type === 'goal' && block.Step);
    const principal = session.Principals.find((p) => p.Ref === goal?.Step?.As)?.Ref;
    const toGoal = goal && principal ? formOfCommand(goal.Text, principal, operations, this.#state.form) : null;
    if (toGoal) this.setForm(toGoal);
  }

  #formOf(request: RequestView, call: Call | null = null): void {
    const operation = this.#state.catalogue.Operations.find((o) => o.Service === request.Service && o.Name === request.Operation);
    const session = this.#state.session;
    if (!operation || !session || !operation.Simulated) return;
    const { form } = this.#state;
    this.setForm(call ? formOfCall(request, call, operation, session, form) : formOf(request, operation, session, form));
  }

  #keyNamed(name: string) {
    return this.#state.session?.Keys.find(
      (key) => key.Label === name || key.ARN === name || key.KeyId === name || key.Aliases.includes(name));
  }

  #selectDecidingKey(answer: Answer): void {
    const ids = everyCheck(answer).flatMap((check) => check.Deciding.map((place) => place.PolicyID));
    const key = this.#state.session?.Keys.find((k) => ids.includes(k.Policy));
    if (key) this.#set({ key: key.ARN, policy: key.Policy });
  }

  async #call(call: Partial<Call>): Promise<Answer | null> {
    const reply = await this.#change({ Type: 'Call', Call: call as Call });
    if (!reply?.Answer) return null;
    this.#set({ shown: { index: reply.Index, answer: reply.Answer } });
    return reply.Answer;
  }

  async #check(id: string): Promise<void> {
    const policy = this.#state.session?.Policies.find((p) => p.ID === id);
    const text = this.#state.typed[id];
    if (!policy || text === undefined) return;
    const reply = await this.#latest({ Type: 'Parse', Policy: id, Text: text, Kind: policy.Kind });
    // Remarks on a text that has changed meanwhile point to wrong places; those on the new text follow.
    if (reply && this.#state.typed[id] === text) this.#set({ remarks: { ...this.#state.remarks, [id]: reply.Diagnostics } });
  }

  async #apply(id: string): Promise<void> {
    const policy = this.#state.session?.Policies.find((p) => p.ID === id);
    const text = this.#state.typed[id];
    if (!policy || text === undefined) return;
    if (text === (policy.Refused ? policy.Draft : policy.Text)) return this.#settle(id, text, this.#state.refusals[id] ?? '');
    const reply = await this.#change({ Type: 'Edit', Policy: id, Text: text, As: editor(this.#state, policy) });
    if (!reply) return;
    const error = reply.Answer?.Error;
    this.#settle(id, text, reply.Applied || !error ? '' : `${error.Code}: ${error.Message}`);
    if (reply.Diagnostics) this.#set({ remarks: { ...this.#state.remarks, [id]: reply.Diagnostics } });
  }

  // The engine has the text now; what was typed meanwhile stays typed.
  #settle(id: string, text: string, refusal: string): void {
    const { [id]: typed, ...rest } = this.#state.typed;
    this.#set({ typed: typed === text ? rest : this.#state.typed, refusals: { ...this.#state.refusals, [id]: refusal } });
  }

  async #change(ask: Ask): Promise<Reply | null> {
    const reply = await this.#ask(ask);
    if (reply?.State) this.#moveOn(reply.State);
    return reply;
  }

  #moveOn(session: State): void {
    this.#setSession(session);
    // The address no longer says what is on the page.
    if (this.#options.ownsAddress && location.hash) history.replaceState(history.state, '', withFragment(location.href, ''));
  }

  async #ask(ask: Ask, send: () => Promise<Reply | null> = () => this.#client.send(ask)): Promise<Reply | null> {
    try {
      return await send();
    } catch (cause) {
      this.#set({ notice: { kind: 'error', text: message(cause) } });
      return null;
    }
  }

  #latest(ask: Ask & { Type: 'Parse' | 'Format' }): Promise<Reply | null> {
    return this.#ask(ask, () => this.#client.latest(ask));
  }

  #setSession(session: State): void {
    this.#state = withSession(this.#state, session);
    this.#remember();
    this.#changed();
  }

  #remember(): void {
    const { session, opened, example } = this.#state;
    if (!this.#options.ownsAddress || !session) return;
    tabStore.set('document', session.Document);
    tabStore.set('opened', opened);
    tabStore.set('example', example);
    keepDrafts(session);
    this.#keepWork();
  }

  // The first change loads the keeper; until it is there, the tab remembers the work.
  #keepWork(): void {
    const work = this.#work();
    if (!work || this.#resuming) return;
    tabStore.set('changed', work.changed ? 'yes' : '');
    if (!work.changed) return;
    if (this.#kept) this.#kept.save();
    else void this.keeper().then((keeper) => keeper.save(), () => this.#set({ notice: { kind: 'error', text: text().workspace.keeping.noKeeper } }));
  }

  #set(change: Partial<WorkspaceState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
