import { History } from '../../client/history/history';
import { Inspection } from '../../client/inspection';
import type { RecordingFiles } from '../../client/recordingFiles';
import { recordingProblem } from '../../client/recordingProblem';
import { isolated, withCodes } from '../../text/foreignText';
import { inEnglish } from '../../text/translate';
import type { OpenRequest } from '../reading/openSubscription';
import type { ReadyRequest } from '../reading/readyRequest';
import type { Recording, RecordOptions } from '../reading/streamEvent';
import { type ReadingOutcome, StreamReader } from '../reading/streamReader';
import { newRecording, removeEmpty } from './newRecording';
import { RecordingFileError } from './recordingFileError';

/** A stream that is recorded to a file, until it has what is wanted. */
export class StreamRecording {
  readonly #options: RecordOptions;
  readonly #inspection: Inspection;
  #reader: StreamReader | undefined;
  /** Error of the file, or of a handler of the caller's, which ended the recording; undefined for none. */
  #failure: { error: unknown } | undefined;
  #kept: string | undefined;
  /** Number of the first event in the file, if another program made it move to that. */
  #firstEvent: number | undefined;

  constructor(options: RecordOptions) {
    this.#options = options;
    this.#inspection = new Inspection(() => this.#tellProgress(), new History());
  }

  /** Path of the file that has what came, once the recording has ended; undefined if nothing came. */
  get kept(): string | undefined {
    return this.#kept;
  }

  /**
   * Records the stream. To be called once.
   * @param path absolute
   * @throws {StreamError} or {RecordingFileError}; what came before is in the file
   */
  async run(request: ReadyRequest, path: string): Promise<Recording> {
    const { files, isNew } = await newRecording(this.#inspection, path, this.#options.force === true, {
      onMove: ({ firstEvent }) => {
        this.#firstEvent = firstEvent;
      },
      // It begins before the stream does.
      onOmitted: () => undefined,
      onEnd: (file, error) => this.#fail(file, error),
    });
    try {
      files.begin();
      const outcome = await this.#read(request);
      await files.stop();
      const isRemoved = isNew && outcome.error !== undefined && (await removeEmpty(files.path));
      if (!isRemoved) this.#kept = files.path;
      this.#tellProgress();
      return this.#result(files, outcome);
    } finally {
      files.close();
      this.#inspection.close();
    }
  }

  async #read(request: ReadyRequest): Promise<ReadingOutcome> {
    const { signal, duration, onReconnect } = this.#options;
    const reader = new StreamReader(request, this.#options, { onReconnect }, this.#open);
    this.#reader = reader;
    const onAbort = () => reader.stop();
    const timer = duration === undefined ? undefined : setTimeout(() => reader.stop('duration'), duration);
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted || this.#failure) reader.stop();
    const outcome = await reader.done;
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    return outcome;
  }

  /** Opens the stream as an inspection, which has its recorder and its backpressure. */
  readonly #open: OpenRequest = (request, options, told) => {
    const inspection = this.#inspection;
    inspection.connect(request, options, told);
    return {
      get unfinished(): boolean {
        return inspection.status.unfinished === true;
      },
      close: () => inspection.disconnect(),
    };
  };

  #fail(path: string, error: Error): void {
    const reason = recordingProblem(inEnglish, error);
    const text = `The recording to ${isolated(path)} has stopped: ${withCodes(reason)}`;
    this.#failure ??= { error: new RecordingFileError(text) };
    this.#reader?.stop();
  }

  #tellProgress(): void {
    if (!this.#reader || this.#failure) return;
    try {
      this.#options.onProgress?.(this.#reader.progress);
    } catch (error) {
      this.#failure = { error };
      this.#reader.stop();
    }
  }

  #result({ path }: RecordingFiles, { end, error }: ReadingOutcome): Recording {
    const failure = this.#failure ?? (error && { error });
    if (failure) throw failure.error;
    return { ...end, file: path, ...(this.#firstEvent !== undefined && { firstEvent: this.#firstEvent }) };
  }
}
