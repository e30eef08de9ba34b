// What a person pasted or dropped about a real account, and what the engine read in it. An engine of its own reads, so
// that it can be stopped and the session's goes on meanwhile. Nothing is given up but by the person.

import type { Capture } from '../engine/messages.js';
import { text } from '../text/text.js';
import type { Workspace } from './workspace.js';

/** A text of its own, which has no name, or a file. */
export interface Pasted {
  readonly name: string;
  readonly text: string;
}

// Milliseconds of rest in typing after which the texts are read.
const readAfter = 400;

// Bytes.
const longestFile = 20_000_000;

export class Importing {
  /** The first is the text that was pasted; files follow. */
  inputs: readonly Pasted[] = [{ name: '', text: '' }];
  chosen = 0;
  removed: Pasted | null = null;
  /** How much is done; null when nothing is being read. */
  reading: { readonly done: number; readonly total: number } | null = null;
  capture: Capture | null = null;
  /** Why there is no capture of these texts. */
  failure = '';
  readonly #workspace: Workspace;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopper: AbortController | undefined;

  constructor(workspace: Workspace, changed: () => void) {
    this.#workspace = workspace;
    this.#changed = changed;
  }

  get isEmpty(): boolean {
    return this.inputs.every((input) => input.text.trim() === '');
  }

  type(written: string): void {
    this.#put(this.inputs.map((input, i) => (i === this.chosen ? { ...input, text: written } : input)));
  }

  choose(index: number): void {
    this.chosen = index;
    this.#changed();
  }

  /** Reads files in, and says which could not be. */
  async add(files: readonly File[]): Promise<void> {
    const refused: string[] = [];
    const added: Pasted[] = [];
    for (const file of files) {
      const read = await textOf(file);
      if (read === null) refused.push(file.name);
      else added.push({ name: file.name, text: read });
    }
    if (added.length > 0) this.chosen = this.inputs.length;
    this.#put([...this.inputs, ...added]);
    if (refused.length > 0) this.#fail(text().element.importing.refused(refused.join(', ')));
  }

  /** Takes the chosen file away; it can be put back. */
  remove(): void {
    this.removed = this.inputs[this.chosen] ?? null;
    const rest = this.inputs.filter((_, i) => i !== this.chosen);
    this.chosen = Math.min(this.chosen, rest.length - 1);
    this.#put(rest);
  }

  putBack(): void {
    if (!this.removed) return;
    this.chosen = this.inputs.length;
    this.#put([...this.inputs, this.removed]);
    this.removed = null;
    this.#changed();
  }

  /** Ends a reading; what was pasted stays. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#stopper?.abort();
    this.#fail(text().element.importing.stopped);
  }

  async read(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stopper?.abort();
    this.failure = '';
    if (this.isEmpty) {
      this.reading = this.capture = null;
      return this.#changed();
    }
    const stopper = (this.#stopper = new AbortController());
    this.reading = { done: 0, total: 0 };
    this.#changed();
    try {
      const Inputs = this.inputs.map(({ name, text }) => ({ Name: name, Text: text }));
      const { Capture } = await this.#workspace.apart({ Type: 'Capture', Inputs }, stopper.signal, (done, total) => {
        if (!stopper.signal.aborted) this.reading = { done, total };
        this.#changed();
      });
      if (stopper.signal.aborted) return;
      this.capture = Capture ?? null;
      this.reading = null;
      this.#changed();
    } catch (cause) {
      if (!stopper.signal.aborted) this.#fail(cause instanceof Error ? cause.message : String(cause));
    }
  }

  /** Opens the scenario, with the decision of the request that was asked about; false when it could not be opened. */
  async build(): Promise<boolean> {
    const { capture } = this;
    if (!capture?.Document) return false;
    if (!(await this.#workspace.openText(capture.Document))) {
      this.failure = this.#workspace.state.notice?.text ?? '';
      this.#changed();
      return false;
    }
    const last = this.#workspace.state.session?.Requests.at(-1);
    if (capture.Sends && last) await this.#workspace.show(last.Index);
    return true;
  }

  // What was read of other texts says nothing about these.
  #put(inputs: readonly Pasted[]): void {
    this.inputs = inputs;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.read(), readAfter);
    this.#changed();
  }

  #fail(why: string): void {
    this.reading = this.capture = null;
    this.failure = why;
    this.#changed();
  }
}

/** The text of a file, unpacked if it is gzipped, as CloudTrail's are; null when it is none. */
async function textOf(file: File): Promise<string | null> {
  if (file.size > longestFile) return null;
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer().catch(() => new ArrayBuffer(0)));
  const unpacked = first === 0x1f && second === 0x8b ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  // PowerShell writes UTF-16 into files.
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const read = new TextDecoder(encoding, { fatal: true }).decode(await new Response(unpacked).arrayBuffer());
    return read.length > longestFile || read.includes('\0') ? null : read;
  } catch {
    return null;
  }
}

/** Where a line and column of a text are, both from 1, in UTF-16 units; columns count characters. */
export function offsetOf(written: string, line: number, column: number): number {
  const lines = written.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
  return before + [...(lines[line - 1] ?? '')].slice(0, column - 1).join('').length;
}
