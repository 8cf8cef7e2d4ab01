import { expect, test } from 'vitest';
import { readData, readText, readVisible } from '../../../src/client/history/eventData';
import { History } from '../../../src/client/history/history';
import { MAX_EVENT_SIZE } from '../../../src/stream/limits';
import { EventStreamParser } from '../../../src/stream/parse';
import { visible } from '../../../src/stream/visible';
import { Turns } from '../../../src/turns/turns';
import { fuzz } from '../../support/random/fuzz';

/** Returns a history that has read the bytes, and the data of its events as they were dispatched. */
function read(stream: Uint8Array): { history: History; dispatched: string[] } {
  const history = new History();
  const dispatched: string[] = [];
  const parser = new EventStreamParser(
    (event) => {
      dispatched.push(event.data);
      history.addEvent(event, 0);
    },
    { maxEventSize: MAX_EVENT_SIZE },
  );
  for (let from = 0; from < stream.length; from += 64 * 1024) {
    const chunk = stream.subarray(from, from + 64 * 1024);
    history.addBytes(chunk);
    parser.feed(chunk);
  }
  return { history, dispatched };
}

test('the data of random events is as dispatched, and their blocks are shown as they came', async () => {
  const turns = new Turns();
  const pieces = [
    'data: ',
    'data',
    'data:',
    '\n',
    '\r\n',
    '\r',
    ': c',
    'id: 1',
    'event: e',
    'é',
    '日本',
    '\ufeff',
    'x'.repeat(9000),
  ];
  await fuzz(4, async (random) => {
    const parts = Array.from({ length: 2000 }, () => {
      const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
      return random() < 0.02 ? Buffer.from([0xe3, 0x81]) : Buffer.from(piece);
    });
    const stream = Buffer.concat([...parts, Buffer.from('\n\ndata: last\n\n')]);
    const { history, dispatched } = read(stream);
    expect(dispatched.length).toBeGreaterThan(0);
    const { bytes, first, last, at } = history.snapshot();
    for (let number = first; number <= last; number += 1) {
      const place = at(number);
      expect(await readData(bytes, place, turns)).toBe(dispatched[number - 1]);
      const block = bytes.slice(place.start, place.end);
      expect(await readVisible(bytes, place, turns)).toBe(visible(block));
      expect(await readText(bytes, place, turns)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(block));
    }
  });
});

test('a character that is split between two portions is decoded as one', async () => {
  const text = `data: ${'日'.repeat(20_000)}${'😀'.repeat(10_000)}`;
  const { history } = read(Buffer.from(`${text}\n\n`));
  const { bytes, at } = history.snapshot();
  expect(await readVisible(bytes, at(1), new Turns())).toBe(`${text}␊\n␊\n`);
});
