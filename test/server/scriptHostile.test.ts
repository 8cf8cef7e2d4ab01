import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/sse/script';
import { newScript, sentBy } from '../unit/newScript';
import { randomNonsense } from '../unit/randomScript';
import { mutate, pick, seeded } from './random';

const TEMPLATES = readdirSync('media/templates').map((file) => readFileSync(join('media/templates', file), 'latin1'));
/** Generous for a slow machine; what takes time that grows with the square would take minutes. */
const PATIENCE = { timeout: 60_000 };

function randomBytes(random: () => number): Buffer {
  // Mostly those that mean something.
  const bytes = Array.from({ length: Math.floor(random() * 300) }, () =>
    random() < 0.3
      ? Math.floor(random() * 256)
      : pick([...Buffer.from('\n\r\r\n: :@@:@wait1s\0id\xef\xbb\xbf', 'latin1')], random),
  );
  return Buffer.from(bytes);
}

function fuzzed(seed: number): Buffer {
  const random = seeded(seed);
  const ways = [
    () => randomBytes(random),
    () => Buffer.from(mutate(pick(TEMPLATES, random), random), 'latin1'),
    () => Buffer.from(randomNonsense(random)),
    () => Buffer.from(mutate(randomNonsense(random), random)),
  ];
  return pick(ways, random)();
}

test(
  '10,000 fuzzed files are read, with problems where they have some, in less than 20 s',
  () => {
    const start = performance.now();
    let errors = 0;
    for (let seed = 0; seed < 10_000; seed += 1) {
      const file = fuzzed(seed);
      const { steps, problems, events, duration } = parseScript(file);
      const lines = file.toString().split(/\r\n|\r|\n/);
      for (const { line, column, endColumn, text } of problems) {
        // An editor doesn't show the file's byte order mark.
        const shown = line === 0 ? lines[0]?.replace(/^\ufeff/, '') : lines[line];
        expect([seed, shown?.slice(column, endColumn)]).toEqual([seed, text]);
      }
      const size = steps.reduce((sum, step) => sum + (step.kind === 'send' ? step.bytes.length : 0), 0);
      expect(size).toBeLessThanOrEqual(file.length);
      expect(events).toBeLessThanOrEqual(lines.length);
      expect(duration).toBeGreaterThanOrEqual(0);
      errors += problems.some(({ severity }) => severity === 'error') ? 1 : 0;
    }
    expect(performance.now() - start).toBeLessThan(20_000);
    // They are bad ones indeed, and some are good.
    expect(errors).toBeGreaterThan(3000);
    expect(errors).toBeLessThan(9000);
  },
  PATIENCE.timeout,
);

/** Bytes in use, when all that nobody holds is gone. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Parses it, and says how long that takes and how much the script holds, in seconds and MB. */
function measure(file: Uint8Array) {
  const before = memory();
  const start = performance.now();
  const script = parseScript(file);
  const seconds = (performance.now() - start) / 1000;
  return { script, seconds, megabytes: (memory() - before) / 1e6 };
}

describe('large and hostile files', () => {
  const EVENT =
    'id: 1234567\nevent: delta\ndata: {"choices":[{"index":0,"delta":{"content":" the"}}]}\n\n:@ wait 20ms\n';

  test('20 MB of a recorded chat take less than 5 s, and not much more room than they have', PATIENCE, () => {
    const file = Buffer.from(EVENT.repeat(20_000_000 / EVENT.length));
    const { script, seconds, megabytes } = measure(file);
    expect(script).toMatchObject({ events: Math.floor(20_000_000 / EVENT.length), problems: [] });
    expect(seconds).toBeLessThan(5);
    expect(megabytes).toBeLessThan(100);
  });

  test.each<[string, () => string, number]>([
    ['2 million ids', () => Array.from({ length: 2_000_000 }, (_, id) => `id: ${id}\n\n`).join(''), 400],
    ['2 million blocks of one id', () => 'id: 1\n\n'.repeat(2_000_000), 300],
    ['2 million blocks that take the id away', () => 'id:\n\n'.repeat(2_000_000), 300],
    ['5 million blank lines', () => '\n'.repeat(5_000_000), 20],
    ['5 million comments that begin like directions', () => ':@@\n'.repeat(5_000_000), 40],
    ['5 million bad directions', () => ':@ x\n'.repeat(5_000_000), 30],
    ['a million unknown fields', () => 'x\n'.repeat(1_000_000), 20],
    ['a connection that drops 500,000 times', () => ':@ drop\n:@ connection\n'.repeat(500_000), 200],
    ['500,000 cut events', () => 'data\n:@ drop\n:@ connection\n'.repeat(500_000), 300],
    [
      'an event of 500,000 pauses, and connections',
      () => 'data\n:@ wait 1ms\n'.repeat(500_000) + ':@ connection\n'.repeat(500_000),
      200,
    ],
    ['900,000 statuses behind an open event', () => `data\n${':@status 503\n'.repeat(900_000)}`, 400],
    ['lines without an end, each on a connection', () => ':\n:@ no-newline\n:@ connection\n'.repeat(300_000), 150],
    ['one line of 50 MB', () => 'x'.repeat(50_000_000), 60],
    ['one direction of 50 MB', () => `:@ wait${' '.repeat(50_000_000)}1`, 60],
  ])('%s take less than 10 s and a bounded memory', PATIENCE, (_name, make, room) => {
    const { script, seconds, megabytes } = measure(new TextEncoder().encode(make()));
    expect(script.steps.length).toBeLessThanOrEqual(1_000_002);
    expect(seconds).toBeLessThan(10);
    expect(megabytes).toBeLessThan(room);
  });

  test('a file of many pieces is sent as one piece where there is no pause', () => {
    const script = newScript(':@@ a\n'.repeat(100_000));
    expect(script.steps).toHaveLength(1);
    expect(sentBy(script).length).toBe(500_000);
  });
});

test('more lines than 5 million are an error', () => {
  const lines = new Uint8Array(5_000_001).fill(0x0a);
  expect(parseScript(lines.subarray(1)).problems).toEqual([]);
  expect(parseScript(lines).problems).toMatchObject([{ severity: 'error', code: 'tooLong', line: 5_000_000 }]);
}, 60_000);

test('more steps than a million are an error', () => {
  const drops = ':@drop\n'.repeat(1_000_001);
  expect(newScript(drops.slice(7)).problems).toEqual([]);
  expect(newScript(drops).problems).toMatchObject([{ severity: 'error', code: 'tooLong', line: 1_000_000 }]);
}, 60_000);
