// Titles that the Command Palette finds, for a person who doesn't know them.
import { expect, test } from 'vitest';
import { titlesFor } from '../support/package/paletteTitles';

const [INSPECT, SELECTED, RECENT] = [
  'SSE: Inspect Event Stream (URL or curl)…',
  'SSE: Inspect Selected Event Stream',
  'SSE: Inspect Recent Event Stream…',
];
const COUNTER = 'SSE: Inspect Event Stream of Counter (to Try)';
const [RECORD, DIAGNOSE] = ['SSE: Record Event Stream…', 'SSE: Diagnose Event Stream…'];
const [FILE, FOLDER] = ['SSE: Serve Event Stream File as Mock Server (Replay)', 'SSE: Serve Folder as Mock Server'];
const NEW = 'SSE: New Event Stream (Server-Sent Events) File…';
const [START, LOG] = ['Start SSE Counter', 'SSE: Show Log'];

const STREAMS = [INSPECT, SELECTED, RECENT, COUNTER, RECORD, DIAGNOSE, FILE, NEW];
const FOUND: Record<string, string[]> = {
  'sse': [...STREAMS, FOLDER, LOG, START],
  'event': STREAMS,
  'stream': STREAMS,
  'mock': [FILE, FOLDER],
  'replay': [FILE],
  'record': [RECORD],
  'curl': [INSPECT],
  'server-sent': [NEW],
  'diagnose': [DIAGNOSE],
};

test.each(Object.entries(FOUND))('“%s” finds the commands that it is about', (word, titles) => {
  expect(titlesFor(word, 'en')).toEqual([...titles].sort());
});

test.each(Object.entries(FOUND))('in Japanese, “%s” finds as many', (word, titles) => {
  expect(titlesFor(word, 'ja')).toHaveLength(titles.length);
});

test('the command that takes a URL stands before the one that tries the counter: Enter behind “inspect” runs the first', () => {
  const found = titlesFor('inspect', 'en').sort((a, b) => a.localeCompare(b));
  expect(found[0]).toBe(INSPECT);
});

test.each(['モック', '記録', '検査', '診断', 'イベントストリーム', 'カウンター'])(
  '“%s” finds a command in Japanese',
  (word) => {
    expect(titlesFor(word, 'ja')).not.toEqual([]);
  },
);
