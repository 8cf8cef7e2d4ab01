// Time and memory for parsing large and hostile files grow in proportion to their size.
import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/script/parseScript';
import { drawn, isLong } from '../support/random/drawn';
import { longTest } from '../support/time/longRun';
import { memory } from '../support/time/memory';
import { ownTime } from '../support/time/ownTime';

const NOTHING = new Uint8Array();
/** Size of the files, relative to the maximum: the maximum in the long run. */
const SHARE = isLong ? 1 : 0.05;

/** Parses the file; returns the CPU time, in seconds, and the memory that the script keeps, in MB. */
function measure(file: Uint8Array) {
  const before = memory();
  let script = parseScript(NOTHING);
  const seconds =
    ownTime(() => {
      script = parseScript(file);
    }) / 1000;
  return { script, seconds, megabytes: (memory() - before) / 1e6 };
}

describe('large and hostile files', () => {
  const EVENT =
    'id: 1234567\nevent: delta\ndata: {"choices":[{"index":0,"delta":{"content":" the"}}]}\n\n:@ wait 20ms\n';

  longTest('20 MB of a recorded chat take less than 5 s, and not much more room than they have', () => {
    const file = Buffer.from(EVENT.repeat(20_000_000 / EVENT.length));
    const { script, seconds, megabytes } = measure(file);
    expect(script).toMatchObject({ events: Math.floor(20_000_000 / EVENT.length), problems: [] });
    expect(seconds).toBeLessThan(5);
    expect(megabytes).toBeLessThan(100);
  });

  test.each<[string, (count: number) => string, count: number, room: number]>(
    drawn(
      [
        ['ids', (count) => Array.from({ length: count }, (_, id) => `id: ${id}\n\n`).join(''), 2_000_000, 400],
        ['blocks of one id', (count) => 'id: 1\n\n'.repeat(count), 2_000_000, 300],
        ['blocks that take the id away', (count) => 'id:\n\n'.repeat(count), 2_000_000, 300],
        ['blank lines', (count) => '\n'.repeat(count), 5_000_000, 20],
        ['comments that begin like directives', (count) => ':@@\n'.repeat(count), 5_000_000, 40],
        ['bad directives', (count) => ':@ x\n'.repeat(count), 5_000_000, 30],
        ['unknown fields', (count) => 'x\n'.repeat(count), 1_000_000, 20],
        ['drops, each with another connection', (count) => ':@ drop\n:@ connection\n'.repeat(count), 500_000, 200],
        ['cut events', (count) => 'data\n:@ drop\n:@ connection\n'.repeat(count), 500_000, 300],
        [
          'pauses in an event, and connections',
          (count) => 'data\n:@ wait 1ms\n'.repeat(count) + ':@ connection\n'.repeat(count),
          500_000,
          200,
        ],
        ['statuses behind an open event', (count) => `data\n${':@status 503\n'.repeat(count)}`, 900_000, 400],
        [
          'lines without an end, each on a connection',
          (count) => ':\n:@ no-newline\n:@ connection\n'.repeat(count),
          300_000,
          150,
        ],
        ['characters in one line', (count) => 'x'.repeat(count), 50_000_000, 60],
        ['blanks in one directive', (count) => `:@ wait${' '.repeat(count)}1`, 50_000_000, 60],
      ],
      4,
    ),
  )('many %s take time and memory that grow no faster than they', (_name, make, most, room) => {
    const { script, seconds, megabytes } = measure(new TextEncoder().encode(make(most * SHARE)));
    expect(script.steps.length).toBeLessThanOrEqual(1_000_002);
    expect(seconds).toBeLessThan(10 * SHARE);
    // After a million steps, the rest of the largest file takes no memory.
    expect(megabytes).toBeLessThan(Math.min(room, 2.2 * SHARE * room + 4));
  });
});
