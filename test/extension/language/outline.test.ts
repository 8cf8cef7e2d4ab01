import { expect, test } from 'vitest';
import { type CancellationToken, type DocumentSymbol, type TextDocument, Uri } from 'vscode';
import { Outline } from '../../../src/extension/language/outline';
import { Turns } from '../../../src/turns/turns';
import { longestGo } from '../../support/time/longestGo';
import { EditedDocument } from '../../support/vscode/documents';
import { Range } from '../../support/vscode/index';

const SCRIPT = `retry: 500

: two lines before it
id: 1
event: order
data: {"number": 1,
data: "status": "packed"}

:@ wait 1s
data: a

id: 2
:@ drop
data: b`;

const document = (text: string) => new EditedDocument(Uri.parse('/x.sse'), 'sse', text) as unknown as TextDocument;
const token = (isCancellationRequested = false) => ({ isCancellationRequested }) as CancellationToken;

test('the outline lists each event, with its type, its id and the beginning of its data', async () => {
  const symbols = await new Outline(new Turns()).provideDocumentSymbols(document(SCRIPT), token());
  const shown = symbols.map(({ name, detail, range }: DocumentSymbol) => [
    name,
    detail,
    range.start.line,
    range.end.line,
  ]);
  expect(shown).toEqual([
    ['order', 'id 1 · {"number": 1,', 3, 6],
    ['message', 'a', 9, 9],
    ['message', 'id 2 · b', 11, 13],
  ]);
});

test('each event of several lines can be folded', async () => {
  const ranges = await new Outline(new Turns()).provideFoldingRanges(document(SCRIPT), undefined, token());
  expect(ranges.map(({ start, end }) => [start, end])).toEqual([
    [3, 6],
    [11, 13],
  ]);
});

test('a type or data from outside is cut and made plain', async () => {
  const text = `event: ${'x'.repeat(500)}\ndata: [a](command:x)\u202e\n\n`;
  const [symbol] = await new Outline(new Turns()).provideDocumentSymbols(document(text), token());
  expect(symbol?.name).toHaveLength(100);
  expect(symbol?.detail).toBe('[a]\u2060(command:x)⟨U+202E⟩');
});

test('a document that was closed meanwhile has no outline', async () => {
  expect(await new Outline(new Turns()).provideDocumentSymbols(document(SCRIPT), token(true))).toEqual([]);
});

test('a document that loses lines while it is read has no outline, even before VS Code cancels it', async () => {
  const edited = new EditedDocument(Uri.parse('/x.sse'), 'sse', 'data: x\n\n'.repeat(1000));
  const turns = new Turns();
  turns.add(() => edited.edit('data: x'));
  Object.defineProperty(turns, 'isOver', { get: () => edited.lineCount > 1 });
  const outline = new Outline(turns).provideDocumentSymbols(edited as unknown as TextDocument, token());
  expect(await outline).toEqual([]);
});

test('of 20,000 events the first 10,000 are listed, in turns', async () => {
  const lines = Array.from({ length: 40_000 }, (_, index) => (index % 2 === 0 ? 'data: x' : ''));
  const long = {
    lineCount: lines.length,
    lineAt: (line: number) => ({ text: lines[line], range: new Range(line, 0, line, 7) }),
  };
  const made = new Outline(new Turns()).provideDocumentSymbols(long as unknown as TextDocument, token());
  expect(await longestGo(made)).toBeLessThan(100);
  expect(await made).toHaveLength(10_000);
});

test('of a document of 50 MB of lines the first million are read: eight millions took 400 MB', async () => {
  let read = 0;
  const lineAt = (line: number) => {
    read += 1;
    return { text: line === 1 ? '' : 'data:', range: new Range(line, 0, line, 5) };
  };
  const long = { lineCount: 8_300_000, lineAt } as unknown as TextDocument;
  const symbols = await new Outline(new Turns()).provideDocumentSymbols(long, token());
  // The second event goes on behind them.
  expect(symbols).toHaveLength(1);
  expect(read).toBeLessThan(1_000_010);
});
