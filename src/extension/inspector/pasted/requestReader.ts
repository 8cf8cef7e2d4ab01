import { Worker } from 'node:worker_threads';
import type { Given } from '../../../client/request/curl';
import type { PastedText, RequestRead } from '../../../client/request/readRequest';
import { MAX_TEXT } from '../../../client/request/requestLimits';
import type { Log } from '../../shared/output/log';
import { type PastedRead, pastedOf } from './pastedRequest';

/**
 * Maximum length of a text that is read in the extension host's thread, in UTF-16 code units: it takes only milliseconds.
 */
export const MAX_AT_ONCE = 4000;
/** Timeout for a longer text, in milliseconds. A megabyte takes a third of a second, but the machine may be busy. */
const TIMEOUT = 5000;
/** Memory limits of the thread, in megabytes. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** Result of a reading that took too long. */
const TOO_COMPLEX: RequestRead = { code: 'tooComplex', subject: undefined };

export interface RequestReaderOptions {
  /** Path of the thread's script. */
  file: string;
  log: Log;
  /** Timeout for a long text, in milliseconds. Default: 5,000. */
  timeout?: number;
}

/**
 * Reads pasted texts. Long ones are read in a worker thread with limits of time and memory: a web page may put text on the
 * clipboard that takes a parser of shells and scripts minutes, for which all extensions would have to wait.
 */
export class RequestReader {
  readonly #options: RequestReaderOptions;
  /** Previous reading: only one thread runs at a time. */
  #last: Promise<unknown> = Promise.resolve();
  #thread: Worker | undefined;
  #latest: AbortController | undefined;
  #isDisposed = false;

  constructor(options: RequestReaderOptions) {
    this.#options = options;
  }

  /**
   * Resolves with the request in the text, or with a problem in the user's language.
   * @param given see `parseRequest` @param signal aborts the reading
   */
  async read(text: string, given?: Given, signal?: AbortSignal): Promise<PastedRead> {
    return (await this.#read({ text, given }, signal)) ?? pastedOf(text, TOO_COMPLEX);
  }

  /** Resolves with the problem of a text that is being edited; undefined if there is none, or it was edited since. */
  async problemOf(text: string): Promise<string | undefined> {
    this.#latest?.abort();
    const edit = new AbortController();
    this.#latest = edit;
    const read = await this.#read({ text, given: undefined }, edit.signal);
    if (edit.signal.aborted) return undefined;
    return (read ?? pastedOf(text, TOO_COMPLEX)).problem;
  }

  /** Stops reading; long texts are no longer read after this. */
  dispose(): void {
    this.#isDisposed = true;
    void this.#thread?.terminate();
  }

  async #read(task: PastedText, signal?: AbortSignal): Promise<PastedRead | undefined> {
    // A text above the limit needs no reading.
    const isShort = sizeOf(task) <= MAX_AT_ONCE || task.text.length > MAX_TEXT;
    const read = isShort ? await readAtOnce(task) : await this.#inThread(task, signal);
    return read && pastedOf(task.text, read);
  }

  /** Resolves with undefined if it takes too long or too much memory, or is aborted. */
  #inThread(task: PastedText, signal?: AbortSignal): Promise<RequestRead | undefined> {
    const isWanted = () => !this.#isDisposed && !signal?.aborted;
    const read = this.#last.then(() => (isWanted() ? this.#start(task, signal) : undefined));
    // If a thread can't be started, later texts are still read.
    this.#last = read.then(
      () => undefined,
      () => undefined,
    );
    return read;
  }

  #start(task: PastedText, signal?: AbortSignal): Promise<RequestRead | undefined> {
    const { file, log, timeout = TIMEOUT } = this.#options;
    // The thread must not see environment variables.
    const thread = new Worker(file, { workerData: task, resourceLimits: MEMORY, env: {}, execArgv: [] });
    const end = () => void thread.terminate();
    const timer = setTimeout(end, timeout);
    this.#thread = thread;
    signal?.addEventListener('abort', end);
    return new Promise((resolve) => {
      let read: RequestRead | undefined;
      thread.once('message', (message: RequestRead) => {
        read = message;
      });
      thread.once('error', (error) => log.error(error));
      // Comes after its message or error, and also if it is terminated.
      thread.once('exit', () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        this.#thread = undefined;
        resolve(read);
      });
    });
  }
}

/** Reads the text in this thread, with the same bundle that the worker loads. */
async function readAtOnce(task: PastedText): Promise<RequestRead> {
  const { readRequest } = await import('../../../client/request/readRequest');
  return readRequest(task);
}

function sizeOf({ text, given }: PastedText): number {
  const values = [...(given?.values?.values() ?? []), ...(given?.files?.values() ?? [])];
  return values.reduce((size, value) => size + value.length, text.length);
}
