import { expect, test } from 'vitest';
import { eventFields } from '../../../src/client/history/eventFields';
import { History } from '../../../src/client/history/history';
import { historyJson } from '../../../src/client/history/historyJson';
import { EventStreamParser, type IncomingEvent } from '../../../src/stream/parse';
import { historyOf, record } from '../../support/client/recorded';
import { fuzz } from '../../support/random/fuzz';
import { hardStream } from '../../support/random/randomRecording';

/** Returns the file as text. */
function json(history: History, format: Parameters<typeof historyJson>[1] = { lines: true }): string {
  return Buffer.concat([...historyJson(history.snapshot(), format)]).toString();
}

/** Returns an event as `JSON.stringify` writes it. */
function wanted(history: History): string[] {
  return Array.from({ length: history.count + 1 - history.first }, (_, index) => {
    const event = history.get(history.first + index);
    if (!event) throw new Error('It is kept.');
    const { number, time, id } = event;
    return JSON.stringify({
      number,
      time: new Date(time).toISOString(),
      event: event.event,
      id,
      data: history.data(event),
    });
  });
}

test('difficult streams become what JSON.stringify makes of each event, as lines and in a document', async () => {
  await fuzz(30, (random) => {
    const history = historyOf(`${hardStream(random).toString('latin1')}\n\ndata: é\0\u2028\ndata:\nevent\nid: \n\n`);
    const lines = wanted(history);
    expect(lines.length).toBeGreaterThan(0);
    expect(json(history)).toBe(lines.map((line) => `${line}\n`).join(''));
    const request = { url: 'http://a/' };
    const whole = `{\n"request": ${JSON.stringify(request)},\n"events": [\n${lines.join(',\n')}\n]\n}\n`;
    expect(json(history, { lines: false, request })).toBe(whole);
  });
});

test('no events make an empty file, or a document without any', () => {
  expect(json(historyOf(': a\n\n'))).toBe('');
  expect(json(historyOf(''), { lines: false, request: null })).toBe('{\n"request": null,\n"events": [\n\n]\n}\n');
});

test('the fields of an event are those that the parser reads, even if a part of them is omitted', async () => {
  const names = ['data', 'data:', 'data: ', 'dat', 'event:', 'event', 'id: ', 'id', ':', 'x:', '\uFEFFdata:'];
  const values = ['', ' a', 'é', '€😀', 'x'.repeat(30), '\0', '  '];
  await fuzz(300, (random) => {
    const pick = (choices: string[]) => choices[Math.floor(random() * choices.length)] ?? '';
    const max = 5 + Math.floor(random() * 40);
    let block = '';
    while (random() < 0.8) block += pick(names) + pick(values) + pick(['\n', '\r', '\r\n']);
    const bytes = Buffer.from(`${block}data: z\n\n`);
    const history = new History({ maxEvents: 1 });
    history.addBytes(bytes);
    let read: IncomingEvent | undefined;
    const options = { continues: true, maxEventSize: max };
    const parser = new EventStreamParser((event) => (read = event), options);
    parser.feed(bytes);
    const { bytes: kept } = history.snapshot();
    const text = ({ from, to }: { from: number; to: number }) =>
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(kept.slice(from, to));
    const data: string[] = [];
    const fields = eventFields(kept, { number: 1, time: 0, start: 0, end: bytes.length }, max);
    let next = fields.next();
    for (; !next.done; next = fields.next()) if (next.value) data.push(text(next.value));
    expect(data.join('\n')).toBe(read?.data ?? '');
    if (!read) return;
    expect((next.value.event && text(next.value.event)) || 'message').toBe(read.event);
    expect(next.value.id && text(next.value.id)).toBe(read.id);
  });
});

test('events that are evicted while the file is written are in it, and those that come later are not', () => {
  const history = historyOf('data: 1\n\ndata: 2\n\n', { maxEvents: 3 });
  const pieces = historyJson(history.snapshot(), { lines: true });
  const file = [pieces.next().value];
  record(history, 'data: 3\n\ndata: 4\n\ndata: 5\n\n');
  expect(history.first).toBe(3);
  for (let next = pieces.next(); ; next = pieces.next()) {
    if (next.done) {
      expect(next.value).toBe(2);
      break;
    }
    file.push(next.value);
  }
  const text = Buffer.concat(file.map((piece) => Buffer.from(piece as Uint8Array))).toString();
  expect(text.match(/"data":"\d"/g)).toEqual(['"data":"1"', '"data":"2"']);
});
