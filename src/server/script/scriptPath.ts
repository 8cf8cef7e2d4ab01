import { type AskedRequest, fitsAll } from '../../script/condition';
import type { Script } from '../../script/script';
import type { PathStream, StreamAnswer, StreamMethod, StreamRequest } from '../source';
import type { ScriptStream } from './scriptStream';

/** The scripts on a path of a server: the first that fits a request answers it. */
export class ScriptPath implements PathStream {
  readonly path: string;
  alias: string | undefined;
  #streams: readonly ScriptStream[] = [];
  #scripts: readonly Script[] = [];
  /** Number of requests since the scripts were loaded, or restarted. */
  #asked = 0;

  /** @param path by which it is made known */
  constructor(path: string) {
    this.path = path;
  }

  /** The streams of its scripts, in the order in which they are tried. */
  get streams(): readonly ScriptStream[] {
    return this.#streams;
  }

  get methods(): readonly StreamMethod[] {
    const methods = this.#streams.flatMap((stream) => stream.methods);
    return (['POST', 'GET'] as const).filter((method) => methods.includes(method));
  }

  get eventTypes(): Iterable<string> {
    // Only the page of a single script needs them.
    return this.#streams[0]?.script.eventTypes ?? [];
  }

  get readsBody(): boolean {
    return this.#streams.some(({ json, script }) => json !== undefined || script.readsBody);
  }

  readonly openStream = (request: StreamRequest): StreamAnswer => {
    const isHead = request.method === 'HEAD';
    // A HEAD request is answered as the next one would be, and doesn't count.
    const number = this.#asked + 1;
    if (!isHead) this.#asked = number;
    const stream = this.#streamFor(request, number);
    return (
      stream?.open(request) ?? {
        status: 404,
        reason: 'No file on this path fits this request: each has a condition (:@ when).',
      }
    );
  };

  #streamFor(request: StreamRequest, number: number): ScriptStream | undefined {
    const { query, headers, body, lastEventId } = request;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const asked = { number, query, headers, body };
    const streams = this.#streams.filter(({ methods }) => methods.some((one) => one === method));
    return (
      streams.find((stream) =>
        method === 'GET' && stream.script.reply.resumesByGet
          ? fitsResumed(stream, asked, lastEventId ?? '')
          : fitsAll(stream.script.reply.when, asked),
      ) ??
      // It says that a GET has to have an id, or what an unknown one gets.
      (method === 'GET' ? streams.find(({ script }) => saysWithout(script, lastEventId ?? '')) : undefined)
    );
  }

  /** Serves scripts in place of those before; counts requests anew, if they are others. @param files in the order of their names */
  serve(files: readonly ScriptStream[]): void {
    const isLast = ({ script }: ScriptStream) => script.reply.when.length === 0;
    const streams = [...files.filter((file) => !isLast(file)), ...files.filter(isLast)];
    const scripts = streams.map(({ script }) => script);
    if (scripts.length !== this.#scripts.length || scripts.some((one, at) => one !== this.#scripts[at]))
      this.countAnew();
    [this.#streams, this.#scripts] = [streams, scripts];
  }

  /** Counts requests from 1 again. */
  countAnew(): void {
    this.#asked = 0;
  }
}

/** Whether a script says what a GET without an id gets, or with one that no script has. */
function saysWithout({ reply }: Script, lastEventId: string): boolean {
  return reply.resumesByGet && (lastEventId === '' || reply.unknownId !== 'beginning');
}

/**
 * Whether a GET that resumes is for the script: it has neither the body of the POST that began the stream, nor its number.
 * In place of conditions on them, the script has to have the id.
 */
function fitsResumed(stream: ScriptStream, asked: AskedRequest, lastEventId: string): boolean {
  const { when } = stream.script.reply;
  const left = when.filter(({ by }) => by !== 'body' && by !== 'request');
  return fitsAll(left, asked) && (left.length === when.length || stream.knows(lastEventId.trim()));
}
