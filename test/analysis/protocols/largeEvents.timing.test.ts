// The largest events that are read for a result: each is parsed at one go, while all else in the process waits.
import { expect, test } from 'vitest';
import { closedJson } from '../../../src/analysis/protocols/json/closedJson';
import type { ProtocolId } from '../../../src/analysis/protocols/model/protocol';
import { ResultReader } from '../../../src/analysis/protocols/resultReader';
import { MAX_SHOWN, ResultChanges } from '../../../src/extension/inspector/result/resultChanges';
import { drawn } from '../../support/random/drawn';
import { leastOf } from '../../support/time/leastOf';
import { ownTime } from '../../support/time/ownTime';

/** Milliseconds of an idle machine's processor time: parsing at the limit, and its garbage. It was 150 to 330. */
const BOUND = 75;

const list = (size: number, make: (index: number) => string) => {
  let text = '[';
  for (let index = 0; text.length < size; index += 1) text += `${make(index)},`;
  return `${text}1]`;
};
let seed = 1;
const random = (below: number) => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const names = Array.from({ length: 100 }, (_, index) => `"n${index}":1`);
const object = (members: number) => `{${Array.from({ length: members }, () => names[random(100)]).join()}}`;

/** Values of a size in characters, and the size up to which they are read. */
const VALUES: Record<string, [make: (size: number) => string, read: number]> = {
  'elements': [(size) => list(size, () => '0'), 890_000],
  'fractions': [(size) => list(size, () => '0.5'), 1_400_000],
  'objects of other names': [(size) => list(size, () => `{"k${random(1e9)}":1}`), 280_000],
  'objects of other shapes': [(size) => list(size, () => object(5)), 180_000],
  'short strings': [(size) => list(size, () => `"${random(1e9)}"`), 480_000],
  'escaped strings': [(size) => list(size, () => `"\\n${random(1e9)}"`), 560_000],
  'strings of digits': [(size) => list(size, () => '"1"'), 750_000],
  'lists in lists': [(size) => list(size, () => `${'['.repeat(100)}${']'.repeat(100)}`), 400_000],
  'blanks': [(size) => `[${' '.repeat(size)}1]`, 3_500_000],
  'ideographs': [(size) => `"${'漢'.repeat(size)}"`, 3_500_000],
};

const timeOf = (value: string) => {
  const reader = new ResultReader({ protocol: 'mcp' });
  const data = `{"jsonrpc":"2.0","id":1,"result":${value}}`;
  const time = ownTime(() => void reader.add({ number: 1, at: 1, event: 'message', data }));
  return { time, isRead: reader.results().some(({ items }) => items.length > 0) };
};

test.each(drawn(Object.entries(VALUES), 3))(
  'an event of %s is read, or left, in a short time',
  async (_name, [make, size]) => {
    for (const times of [1, 4]) {
      const time = await leastOf(BOUND, () => {
        const { time, isRead } = timeOf(make(size * times));
        expect(isRead).toBe(times === 1);
        return time;
      });
      expect(time).toBeLessThan(BOUND);
    }
  },
);

const many = <T>(length: number, make: (index: number) => T) => Array.from({ length }, (_, index) => make(index));
const snapshot = (value: unknown) => ({ type: 'STATE_SNAPSHOT', snapshot: value });
const patch = (length: number, make: (index: number) => object) => ({ type: 'STATE_DELTA', delta: many(length, make) });

/** Events that are cheap to parse, behind others; each took 0.1 to 0.5 s. */
const WORK: Record<string, { protocol: ProtocolId; before: object[]; event: object }> = {
  'fifteen thousand tool calls': {
    protocol: 'openai-chat',
    before: [],
    event: { choices: [{ delta: { tool_calls: many(15_000, (index) => ({ index, id: `c${index}` })) } }] },
  },
  'nine thousand parts': {
    protocol: 'gemini',
    before: [],
    event: { candidates: [{ content: { parts: many(9000, (a) => ({ inlineData: { a } })) } }] },
  },
  'changes at the beginning of a long list': {
    protocol: 'ag-ui',
    before: [snapshot(many(99_000, () => 'ab'))],
    event: patch(2000, (index) => (index % 2 ? { op: 'add', path: '/0', value: 1 } : { op: 'remove', path: '/0' })),
  },
  'deep paths': {
    protocol: 'ag-ui',
    before: [snapshot({})],
    event: patch(5000, (index) => ({ op: 'add', path: '/a'.repeat(1 + (index % 199)), value: {} })),
  },
  'a large value that moves to and fro': {
    protocol: 'ag-ui',
    before: [snapshot({ a: many(90_000, (a) => ({ a })) })],
    event: patch(6, (index) =>
      index % 2 ? { op: 'move', from: '/b', path: '/a' } : { op: 'move', from: '/a', path: '/b' },
    ),
  },
};

test.each(drawn(Object.entries(WORK), 4))(
  'an event of %s takes a short time',
  async (_name, { protocol, before, event }) => {
    const time = await leastOf(BOUND, () => {
      const reader = new ResultReader({ protocol });
      const add = (data: string) => reader.add({ number: 1, at: 1, event: 'message', data });
      for (const one of before) add(JSON.stringify(one));
      const data = JSON.stringify(event);
      return ownTime(() => void add(data));
    });
    expect(time).toBeLessThan(BOUND);
  },
);

test('the page’s part of a text of 15 MB takes no time when a letter comes', async () => {
  const time = await leastOf(5, () => {
    const reader = new ResultReader({ protocol: 'openai-chat' });
    const add = (content: string) =>
      void reader.add({
        number: 1,
        at: 1,
        event: 'message',
        data: JSON.stringify({ choices: [{ delta: { content } }] }),
      });
    for (let megabyte = 0; megabyte < 15; megabyte += 1) add('漢'.repeat(1_000_000));
    const changes = new ResultChanges();
    const look = () => changes.take(reader.results(10, MAX_SHOWN + 1), false, 0);
    look();
    add('a');
    return ownTime(() => void look());
  });
  // It was 30 to 55.
  expect(time).toBeLessThan(5);
});

test('arguments that grow deeper than is read are looked at in a short time', async () => {
  expect(await leastOf(5, () => ownTime(() => void closedJson('['.repeat(250_000))))).toBeLessThan(5);
});
