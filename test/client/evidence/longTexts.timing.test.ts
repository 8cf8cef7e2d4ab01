// Beginnings are kept of a stream's ids, types and odd lines: V8 keeps all of a text for a slice of it.
import { expect, test } from 'vitest';
import { Connections } from '../../../src/analysis/timeline/connections';
import { EventLog } from '../../../src/client/evidence/eventLog';
import { Notes } from '../../../src/client/evidence/notes';
import { newParser } from '../../../src/stream/newParser';
import { memory } from '../../support/time/memory';

const MEGABYTE = 1024 * 1024;
const COUNT = 60;
const LONG = 'x'.repeat(MEGABYTE);

test.each<[what: string, keep: () => (index: number) => void]>([
  [
    'the ids of events',
    () => {
      const log = new EventLog();
      const parser = newParser('events', (event) => log.add(event, 0, { position: 0, gap: 0 }), {});
      return (index) => parser.feed(Buffer.from(`id: ${index}${LONG}\ndata: a\n\n`));
    },
  ],
  [
    'lines that are ignored',
    () => {
      const notes = Array.from({ length: COUNT }, () => new Notes());
      return (index) => notes[index]?.add(0, `${index}${LONG}`);
    },
  ],
  [
    'the ids that connections were asked for with',
    () => {
      const connections = new Connections();
      return (index) => connections.add(index, `${index}${LONG}`, 1);
    },
  ],
])('%s are kept by their beginnings alone', (_what, keep) => {
  const add = keep();
  const before = memory();
  for (let index = 0; index < COUNT; index += 1) add(index);
  expect((memory() - before) / MEGABYTE).toBeLessThan(COUNT / 3);
  add(COUNT);
});
