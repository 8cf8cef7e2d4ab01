import { fitsAll } from '../../script/condition';
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
    const [first, ...others] = this.#streams.map(({ script }) => script.eventTypes);
    // The same object for the same types: the page on `/` is made anew for another.
    return others.length === 0 ? (first ?? []) : new Set([first ?? [], ...others].flatMap((types) => [...types]));
  }

  get readsBody(): boolean {
    return this.#streams.some(({ json, script }) => json !== undefined || script.readsBody);
  }

  readonly openStream = (request: StreamRequest): StreamAnswer => {
    const isHead = request.method === 'HEAD';
    // A HEAD request is answered as the next one would be, and doesn't count.
    const number = this.#asked + 1;
    if (!isHead) this.#asked = number;
    const { query, headers, body } = request;
    const method = isHead ? 'GET' : request.method;
    const stream = this.#streams.find(
      ({ methods, script }) =>
        methods.some((one) => one === method) && fitsAll(script.reply.when, { number, query, headers, body }),
    );
    return (
      stream?.open(request) ?? {
        status: 404,
        reason: 'No file on this path fits this request: each has a condition (:@ when).',
      }
    );
  };

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
