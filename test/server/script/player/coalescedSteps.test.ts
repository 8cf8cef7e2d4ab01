import { expect, test } from 'vitest';
import { parseScript } from '../../../../src/script/parseScript';
import { coalescedSteps } from '../../../../src/server/script/player/coalescedSteps';

const PIECE = 64 * 1024;

/** Returns what is sent together of a script from a step on, with places that are filled in. */
function together(text: string, from = 0) {
  const script = parseScript(Buffer.from(text));
  const { pieces, next } = coalescedSteps(script, from, {
    bytesOf: (step) => (step.fills ? { bytes: Buffer.from('data: filled\n\n') } : step),
    isLeftOut: () => false,
    isDue: () => true,
  });
  return { size: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0), next };
}

test('a step that is filled in is sent by itself behind many others, which would be copied with it for each client', () => {
  const plain = `data: ${'x'.repeat(1000)}\n\n`.repeat(200);
  const text = `:@ fill\n${plain}data: {{n}}\n\n${plain}`;
  const first = together(text);
  expect(first).toEqual({ size: plain.length, next: 1 });
  expect(together(text, first.next).size).toBeLessThan(PIECE);
});

test('steps that are small are sent together, also filled in', () => {
  const { size, next } = together(':@ fill\ndata: a\n\ndata: {{n}}\n\ndata: b\n\n');
  expect([size, next]).toEqual(['data: a\n\ndata: filled\n\ndata: b\n\n'.length, 3]);
});

test.each([
  [PIECE - 1, 2],
  [PIECE, 1],
])('a step that is filled in is sent with %i bytes before it: up to step %i', (size, next) => {
  const plain = `data: ${'x'.repeat(size - 'data: \n\n'.length)}\n\n`;
  expect(together(`:@ fill\n${plain}data: {{n}}\n\n`).next).toBe(next);
});
