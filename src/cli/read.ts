import type { StreamEnd } from '../api/reading/streamEvent';
import { type ReaderHandlers, StreamReader } from '../api/reading/streamReader';
import { Rate } from '../client/history/rate';
import type { Command, Surroundings } from './command';
import { eventLine, eventRow, jsonLine, reconnectRow } from './lines/eventLines';
import { counted, reconnectLine } from './lines/logLines';
import { StreamResults } from './lines/streamResults';
import { apiFailure } from './process/apiFailure';
import type { Arguments } from './process/arguments';
import { EXIT, type ExitCode } from './process/exitCode';
import type { Output } from './process/output';
import { Progress } from './process/progress';
import { milliseconds, READING_OPTIONS, readingOptions } from './readingOptions';
import { REQUEST_HELP, REQUEST_OPTIONS, requestFrom } from './requestOptions';

const HELP = `Usage: sse-counter read URL [options]
       sse-counter read "curl …" [options]

Reads an event stream, or JSON lines. Each event is a line: time, type, id and data, with tabs between them, and ␊ for line ends
in the data.

${REQUEST_HELP}
      --last-event-id ID  resumes behind that event
      --as FORMAT         reads any response as that, events or lines. Default: by its media type
      --event TYPE        reads events of that type only
      --count N           ends after N events; fewer are a failure
      --timeout S         fails after S seconds, with exit code 124
      --reconnect         reconnects after a cut or an end, as an EventSource does, until 204
      --json              each event as a JSON object on a line; the last line says how it ended
      --raw               the bytes of the stream
      --result            at the end, what the events say together: text, tool calls and errors of LLMs and agents, as a JSON
                          object on a line; nothing else, unless with --json the events before it
`;

export const read: Command = {
  help: HELP,
  options: {
    ...REQUEST_OPTIONS,
    ...READING_OPTIONS,
    event: { type: 'string' },
    timeout: { type: 'string' },
    json: { type: 'boolean' },
    raw: { type: 'boolean' },
    result: { type: 'boolean' },
  },
  async run(given, around) {
    given.atMostOne('json', 'raw');
    given.atMostOne('result', 'raw');
    const options = { ...readingOptions(given), event: given.text('event'), timeout: milliseconds(given, 'timeout') };
    const request = await requestFrom(given, around.interrupted);
    const printer = new Printer(modeOf(given), around, given.has('result') ? new StreamResults() : undefined);
    const reader = new StreamReader(
      request,
      options,
      printer.handlersFor(() => reader),
    );
    const stop = () => reader.stop();
    for (const signal of [around.interrupted, around.stdout.gone]) {
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    }
    const { end, error } = await reader.done;
    printer.close(end);
    return outcome(around.stdout, error);
  },
};

function outcome({ gone }: Output, error: Error | undefined): ExitCode {
  // Its reader has all that it wanted; any other reason is a failure, of every command.
  if (gone.aborted) return EXIT.done;
  if (error) throw apiFailure(error);
  return EXIT.done;
}

/** Form in which events are printed; with `none` they aren't. */
type Mode = 'json' | 'raw' | 'text' | 'none';

function modeOf(given: Arguments): Mode {
  if (given.has('json')) return 'json';
  if (given.has('raw')) return 'raw';
  return given.has('result') ? 'none' : 'text';
}

/** Prints a stream while it is read. */
class Printer {
  readonly #mode: Mode;
  readonly #stdout: Output;
  readonly #stderr: Output;
  readonly #rate = new Rate();
  readonly #progress: Progress;
  readonly #results: StreamResults | undefined;
  #count = 0;
  /** Whether the stream is held back, as standard output is full. */
  #isHeld = false;

  constructor(mode: Mode, { stdout, stderr }: Surroundings, results: StreamResults | undefined) {
    [this.#mode, this.#stdout, this.#stderr, this.#results] = [mode, stdout, stderr, results];
    // Bytes may stop within a line, which the progress would overwrite.
    const isApart = mode !== 'raw' || !stdout.isTerminal;
    this.#progress = new Progress(stderr, () => `${counted(this.#count, 'event')}, ${this.#rate.value}/s`, isApart);
  }

  /** @param reader called when standard output is full */
  handlersFor(reader: () => StreamReader): ReaderHandlers {
    const write = (chunk: string | Uint8Array) => this.#write(chunk, reader);
    return {
      onBytes: this.#mode === 'raw' ? write : undefined,
      onHead: (head) => this.#results?.begin(head),
      onEvent: (event) => {
        this.#results?.add(event);
        this.#count += 1;
        this.#rate.count();
        const { isTerminal } = this.#stdout;
        if (this.#mode === 'json') write(`${jsonLine(eventRow(event), isTerminal)}\n`);
        if (this.#mode === 'text') write(`${eventLine(event, isTerminal)}\n`);
      },
      onOpenEvent: (event) => this.#results?.addOpen(event),
      onReconnect: (reconnect) => {
        if (this.#mode === 'json') return write(`${jsonLine(reconnectRow(reconnect), this.#stdout.isTerminal)}\n`);
        this.#progress.clear();
        this.#stderr.line(reconnectLine(reconnect));
      },
    };
  }

  close(end: StreamEnd): void {
    this.#progress.close();
    this.#results?.print(this.#stdout, this.#stderr);
    if (this.#mode === 'json') this.#stdout.line(JSON.stringify({ end: rounded(end) }));
  }

  #write(chunk: string | Uint8Array, reader: () => StreamReader): void {
    if (this.#stdout.isTerminal) this.#progress.clear();
    if (this.#stdout.write(chunk) || this.#isHeld) return;
    this.#isHeld = true;
    reader().pause();
    void this.#stdout.drained().then(() => {
      this.#isHeld = false;
      reader().resume();
    });
  }
}

/** Returns the end with its times in tenths of milliseconds: the clock shows no more. */
function rounded(end: StreamEnd): object {
  const tenths = (time: number | null) => (time === null ? null : Math.round(time * 10) / 10);
  const { headersAfter, firstEventAfter, duration } = end;
  return {
    ...end,
    headersAfter: tenths(headersAfter),
    firstEventAfter: tenths(firstEventAfter),
    duration: tenths(duration),
  };
}
