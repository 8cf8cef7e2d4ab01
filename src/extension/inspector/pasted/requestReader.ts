import { Worker } from 'node:worker_threads';
import type { Given } from '../../../client/request/curl';
import type { PastedText, RequestRead } from '../../../client/request/readRequest';
import { MAX_TEXT } from '../../../client/request/requestLimits';
import type { Log } from '../../shared/output/log';
import { type PastedRead, pastedOf } from './pastedRequest';

/** Maximum length of what is read in the thread of all extensions, in UTF-16 code units: it takes milliseconds, whatever it is. */
export const MAX_AT_ONCE = 4000;
/** Time for a longer text, in milliseconds. A megabyte takes a third of a second; a machine may be busy. */
const PATIENCE = 5000;
/** Bounds of the thread's memory, in megabytes. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** The end of a reading that took too long. */
const TOO_COMPLEX: RequestRead = { code: 'tooComplex', subject: undefined };

export interface RequestReaderOptions {
  /** Path of the thread's script. */
  file: string;
  log: Log;
  /** Default: 5,000 ms. */
  patience?: number;
}

/**
 * Reads pasted texts. A long one is read in a thread of its own, with bounds of time and memory: a page may put on the
 * clipboard what takes a reader of shells and scripts minutes, and all extensions would wait.
 */
export class RequestReader {
  readonly #options: RequestReaderOptions;
  /** The reading before: there is one thread at a time. */
  #last: Promise<unknown> = Promise.resolve();
  #thread: Worker | undefined;
  #latest: AbortController | undefined;
  #isDisposed = false;

  constructor(options: RequestReaderOptions) {
    this.#options = options;
  }

  /**
   * Resolves with the request that the text asks for, or with why there is none, in the user's language.
   * @param given as of `parseRequest` @param signal ends it, where its result isn't wanted any more
   */
  async read(text: string, given?: Given, signal?: AbortSignal): Promise<PastedRead> {
    return (await this.#read({ text, given }, signal)) ?? pastedOf(text, TOO_COMPLEX);
  }

  /** Resolves with what is wrong with a text that is being edited; undefined: nothing is, or it was edited since. */
  async problemOf(text: string): Promise<string | undefined> {
    this.#latest?.abort();
    const edit = new AbortController();
    this.#latest = edit;
    const read = await this.#read({ text, given: undefined }, edit.signal);
    if (edit.signal.aborted) return undefined;
    return (read ?? pastedOf(text, TOO_COMPLEX)).problem;
  }

  /** Ends what is being read, and reads nothing long any more. */
  dispose(): void {
    this.#isDisposed = true;
    void this.#thread?.terminate();
  }

  async #read(task: PastedText, signal?: AbortSignal): Promise<PastedRead | undefined> {
    // That a text is too long is known at once.
    const isShort = sizeOf(task) <= MAX_AT_ONCE || task.text.length > MAX_TEXT;
    const read = isShort ? await readAtOnce(task) : await this.#inThread(task, signal);
    return read && pastedOf(task.text, read);
  }

  /** Resolves with undefined where it takes too long, or too much memory, or isn't wanted any more. */
  #inThread(task: PastedText, signal?: AbortSignal): Promise<RequestRead | undefined> {
    const isWanted = () => !this.#isDisposed && !signal?.aborted;
    const read = this.#last.then(() => (isWanted() ? this.#start(task, signal) : undefined));
    // A thread that can't be started keeps no later text from being read.
    this.#last = read.then(
      () => undefined,
      () => undefined,
    );
    return read;
  }

  #start(task: PastedText, signal?: AbortSignal): Promise<RequestRead | undefined> {
    const { file, log, patience = PATIENCE } = this.#options;
    // Nothing of the environment is its business.
    const thread = new Worker(file, { workerData: task, resourceLimits: MEMORY, env: {}, execArgv: [] });
    const end = () => void thread.terminate();
    const timer = setTimeout(end, patience);
    this.#thread = thread;
    signal?.addEventListener('abort', end);
    return new Promise((resolve) => {
      let read: RequestRead | undefined;
      thread.once('message', (message: RequestRead) => {
        read = message;
      });
      thread.once('error', (error) => log.error(error));
      // Behind its message and its error, and where it is ended.
      thread.once('exit', () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        this.#thread = undefined;
        resolve(read);
      });
    });
  }
}

/** Reads it in this thread, by the same bundle that the other one loads. */
async function readAtOnce(task: PastedText): Promise<RequestRead> {
  const { readRequest } = await import('../../../client/request/readRequest');
  return readRequest(task);
}

function sizeOf({ text, given }: PastedText): number {
  const values = [...(given?.values?.values() ?? []), ...(given?.files?.values() ?? [])];
  return values.reduce((size, value) => size + value.length, text.length);
}
