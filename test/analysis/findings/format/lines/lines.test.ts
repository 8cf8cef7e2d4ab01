import { expect, test } from 'vitest';
import type { ConnectionEvidence, Evidence, TextEvidence } from '../../../../../src/analysis/evidence/evidence';
import { FORMAT_RULES } from '../../../../../src/analysis/findings/format/formatRules';
import { connection, eventsAt, evidenceOf, head, textEvidence } from '../../../../support/evidence/evidence';
import { foundBy } from '../../../../support/evidence/foundBy';
import { noted } from '../../../../support/evidence/noted';

function stream(text: Partial<TextEvidence>, more: Partial<ConnectionEvidence> = {}): ConnectionEvidence {
  return connection({ text: textEvidence(text), ...more });
}

function found(text: Partial<TextEvidence>, more: Partial<ConnectionEvidence> = {}, evidence: Partial<Evidence> = {}) {
  return foundBy(FORMAT_RULES, evidenceOf([stream(text, more)], evidence));
}

/** Returns chunks of one line at the given times. */
function chunksAt(...times: number[]): ConnectionEvidence['chunks'] {
  return times.map((at, index) => ({ number: index + 1, at, size: 8, first: '64617461', last: '3a20310a' }));
}

const END = { end: { at: 100, cause: 'end', unfinished: true } } as const;
const open = (lines: number, at = 10) => ({ fields: lines, bytes: lines * 8, open: { lines, bytes: lines * 8, at } });

test('fields without a blank line are no event, if the stream is silent or ends', () => {
  expect(found(open(3), { chunks: chunksAt(10, 12, 14) }, { now: 2500 })).toEqual(['no-blank-line open likely']);
  expect(found(open(2), { chunks: chunksAt(10) }, { now: 2500 })).toEqual(['no-blank-line open likely']);
  expect(found(open(2), END)).toEqual(['no-blank-line ended proven']);
});

test('fields that come line by line are no event either, however long they come', () => {
  const chunks = chunksAt(10, 1010, 2010, 3010, 4010);
  expect(found(open(5), { chunks }, { now: 4020 })).toEqual(['no-blank-line open likely']);
  expect(found(open(3), { chunks: chunks.slice(0, 3) }, { now: 2020 })).toEqual([]);
});

test('a first event that is still coming has its blank line yet to come', () => {
  expect(found(open(3), { chunks: chunksAt(10, 20, 30) }, { now: 900 })).toEqual([]);
  const large = { fields: 900, open: { lines: 900, bytes: 900_000, at: 10 } };
  expect(found(large, { chunks: chunksAt(10, 800, 1700, 2600, 3500) }, { now: 3600 })).toEqual([]);
});

test('a stream that is cut, or has had an event, has a blank line', () => {
  expect(found(open(2), { end: { at: 100, cause: 'cut', unfinished: true } })).toEqual([]);
  expect(found(open(3), { events: eventsAt(5), chunks: chunksAt(5, 10) }, { now: 9000 })).toEqual([]);
});

test('a reconnection time alone, or heartbeats behind it, wait for nothing', () => {
  const heartbeats = { fields: 1, comments: { count: 9, at: [] }, open: { lines: 1, bytes: 80, at: 10 } };
  expect(found(heartbeats, { chunks: chunksAt(10, 1000, 2000, 3000) }, { now: 9000 })).toEqual([]);
});

test('a kilobyte without a line end is no line', () => {
  expect(found({ open: { lines: 0, bytes: 1024, at: 10 } }, END)).toEqual(['no-blank-line line proven']);
  expect(found({ open: { lines: 0, bytes: 1023, at: 10 } }, END)).toEqual([]);
});

test('lines without “data:” that go on with an event’s JSON are lost', () => {
  const lost = { ...noted('{'), lines: 3 };
  const text = { fields: 1, ignored: noted('  "a": 1,', '  "b": 2', '}'), lost };
  expect(found(text, { events: eventsAt(5) })).toEqual(['lost-lines likely']);
});

test.each([
  ['{"error":{"code":-32603,"message":"filter failed"}}', 'json likely'],
  ['How are you?', 'text likely'],
  ['error: {"message":"context is full"}', 'error likely'],
  ['Internal Server Error', 'text likely'],
  ['<html><body>502 Bad Gateway</body></html>', 'html likely'],
  ['Data: 1', 'spelling proven'],
  [' data: 1', 'spelling proven'],
  ['channel: news', 'field hint'],
])('the line “%s” is ignored', (line, kind) => {
  expect(found({ fields: 1, ignored: noted(line) }, { events: eventsAt(5) })).toEqual([`ignored-lines ${kind}`]);
});

test('of several ignored lines, the first that was hardly meant for others is told', () => {
  const text = { fields: 1, ignored: noted('channel: news', '{"error":1}') };
  expect(found(text, { events: eventsAt(5) })).toEqual(['ignored-lines json likely']);
});

test('a block with a type but without data makes no event', () => {
  expect(found({ fields: 3, withoutData: noted('complete') })).toEqual(['without-data likely']);
  expect(found({ fields: 3, withoutData: noted('ping', 'complete') })).toEqual(['without-data likely']);
  expect(found({ fields: 3, withoutData: noted('heartbeat') })).toEqual(['without-data hint']);
});

test.each([
  [['{"a":1}', '{"a":2}', '{"a":3}'], 'ndjson'],
  [['{', '  "a": 1', '}'], 'json'],
  [['<!doctype html>', '<html>', '</html>'], 'html'],
  [['<?xml version="1.0"?>', '<rss>', '</rss>'], 'xml'],
  [['1', '2', '3'], 'other'],
])('a body of other lines is not the format: %j', (lines, format) => {
  expect(found({ ignored: noted(...lines) })).toEqual([`not-the-format ${format} proven`]);
});

test('two lines tell of no format, and a field or a comment tells of ours', () => {
  expect(found({ ignored: noted('1', '2') })).toEqual(['ignored-lines text likely']);
  expect(found({ ignored: noted('1', '2', '3'), fields: 1 })).toEqual(['ignored-lines text likely']);
  const comments = { count: 1, at: [5] };
  expect(found({ ignored: noted('1', '2', '3'), comments })).toEqual(['ignored-lines text likely']);
});

test('line ends that were sent as their escapes end no line', () => {
  const chunks = chunksAt(10).map((chunk) => ({ ...chunk, last: '5c6e5c6e' }));
  const text = { open: { lines: 0, bytes: 11, at: 10 } };
  expect(found(text, { chunks })).toEqual(['escaped-newlines never likely']);
  expect(found({ open: { lines: 0, bytes: 4096, at: 10 } }, { chunks, ...END })).toHaveLength(1);
  expect(found(text, { chunks, head: head({ encoding: 'gzip' }) })).toEqual([]);
});

test('escapes within an event are likely wrong if a field follows, and may be meant if not', () => {
  const events = eventsAt(5);
  expect(found({ fields: 1, escaped: noted('a\\n\\ndata: b') }, { events })).toEqual([
    'escaped-newlines events likely',
  ]);
  expect(found({ fields: 1, escaped: noted('a\\n\\n') }, { events })).toEqual(['escaped-newlines events hint']);
});

test('nothing is said of a response that isn’t read as a stream', () => {
  const html = head({ contentType: 'text/html', isStream: false });
  expect(found({ ignored: noted('<p>', '</p>', '<p>') }, { head: html })).toEqual([]);
});
