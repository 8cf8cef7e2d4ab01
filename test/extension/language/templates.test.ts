import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseScript } from '../../../src/script/parseScript';
import { EventStreamParser, type IncomingEvent } from '../../../src/stream/parse';
import { sentBy } from '../../support/mock/newScript';

const FOLDER = 'media/templates';
const files = readdirSync(FOLDER);

const read = (file: string) => parseScript(readFileSync(join(FOLDER, file)));
const kinds = (file: string) => read(file).steps.map(({ kind }) => kind);

/** Returns all events of the file. */
function eventsOf(file: string): IncomingEvent[] {
  const events: IncomingEvent[] = [];
  new EventStreamParser((event) => events.push(event)).feed(sentBy(read(file)));
  return events;
}

test('there are three templates, and the command offers them', () => {
  const offered = [...readFileSync('src/extension/language/newFile.ts', 'utf8').matchAll(/file: '(.+)'/g)].map(
    ([, file]) => file,
  );
  expect(files.sort()).toEqual(['chat.sse', 'notifications.sse', 'progress.sse']);
  expect(offered.sort()).toEqual(files);
});

test.each(files)('%s has no problems, and plays for 5 to 20 seconds', (file) => {
  const { problems, duration, events } = read(file);
  expect(problems).toEqual([]);
  expect(duration).toBeGreaterThan(5_000);
  expect(duration).toBeLessThan(20_000);
  expect(events).toBeGreaterThan(4);
});

test.each(files)('%s sends its reconnection time first', (file) => {
  expect(sentBy(read(file)).toString()).toMatch(/^retry: \d+\n/);
  expect(read(file).silentAt).toBeUndefined();
});

test.each(files)('each event of %s has a type and data in JSON', (file) => {
  for (const { event, data } of eventsOf(file)) {
    expect(event).toMatch(/^[a-z_]+$/);
    expect(JSON.parse(data)).toBeTypeOf('object');
  }
});

test.each(files)('%s explains “:@”, in comments that fit beside a panel', (file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  const comments = text.split('\n').filter((line) => line.startsWith(': '));
  expect(comments.slice(0, 2).join()).toContain('":@"');
  expect(Math.max(...comments.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text.endsWith('\n') && !text.includes('\r')).toBe(true);
});

test('notifications: it breaks in the middle of an event, which a client that reconnects gets', () => {
  const { steps, resumePoints } = read('notifications.sse');
  const drop = steps.findIndex(({ kind }) => kind === 'drop');
  const before = steps[drop - 1];
  expect(before?.kind === 'send' && before.closed).toBe(false);
  const point = resumePoints.get('3');
  expect(point?.index).toBeLessThan(drop);
  expect(point?.faultsFrom).toBeGreaterThan(drop);
  expect(eventsOf('notifications.sse').map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
});

test('chat: requested by POST, it has an error in the middle, then the end, and the next request is refused', () => {
  expect(read('chat.sse').method).toBe('POST');
  expect(kinds('chat.sse').slice(-2)).toEqual(['end', 'status']);
  const types = eventsOf('chat.sse').map(({ event }) => event);
  expect(types.at(-1)).toBe('error');
  expect(types).not.toContain('message_stop');
});

test('each event of the chat has its type in its data, too', () => {
  for (const { event, data } of eventsOf('chat.sse')) expect(JSON.parse(data)).toMatchObject({ type: event });
});

test('progress: from 0 to 100, each event with an id, then the end', () => {
  const events = eventsOf('progress.sse');
  const percents = events.slice(0, -1).map(({ data }) => JSON.parse(data).percent);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  expect([percents[0], percents.at(-1)]).toEqual([0, 100]);
  expect(events.at(-1)).toMatchObject({ event: 'done', id: 'done' });
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  expect(kinds('progress.sse').at(-1)).toBe('end');
});
