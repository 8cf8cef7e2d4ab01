// In plain JavaScript anything may be given as an option: it is refused in words, at once, and nothing stays open.
import { expect, test } from 'vitest';
import {
  assemble,
  checkEventStream,
  diagnoseEventStream,
  readEventStream,
  recordEventStream,
  serveEventStream,
} from '../../src/api';

const URL_OF_NOBODY = 'http://127.0.0.1:1/';
/** Values that can't be made a text, or are no text. */
const WILD: [string, unknown][] = [
  ['a symbol', Symbol('x')],
  ['an object without a prototype', Object.create(null)],
  ['a BigInt', 10n],
  ['a number', 5],
  ['a promise', Promise.resolve()],
  ['a list', [1]],
];
/** Words of JavaScript's own, which say nothing to a caller. */
const FOREIGN = /Cannot|is not a function|not iterable|undefined|\[object/;

/** Calls a function. @returns its error, with its message */
async function refusalOf(call: () => unknown): Promise<Error> {
  try {
    await call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was refused.');
}

/** Begins to read. */
function reading(options: object, request: unknown = URL_OF_NOBODY): Promise<unknown> {
  const events = readEventStream(request as string, options);
  return events[Symbol.asyncIterator]().next();
}

const served = (options: object) => serveEventStream({ text: 'data: 1\n\n' }, options);
const recording = (options: object) => recordEventStream(URL_OF_NOBODY, '/nowhere/a.sse', options);
const diagnosing = (options: object) => diagnoseEventStream(URL_OF_NOBODY, options);

test.each(WILD)('%s is refused in words as an option of any function', async (_, value) => {
  const calls = [
    ...['count', 'timeout', 'lastEventId', 'readAs', 'event', 'signal', 'onReconnect'].map(
      (name) => () => reading({ [name]: name === 'count' || name === 'timeout' ? Object(value) : value }),
    ),
    ...['duration', 'signal', 'onProgress'].map((name) => () => recording({ [name]: Object(value) })),
    ...['origin', 'compare', 'signal', 'onProgress'].map((name) => () => diagnosing({ [name]: value })),
    ...['port', 'speed', 'seed', 'maxConnections', 'allowOrigins', 'onOpen', 'onClose'].map(
      (name) => () => served({ [name]: Object(value) }),
    ),
    ...['protocol', 'path', 'headers', 'requestedAt'].map(
      (name) => () => assemble([], { [name]: Object(value) } as object),
    ),
    ...['data', 'event', 'id'].map((name) => () => assemble([{ data: '', [name]: value } as never])),
    () => assemble([{ data: '', time: Object(value) } as never]),
  ];
  for (const call of calls) {
    const error = await refusalOf(call);
    expect(error).toSatisfy((error) => error instanceof TypeError || error instanceof RangeError);
    expect(error.message).not.toMatch(FOREIGN);
  }
});

test('anything but an object is refused as the options', async () => {
  for (const options of [null, 5, 'count=5', Symbol('x')] as never[])
    for (const call of [
      () => reading(options),
      () => recording(options),
      () => diagnosing(options),
      () => served(options),
      () => assemble([], options),
    ])
      expect((await refusalOf(call)).message).toMatch(/^The options are an object, not /);
});

test('anything but events in a list is refused, also a reading that isn’t collected yet', () => {
  for (const events of [undefined, null, 5, {}, readEventStream(URL_OF_NOBODY)] as never[])
    expect(() => assemble(events)).toThrow('The events are a list, such as an array.');
  for (const event of [null, undefined, 5, {}] as never[])
    expect(() => assemble([event])).toThrow('The data of event 1 is a string, not undefined.');
});

test.each<[string, unknown, string]>([
  ['no headers', { headers: null }, 'The headers are neither an object'],
  ['a text', { headers: 'a: b' }, 'The headers are neither an object'],
  ['a header that is no pair', { headers: [null] }, 'A header in a list is a pair: [name, value].'],
  ['a name that is no text', { headers: [[Symbol('a'), 'b']] }, 'A header has a name that is not a string.'],
  ['a URL that can’t be made a text', { url: Object.create(null) }, 'The URL is not a valid one'],
  [
    'headers without end',
    {
      headers: {
        *[Symbol.iterator]() {
          for (;;) yield ['a', 'b'];
        },
      },
    },
    'more than 500 headers',
  ],
])('a request with %s is refused in words', async (_, part, sentence) => {
  const error = await refusalOf(() => reading({}, { url: URL_OF_NOBODY, ...(part as object) }));
  expect(error).toMatchObject({ name: 'RequestError', message: expect.stringContaining(sentence) });
});

test('headers may also be those of fetch, or a map: none is lost', async () => {
  await using mock = await serveEventStream({ text: 'data: 1\n\n' });
  for (const headers of [new Headers({ 'x-a': '1' }), new Map([['x-a', '1']])]) {
    await readEventStream({ url: mock.url, headers }, { count: 1 })[Symbol.asyncIterator]().next();
    expect(mock.requests.at(-1)?.headers).toMatchObject({ 'x-a': '1' });
  }
});

test('options are read once: a getter can’t answer otherwise behind the check', async () => {
  let times = 0;
  const options = {
    get timeout() {
      times += 1;
      return times === 1 ? 50 : Number.NaN;
    },
  };
  await using mock = await serveEventStream({ text: ':@ wait 10s\ndata: 1\n\n' });
  const events = readEventStream(mock.url, options)[Symbol.asyncIterator]();
  await expect(events.next()).rejects.toMatchObject({ name: 'StreamTimeoutError' });
  expect(times).toBe(1);
});

test('a diagnosis whose signal is none leaves no timer behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  await refusalOf(() => diagnosing({ signal: {} }));
  expect(timers()).toBe(before);
});

test('a URL that is no file’s is refused as the place of a script', async () => {
  for (const url of ['file://machine/a.sse', new URL('http://a/b.sse')])
    expect((await refusalOf(() => checkEventStream(url))).message).toMatch(/^A script is given by its path/);
});

test('a mock refuses what isn’t of a kind, too', async () => {
  await using mock = await served({});
  await expect(mock.connection({ signal: {} as never })).rejects.toThrow('signal takes an AbortSignal');
  await expect(mock.idle(null as never)).rejects.toThrow('The options are an object, not null.');
  expect(() => mock.publish({ path: 10n as never })).toThrow('The path of an event is a string');
});

test('options that an object inherits are options, too, also getters and methods of a class', async () => {
  class Log {
    readonly #speed = 100;
    #opened = 0;
    get speed() {
      return this.#speed;
    }
    get opened() {
      return this.#opened;
    }
    onOpen() {
      this.#opened += 1;
    }
  }
  const log = new (class extends Log {})();
  await using mock = await served(log);
  await readEventStream(mock.url, Object.create({ count: 1 }))
    [Symbol.asyncIterator]()
    .next();
  expect(log.opened).toBe(1);
  await expect(mock.connection(Object.create({ timeout: -1 }))).rejects.toThrow('timeout takes a number');
  await expect(served(Object.create(Object.create(null, { port: { value: -1 } })))).rejects.toThrow('port takes');
});

test('options inherit from a hundred objects, and no more', async () => {
  const deep = (depth: number): object => (depth === 0 ? { port: 0 } : Object.create(deep(depth - 1)));
  await (await served(deep(100))).close();
  expect((await refusalOf(() => served(deep(101)))).message).toMatch(/too many objects/);
});

test('origins may be any list, of a thousand at most; a text alone is shown without its password', async () => {
  const list = (count: number) => new Set(Array.from({ length: count }, (_, index) => `https://a${index}.example`));
  await using mock = await served({ allowOrigins: list(1000).values() });
  expect((await fetch(mock.url, { headers: { origin: 'https://a999.example' } })).status).toBe(200);
  expect((await refusalOf(() => served({ allowOrigins: list(1001) }))).message).toMatch(/at most 1000 origins/);
  const { message } = await refusalOf(() => served({ allowOrigins: 'https://user:pass@host' }));
  expect(message).toBe('allowOrigins takes a list of origins, not "https://•••@host".');
});

test('a wrong text is shown between quotes, and a cut one has whole characters and dots', async () => {
  const shown = async (port: string) => (await refusalOf(() => served({ port }))).message.replace(/.*not /, '');
  expect([await shown('8080'), await shown('')]).toEqual(['“8080”.', '“”.']);
  expect(await shown(`${'x'.repeat(119)}😀`)).toBe(`“${'x'.repeat(119)}…”.`);
});

test('options of a refusal are refused in words', async () => {
  await using mock = await served({});
  expect(() => mock.refuseNext(503, null as never)).toThrow('The options are an object, not null.');
});

test('a wrong kind of what decides how events are assembled is refused', () => {
  for (const headers of [[[]], [['a']]] as never[]) expect(() => assemble([], { headers })).toThrow('a list of pairs');
  expect(() => assemble([], { append: 'false' as never })).toThrow('append takes true or false, not “false”.');
  expect(() => assemble([{ data: '', omitted: '0' as never }])).toThrow('omitted of event 1 is a number of bytes');
  expect(() => assemble([{ data: '', isOpen: 'false' as never }])).toThrow('isOpen of event 1 takes true or false');
});

test('an event is read once when it is assembled', () => {
  let times = 0;
  const event = {
    get data() {
      times += 1;
      return times === 1 ? '' : (5 as never);
    },
  };
  assemble([event]);
  expect(times).toBe(1);
});

test('a signal without throwIfAborted ends a wait with its reason', async () => {
  const signal = Object.assign(new EventTarget(), { aborted: true, reason: new Error('enough') }) as never;
  await using mock = await served({});
  await expect(mock.connection({ signal })).rejects.toThrow('enough');
  await expect(mock.idle({ signal })).rejects.toThrow('enough');
  await expect(diagnosing({ signal })).rejects.toThrow('enough');
});
