import { expect, test, vi } from 'vitest';
import type { ResultItem, StreamResult } from '../../../../src/analysis/protocols/model/result';
import { jsonPieces, markdownPieces } from '../../../../src/extension/inspector/result/resultDocument';

vi.mock('vscode', () => import('../../../support/vscode/index'));

function result(items: ResultItem[]): StreamResult {
  const timing = { firstEventAfter: 1, duration: 0, eventsPerSecond: 0 };
  return { protocol: 'openai-chat', items, usage: { input: 1 }, complete: true, problems: [], timing };
}

const TEXT: ResultItem = { kind: 'text', text: 'Ebb\n# and "flow"', events: [1, 2] };
const CALL: ResultItem = { kind: 'tool', name: 'a*b', id: 'i', arguments: { code: '```x' }, events: [3, 3] };

test.each([[[]], [[result([])]], [[result([TEXT, CALL])]], [[result([TEXT]), result([CALL, TEXT])]]])(
  'JSON in pieces is that of the whole',
  (results) => {
    const whole = results.length === 1 ? results[0] : results;
    expect(JSON.parse([...jsonPieces(results)].join(''))).toEqual(whole);
  },
);

test('Markdown has texts as they are, quoted reasoning, and calls between fences that they can’t close', () => {
  const reasoning: ResultItem = { kind: 'reasoning', text: 'Hm\nyes', events: [1, 1] };
  const error: ResultItem = { kind: 'error', name: '529', text: 'Overloaded', events: [4, 4] };
  const lines = [...markdownPieces([result([reasoning, TEXT, CALL, error])])].join('').split('\n');
  expect(lines.slice(0, 5)).toEqual(['> Hm', '> yes', '', 'Ebb', '# and "flow"']);
  expect(lines).toContain('**a\\*b**');
  expect(lines.filter((line) => line.startsWith('````'))).toEqual(['````json', '````']);
  expect(lines).toContain('> **Error 529**: Overloaded');
});

test('a fence is longer than backticks where a long text is written in two parts', () => {
  const arguments_ = `${'x'.repeat(64 * 1024 - 2)}\`\`\`\`\`${'y'.repeat(70_000)}`;
  const text = [...markdownPieces([result([{ ...CALL, arguments: [arguments_] }])])].join('');
  expect(text.split('\n').filter((line) => line.startsWith('```'))).toEqual(['``````json', '``````']);
});

test('several answers have headings', () => {
  const text = [...markdownPieces([result([TEXT]), result([TEXT])])].join('');
  expect(text.match(/^# Answer \d/gm)).toEqual(['# Answer 1', '# Answer 2']);
});
