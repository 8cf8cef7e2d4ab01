// `.sse` files whose response is known from how they were made, not from how they are read.
import { pick } from './random';

/** A refusal that the top of a file says. */
export interface RandomRefusal {
  status: number;
  body: string | undefined;
}

export interface RandomFile {
  text: string;
  method: 'GET' | 'POST';
  /** Whether a GET with an id resumes a POST. */
  isResumedByGet: boolean;
  /** Path that it names; undefined if it is on that of its name. */
  path: string | undefined;
  headers: [name: string, value: string][];
  /** Refusals of its first requests. */
  refusals: RandomRefusal[];
  /** Bytes that are sent until its first fault, or its end. */
  sent: string;
  /** How its response ends. */
  ending: 'open' | 'end' | 'drop' | 'reset' | 'stall' | 'loop';
  unknownId: string | undefined;
  /** Value that its conditions and places ask for: of the query’s `want`, the header `X-Want`, and `/want` in the body. */
  want: string;
  /** Whether a value of the body is filled in: a GET that resumes has none. */
  asksBody: boolean;
  /** Ids with the bytes behind their events; only of a file without faults and later refusals. */
  resumed: [id: string, sent: string][];
}

const LINE_ENDS = ['\n', '\n', '\n', '\r\n', '\r'];
const SENT = [
  ...['data: a', 'data', 'data:{"x":"é数😀"}', 'event: x', 'retry: 100', ': comment', ':', 'x: y', ' data: a', 'Data'],
  ...['data: {{n}} {{', 'data:   :@ drop', 'data: "\0"', ':@', 'event', `data: ${'long '.repeat(400)}`],
].filter((line) => line !== ':@');
/** Lines that stand for others: no directives. */
const QUOTED = [':@@ drop', ':@@', ':@@@ end', ':@@wait 1s'];
const PATHS = ['/a', '/a/b', '/v1/chat/completions', '/mcp', '/~x/%41;y=1', '/event', '/a.json'];
const HEADERS: [string, string][] = [
  ['X-A', '1'],
  ['x-a', '2, 3'],
  ['Content-Type', 'text/plain'],
  ['Mcp-Session-Id', 'abc'],
  ['Cache-Control', 'no-store'],
  ['X-Empty', ''],
];
const WAITS = ['wait 1ms', 'wait 0ms', 'wait 0.5ms..2ms', 'wait 0s..0.001s', 'wait 1ms..1ms'];
const BODIES = ['{"error": "busy"}', 'busy', '[1', '"é"'];

const FILLED = ['data: {{n}}', 'data: {"want": "{{query want}}"}', 'data: {{body /want}}', ': {{query want}} {{{{n}}'];
const PLACES = /\{\{\{\{|\{\{(n|query want|body \/want)\}\}/g;

/** Returns a file without errors. Its ids, and what it wants, are its own. */
export function randomFile(random: () => number): RandomFile {
  return new FileWriter(random).write();
}

class FileWriter {
  readonly #random: () => number;
  readonly #file: RandomFile;
  #ids = 0;
  #events = 0;
  #hasData = false;
  #isFilled = false;
  #isNumbered = false;
  #openId: string | undefined;
  #hasLaterStatus = false;
  /** Ids with the sizes of what is sent up to the ends of their events. */
  readonly #ends: [id: string, size: number][] = [];

  constructor(random: () => number) {
    this.#random = random;
    this.#file = {
      text: '',
      method: 'GET',
      isResumedByGet: false,
      path: undefined,
      headers: [],
      refusals: [],
      sent: '',
      ending: 'open',
      unknownId: undefined,
      want: `w${Math.floor(random() * 1e9)}`,
      asksBody: false,
      resumed: [],
    };
  }

  write(): RandomFile {
    const file = this.#file;
    this.#writeTop();
    for (let left = Math.floor(this.#random() * 25); left > 0; left -= 1) this.#writePiece();
    if (this.#random() < 0.7) this.#writeFault();
    const isWhole = file.ending === 'open' || file.ending === 'end';
    if (isWhole && !this.#hasLaterStatus)
      file.resumed = this.#ends.map(([id, size]) => [id, file.sent.slice(size)] as [string, string]);
    return file;
  }

  #is(chance: number): boolean {
    return this.#random() < chance;
  }

  #pick<T>(all: readonly T[]): T {
    return pick(all, this.#random);
  }

  #writeTop(): void {
    const file = this.#file;
    const tops: (() => void)[] = [
      () => {
        file.path = this.#pick(PATHS);
        this.#direct(`path ${file.path}`);
      },
      () => {
        [file.method, file.isResumedByGet] = this.#pick<['GET' | 'POST', boolean]>([
          ['GET', false],
          ['POST', false],
          ['POST', true],
        ]);
        this.#direct(`method ${file.isResumedByGet ? 'POST, GET' : file.method}`);
      },
      () => {
        const header = this.#pick(HEADERS);
        file.headers.push(header);
        this.#direct(`header ${header.join(': ')}`);
      },
      () => this.#direct(`head ${this.#pick(['0ms', '1ms', '0.002s'])}`),
      () => {
        file.unknownId = this.#pick(['204', '409', 'resync']);
        this.#direct(`unknown-id ${file.unknownId}`);
      },
      () => file.refusals.push(this.#writeStatus()),
      () => this.#direct(this.#pick(WAITS)),
      () => {
        this.#isFilled = true;
        this.#direct('fill');
      },
    ];
    for (let left = Math.floor(this.#random() * 6); left > 0; left -= 1) this.#pick(tops)();
    if (this.#is(0.4)) this.#writeCondition();
  }

  #writeCondition(): void {
    const { want, method } = this.#file;
    const ways = [`query want = ${want}`, `header x-want = ${want}`, `body /want = ${want}`];
    this.#direct(`when ${this.#pick(method === 'POST' ? ways : ways.slice(0, 2))}`);
  }

  #writePiece(): void {
    const kind = this.#random();
    if (kind < 0.1) this.#direct(this.#pick(WAITS));
    else if (kind < 0.15 && /(?:^|[\r\n])data/.test(this.#file.sent)) this.#writeLaterStatus();
    else if (kind < 0.2) this.#writeCut();
    else if (kind < 0.25) this.#quote();
    else if (kind < 0.45) this.#writeEvent();
    else if (kind < 0.6) this.#send('');
    else this.#send(this.#pick(this.#isFilled && this.#is(0.5) ? FILLED : SENT));
  }

  #writeEvent(): void {
    this.#ids += 1;
    this.#openId = `${this.#file.want}-${this.#ids}`;
    this.#send(`id: ${this.#openId}`);
    this.#send('data: with an id');
    if (this.#is(0.3)) this.#direct(this.#pick(WAITS));
    this.#send('');
  }

  #writeCut(): void {
    this.#direct(`cut ${1 + Math.floor(this.#random() * 10)} ${this.#pick(['0ms', '1ms'])}`);
    this.#send('data: 数é😀 divided');
  }

  #writeStatus(): RandomRefusal {
    const status = this.#pick([204, 400, 429, 503, 599]);
    this.#direct(`status ${status}${this.#is(0.3) ? ' retry-after 0' : ''}`);
    const body = status !== 204 && this.#is(0.5) ? this.#pick(BODIES) : undefined;
    if (body !== undefined) this.#direct(`body ${body}`);
    return { status, body };
  }

  #writeLaterStatus(): void {
    this.#hasLaterStatus = true;
    this.#writeStatus();
  }

  /** Writes a fault, and behind it lines that are never sent. */
  #writeFault(): void {
    const file = this.#file;
    const ending = this.#pick(['end', 'end', 'drop', 'reset', 'stall', 'loop'] as const);
    // Numbers go on over the rounds of a loop.
    file.ending = ending === 'loop' && this.#isNumbered ? 'end' : ending;
    if (file.ending === 'loop') this.#direct('wait 1ms');
    this.#direct(file.ending);
    const { sent } = file;
    if (file.ending !== 'loop' && file.ending !== 'end' && this.#is(0.5)) this.#writeEvent();
    file.sent = sent;
  }

  #quote(): void {
    const line = this.#pick(QUOTED);
    this.#add(line, line.replace(':@@', ':@'));
  }

  #direct(text: string): void {
    this.#add(`:@${this.#pick([' ', ' ', '', '\t'])}${text}`, undefined);
  }

  #send(line: string): void {
    this.#add(line, this.#isFilled ? this.#filled(line) : line);
    if (line !== '') this.#hasData ||= /^data(?::|$)/.test(line);
    else {
      this.#events += this.#hasData ? 1 : 0;
      this.#hasData = false;
    }
    if (line !== '' || this.#openId === undefined) return;
    this.#ends.push([this.#openId, this.#file.sent.length]);
    this.#openId = undefined;
  }

  #filled(line: string): string {
    return line.replace(PLACES, (text, place: string | undefined) => {
      if (place === 'n') this.#isNumbered = true;
      if (place?.startsWith('body')) this.#file.asksBody = true;
      if (place === undefined) return text.slice(2);
      const { method, want } = this.#file;
      if (place === 'n') return String(this.#events + 1);
      // A GET has no body.
      return place.startsWith('body') && method === 'GET' ? '' : want;
    });
  }

  #add(line: string, sent: string | undefined): void {
    // A CR and the LF of a blank line would be a single line end; also where a directive stands between them.
    const isAfterCR = [this.#file.text, this.#file.sent].some((text) => text.endsWith('\r'));
    const ends = isAfterCR && line === '' ? ['\r'] : LINE_ENDS;
    const end = this.#pick(ends);
    this.#file.text += line + end;
    if (sent !== undefined) this.#file.sent += sent + end;
  }
}
