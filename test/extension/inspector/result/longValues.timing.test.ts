// Values that are written as JSON when they are copied, opened or saved, of the sizes that a stream's results may have.
import { expect, test } from 'vitest';
import type { ResultItem, StreamResult } from '../../../../src/analysis/protocols/model/result';
import { copiedPieces } from '../../../../src/extension/inspector/result/itemTexts';
import { jsonPieces, markdownPieces } from '../../../../src/extension/inspector/result/resultDocument';
import { drawn } from '../../../support/random/drawn';

/** Maximum time of a piece, in milliseconds: it was 600 for a million zeros. */
const TIME = 60;

const ITEMS: Record<string, Partial<ResultItem>> = {
  'a million zeros': { kind: 'tool', arguments: Array.from({ length: 1_400_000 }, () => 0) },
  'controls': { kind: 'tool', arguments: '\u0001'.repeat(4_000_000), text: 'x' },
  'lines of a thought': { kind: 'reasoning', text: '\n'.repeat(8_000_000) },
};

/** Returns the processor time of the slowest piece, in milliseconds: the least of three runs, as other programs disturb. */
function slowest(pieces: () => Iterable<string>): number {
  const runs = [1, 2, 3].map(() => {
    let longest = 0;
    let before = process.cpuUsage();
    for (const _ of pieces()) {
      const { user, system } = process.cpuUsage(before);
      longest = Math.max(longest, (user + system) / 1000);
      before = process.cpuUsage();
    }
    return longest;
  });
  return Math.min(...runs);
}

test.each(drawn(Object.entries(ITEMS), 1))('%s are written in short pieces', (_, fields) => {
  const item = { events: [1, 2], ...fields } as ResultItem;
  const result = { protocol: 'openai-chat', items: [item], problems: [] } as unknown as StreamResult;
  expect(slowest(() => jsonPieces([result]))).toBeLessThan(TIME);
  expect(slowest(() => copiedPieces(item))).toBeLessThan(TIME);
  expect(slowest(() => markdownPieces([result]))).toBeLessThan(TIME);
});
