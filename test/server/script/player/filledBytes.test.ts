import { expect, test } from 'vitest';
import type { SendStep } from '../../../../src/script/script';
import { filledBytes } from '../../../../src/server/script/player/filledBytes';
import { newFilling } from '../../../support/mock/filled';
import { newScript } from '../../../support/mock/newScript';

const PIECE = 64 * 1024;
const LONG = 'x'.repeat(1_000_000);

/** Returns the pieces of an event with places as it is sent, and its own bytes. */
function piecesOf(data: string, query = '', end = '\n\n') {
  const script = newScript(`:@ fill\ndata: ${data}${end}`);
  const step = script.steps[0] as SendStep;
  const { bytes, rest } = filledBytes(step, newFilling(script, { query, body: undefined }, Math.random), 0);
  const pieces = [bytes];
  while (rest && !rest.isOver) pieces.push(rest.take());
  return { pieces, text: Buffer.concat(pieces).toString(), own: step.bytes.buffer };
}

test('a small event is one piece', () => {
  const { pieces, text } = piecesOf('{{n}}, {{n}}');
  expect([pieces.length, text]).toEqual([1, 'data: 1, 1\n\n']);
});

test('a large event is made piece by piece, and of its own bytes only those beside a place are copied', () => {
  const { pieces, text, own } = piecesOf(`${LONG}{{n}}${LONG}`);
  expect(text).toBe(`data: ${LONG}1${LONG}\n\n`);
  expect(Math.max(...pieces.map(({ length }) => length))).toBe(PIECE);
  expect(pieces.filter(({ buffer }) => buffer !== own)).toHaveLength(1);
});

test('behind the last piece, empty values are no further one', () => {
  const { pieces, text } = piecesOf(`${'x'.repeat(PIECE - 'data: '.length)}{{query a}}{{query b}}`, '', '');
  expect([pieces.length, text.length]).toEqual([1, PIECE]);
});

test('of long values, too, no more than a piece is made at a time', () => {
  const value = 'y'.repeat(15_000);
  const { pieces, text } = piecesOf('{{query q}}'.repeat(900), `q=${value}`);
  // Behind 4 MB, further values are empty.
  expect(text).toBe(`data: ${value.repeat(Math.ceil((4 * 1024 * 1024) / value.length))}\n\n`);
  expect(Math.max(...pieces.map(({ length }) => length))).toBe(PIECE);
});
