// Time for finding places grows in proportion to a file's size, and that for filling them in to an event's.
import { describe, expect, test } from 'vitest';
import type { Filling } from '../../../src/script/fill/filling';
import { parseScript, parseScriptInSteps } from '../../../src/script/parseScript';
import { filled, newFilling } from '../../support/mock/filled';
import { newScript } from '../../support/mock/newScript';
import { isLong } from '../../support/random/drawn';
import { inLongRun } from '../../support/time/longRun';
import { memory } from '../../support/time/memory';
import { OwnClock, ownTime } from '../../support/time/ownTime';

/** Size of the files, in bytes: the maximum in the long run. */
const SIZE = (isLong ? 64 : 2) * 1024 * 1024;
const FILL = ':@ fill\n';

const CHAT =
  'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":" the"}}]}\n\n';

/** Returns as many copies as have that size. */
const repeated = (text: string) => text.repeat(SIZE / text.length);

/** Returns the least time of three: garbage collection or a cold cache may disturb one. */
const least = (act: () => void) => Math.min(...[1, 2, 3].map(() => ownTime(act)));

describe('a file with `:@ fill` and no places', () => {
  test.each<[string, string]>([
    ['events of a chat', repeated(CHAT)],
    ['lines of braces', repeated('data: { } { } { } { } { } { }\n')],
    ...inLongRun<[string, string]>([
      ['one line of JSON', `data: ${repeated('{"a":[1,"two"]},').slice(0, -1)}\n\n`],
      ['short lines', repeated('data: x\n')],
    ]),
  ])('is parsed as fast as without it, to a third: %s', (_name, text) => {
    const [file, plain] = [FILL, ''].map((top) => new TextEncoder().encode(top + text)) as [Uint8Array, Uint8Array];
    const time = (bytes: Uint8Array) => least(() => void parseScript(bytes));
    const [without, within] = [time(plain), time(file)];
    console.log(
      `${(SIZE / 2 ** 20).toFixed(0)} MB: ${without.toFixed(0)} ms without, ${within.toFixed(0)} ms with :@ fill`,
    );
    expect(within).toBeLessThan(without * 1.34 + 20);
  });
});

test.each<[string, string]>([
  ['pairs that nothing closes', `data: ["${repeated('{{ ')}\n\n`],
  ['lines with such a pair', repeated('data: {{\n')],
  ['lines of an id, each with a place', `${'id: {{n}}\ndata\n\n'.repeat(99_000)}${repeated('data: x\n')}`],
  ['bad places', repeated('data: {{x}}\n')],
  ['bad places in one line', `data: ${repeated('{{x}}')}\n\n`],
  ['quotes before a place', `data: [${repeated('"\\"",')}"{{n}}"]\n\n`],
  ['places, too many', `data: ${repeated('{{n}}')}\n\n`],
  ['closing braces', `data: {{ ${repeated('} ')}\n\n`],
  ['literal braces, too many', repeated('data: {{{{\n')],
])('a file of %s is parsed in time, and in steps', (_name, text) => {
  const file = new TextEncoder().encode(FILL + text);
  const steps = parseScriptInSteps(file);
  const clock = new OwnClock();
  const laps: number[] = [];
  for (let done: boolean | undefined = false; !done; ) {
    ({ done } = steps.next());
    laps.push(clock.lap());
  }
  const [time, longest] = [laps.reduce((sum, lap) => sum + lap, 0), Math.max(...laps)];
  console.log(`${time.toFixed(0)} ms, at most ${longest.toFixed(1)} ms at once`);
  // For each MB of lines, and for the places, of which a file has no more at any size.
  expect(time).toBeLessThan((SIZE / 2 ** 20) * 200 + 2000);
  expect(longest).toBeLessThan(100);
});

test('filling takes time in proportion to the event', () => {
  const time = (size: number) => {
    const text = `data: {"a": "${'x'.repeat(size / 1000)}${`{{n}}${'x'.repeat(size / 1000)}`.repeat(990)}"}\n\n`;
    const script = newScript(FILL + text);
    const filling = newFilling(script, { query: '', body: undefined }, Math.random);
    const [step] = script.steps;
    return least(() => {
      for (let n = 0; n < 5; n += 1) if (step?.kind === 'send') Buffer.concat([...filling.parts(step, 0, 0)]);
    });
  };
  const [small, large] = [time(1_000_000), time(16_000_000)];
  console.log(`1 MB: ${small.toFixed(1)} ms, 16 MB: ${large.toFixed(1)} ms`);
  expect(large).toBeLessThan(40 * Math.max(small, 1));
});

test('the largest values at the most places of an event take less than half a second', () => {
  const body = '\u0001'.repeat(64 * 1024);
  for (const value of [body, '\r'.repeat(64 * 1024)]) {
    const took = ownTime(() => void filled(`data: ["${'{{body}}'.repeat(990)}"]\n\n`, { body: value }));
    expect(took).toBeLessThan(500);
  }
});

test('a hostile body takes less than half a second to look up, and is not kept', () => {
  const pointers = Array.from({ length: 1000 }, (_, index) => [String(index)]);
  const script = newScript(FILL + pointers.map(([index]) => `data: {{body /${index}}}\n`).join(''));
  const before = memory();
  let filling: Filling | undefined;
  const took = ownTime(() => {
    const long = Array.from({ length: 300_000 }, () => ({}));
    const body = [...Array.from({ length: 10 }, () => long), ...Array.from({ length: 900 }, () => 'x'.repeat(70_000))];
    filling = newFilling(script, { query: '', body }, Math.random);
  });
  expect(took).toBeLessThan(500);
  expect(memory() - before).toBeLessThan(5_000_000);
  expect(filling).toBeDefined();
});

test('the most values, of the longest names, are looked up in a turn, and connections share the names', () => {
  const pointers = Array.from({ length: 1000 }, (_, n) => `${'/a'.repeat(240)}/${n}`);
  const script = newScript(FILL + pointers.map((pointer) => `: {{body ${pointer}}}\n`).join(''));
  const body: unknown = JSON.parse(`${'{"a":'.repeat(240)}1${'}'.repeat(240)}`);
  const filling = () => newFilling(script, { query: '', body }, Math.random);
  const first = filling();
  const took = least(() => void filling());
  const before = memory();
  const others = Array.from({ length: 20 }, filling);
  const each = (memory() - before) / others.length;
  console.log(`${took.toFixed(1)} ms, ${(each / 1000).toFixed(0)} KB`);
  expect([first, ...others]).toHaveLength(21);
  expect(took).toBeLessThan(30);
  expect(each).toBeLessThan(200_000);
});

test('a place takes no more memory than is counted', () => {
  const file = new TextEncoder().encode(
    `${FILL}${'data: {{n}}{{random 1 5}}{{uuid}}{{now}}\nid: {{n}}\n\n'.repeat(20_000)}`,
  );
  const before = memory();
  const script = parseScript(file);
  const used = memory() - before;
  console.log(`used ${used}, counted ${script.memory}`);
  expect(script.problems).toEqual([]);
  expect(used).toBeLessThan(script.memory);
});
