import { expect, test } from 'vitest';
import type { ConnectionEvidence, TextEvidence } from '../../../../src/analysis/evidence/evidence';
import { FORMAT_RULES } from '../../../../src/analysis/findings/format/formatRules';
import { namedEvents } from '../../../../src/analysis/findings/format/namedEvents';
import { connection, eventsAt, evidenceOf, head, textEvidence } from '../../../support/evidence/evidence';
import { foundBy } from '../../../support/evidence/foundBy';
import { noted } from '../../../support/evidence/noted';

function found(text: Partial<TextEvidence>, more: Partial<ConnectionEvidence> = {}) {
  return foundBy(FORMAT_RULES, evidenceOf([connection({ events: eventsAt(5), text: textEvidence(text), ...more })]));
}

test('a stream of messages has nothing to explain', () => {
  const types: [string, number][] = [['message', 1]];
  expect(found({ fields: 1, retries: [3000] }, { types, head: head({ charset: 'UTF-8' }) })).toEqual([]);
});

test('events with a type of their own are pointed out, over all connections', () => {
  const types: [string, number][] = [
    ['message', 1],
    ['token', 2],
  ];
  expect(found({}, { types })).toEqual(['named-events one information']);
  expect(found({}, { types: [...types, ['done', 1]] })).toEqual(['named-events several information']);
  const twice = evidenceOf([1, 2].map((number) => connection({ number, types, eventCount: 3 })));
  expect(namedEvents(twice)?.values).toEqual({ events: 4, all: 6, type: 'token', types: 1 });
});

test('a type with a blank at an end is likely a mistake, if it is whole', () => {
  expect(found({}, { types: [['ready ', 2]] })[0]).toBe('named-events blank likely');
  const cut = `${'t'.repeat(99)} `;
  expect(found({}, { types: [[cut, 2]] })).toEqual(['named-events one information']);
});

test.each(['ISO-8859-1', 'utf8', 'shift_jis'])('the charset %s is refused by Chromium', (charset) => {
  expect(found({}, { head: head({ charset }) })).toEqual(['encoding charset proven']);
});

test.each(['utf-8', 'UTF-8', ''])('the charset “%s” is that of event streams', (charset) => {
  expect(found({}, { head: head({ charset }) })).toEqual([]);
});

test('a NUL every second byte is UTF-16, and any other is odd', () => {
  expect(found({ nuls: noted('0061007400610022') })).toEqual(['encoding utf16 proven']);
  expect(found({ nuls: noted('0061626364656667') })).toEqual(['encoding nul hint']);
  expect(found({ nuls: noted('0000000000000000') })).toEqual(['encoding nul hint']);
});

test('bytes that aren’t UTF-8 are proven', () => {
  expect(found({ notUtf8: noted('e9636f6c65') })).toEqual(['encoding bytes proven']);
});

test('a byte order mark that begins a line hides its field; within a text it is a character', () => {
  const mark = { count: 1, first: [{ position: 20, text: 'efbbbf64617461' }] };
  const line = { count: 1, first: [{ position: 20, text: '\ufeffdata: 2' }] };
  expect(found({ fields: 1, marks: mark, ignored: line })).toContain('encoding mark proven');
  expect(found({ fields: 1, marks: mark })).toEqual(['encoding inner-mark information']);
});

test('CR LF is right, and some clients can’t read it', () => {
  expect(found({ isCrLf: true })).toEqual(['escaped-newlines crlf information']);
});

test('a reconnection time that isn’t digits only is ignored', () => {
  expect(found({ badRetry: noted('3s') })).toEqual(['odd-retry ignored proven']);
});

test.each([
  [99, ['odd-retry short hint']],
  [100, []],
  [599_999, []],
  [600_000, ['odd-retry long hint']],
  [0, []],
])('a reconnection time of %i ms is judged by its size', (time, expected) => {
  expect(found({ retries: [3000, time] })).toEqual(expected);
});

test('a failure within the stream is information', () => {
  expect(found({ errors: noted('overloaded') })).toEqual(['failed-inside information']);
});
