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

test('the command offers each template', () => {
  const offered = [...readFileSync('src/extension/language/newFile.ts', 'utf8').matchAll(/file: '(.+)'/g)].map(
    ([, file]) => file,
  );
  expect(offered.sort()).toEqual(files);
});

/** Those that are more than a beginning. */
const whole = files.filter((file) => file !== 'empty.sse' && file !== 'mcp.sse');
/** Those of APIs, whose formats are theirs. */
const apis = files.filter((file) => /^(openai|anthropic)-/.test(file));

test.each(whole)('%s has no problems, and plays for 5 to 20 seconds', (file) => {
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

test.each(files)('each event of %s has a type and data in JSON, but for a mark of the end', (file) => {
  for (const { event, data } of eventsOf(file)) {
    expect(event).toMatch(/^[a-z_.]+$/);
    // Places stand for values.
    const filled = data.replace(/\{\{[^}]*\}\}/g, '0');
    if (data !== '[DONE]') expect(JSON.parse(filled)).toBeTypeOf('object');
  }
});

test.each(apis)('%s is asked for by POST, on the path of its API, and says so', (file) => {
  const { method, reply } = read(file);
  expect(method).toBe('POST');
  expect(reply.path).toMatch(/^\/v1\/(chat\/completions|responses|messages)$/);
  expect(readFileSync(join(FOLDER, file), 'utf8')).toContain('baseURL http://127.0.0.1:8080');
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

test('Anthropic’s error: in the middle of the text, then the end, and the next request is refused', () => {
  // The refusal comes first: a client may leave as soon as it sees the error.
  expect(kinds('anthropic-error.sse').slice(-3)).toEqual(['status', 'send', 'end']);
  const types = eventsOf('anthropic-error.sse').map(({ event }) => event);
  expect(types.at(-1)).toBe('error');
  expect(types).not.toContain('message_stop');
});

test.each(['anthropic-error.sse', 'anthropic-messages.sse', 'openai-responses.sse'])(
  'each event of %s has its type in its data, too',
  (file) => {
    for (const { event, data } of eventsOf(file)) expect(JSON.parse(data)).toMatchObject({ type: event });
  },
);

test('progress: from 0 to 100, each event with an id, then the end', () => {
  const events = eventsOf('progress.sse');
  const percents = events.slice(0, -1).map(({ data }) => JSON.parse(data).percent);
  expect(percents).toEqual([...percents].sort((a, b) => a - b));
  expect([percents[0], percents.at(-1)]).toEqual([0, 100]);
  expect(events.at(-1)).toMatchObject({ event: 'done', id: 'done' });
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  expect(kinds('progress.sse').at(-1)).toBe('end');
});
