import { expect, test } from 'vitest';
import { type Position, type TextDocument, Uri } from 'vscode';
import { LineCompletion } from '../../../src/extension/language/lineCompletion';
import { DIRECTIVE_NAMES, readDirective } from '../../../src/script/directive';
import { readField } from '../../../src/stream/field';
import { type CompletionItem, EditedDocument } from '../../support/vscode/documents';

const FIELD_NAMES_OFFERED = ['data', 'event', 'id', 'retry'];

/** Returns the completions at the end of the second line. */
function offered(line: string, path = '/x.sse'): CompletionItem[] {
  const document = new EditedDocument(Uri.parse(path), 'sse', `data: a\n${line}`);
  const position = { line: 1, character: line.length } as Position;
  return new LineCompletion().provideCompletionItems(
    document as unknown as TextDocument,
    position,
  ) as unknown as CompletionItem[];
}

/** Returns the line after a completion was accepted, with the defaults of its placeholders. */
function taken(line: string, { insertText, range }: CompletionItem): string {
  const text = insertText?.value.replace(/\$\{\d:(.*?)\}/g, '$1').replace(/\$\{\d\|(\w+).*?\}/, '$1') ?? '';
  return line.slice(0, range?.column) + text;
}

test.each([':@', ':@ ', ':@wa', ':@ no-'])(
  'behind %j, all directives are offered, in our order, each with what it does',
  (line) => {
    const items = offered(line);
    expect(items.map(({ label }) => label)).toEqual(DIRECTIVE_NAMES);
    for (const { detail } of items) expect(detail).not.toBe('');
    const order = items.map(({ sortText }) => sortText);
    expect(order).toEqual([...order].sort());
    // So that they sort as texts, even with an eleventh.
    expect(new Set(order.map((text) => text.length))).toEqual(new Set([2]));
  },
);

test.each([':@', ':@ ', ':@wa', ':@  no-'])('after %j, each accepted completion makes a directive', (line) => {
  for (const item of offered(line)) {
    const whole = taken(line, item);
    expect(whole).toMatch(/^:@ +\S/);
    expect(readDirective(whole.slice(2))).toMatchObject({ name: item.label });
  }
});

test.each(['data: :@', ': @', ':@@', ':@ wait 1', ' :@', '@'])('after %j, nothing is offered', (line) => {
  expect(offered(line)).toEqual([]);
});

test.each(['', 'da', 'retry'])(
  'at the beginning of a line, after %j, the fields are offered, each with what it does',
  (line) => {
    const items = offered(line);
    expect(items.map(({ label }) => label)).toEqual(FIELD_NAMES_OFFERED);
    for (const { detail } of items) expect(detail).not.toBe('');
    for (const item of items) expect(readField(taken(line, item)).name).toBe(item.label);
  },
);

test('nothing is offered in a document that isn’t a file of the workspace, such as the other side of a diff', () => {
  expect(offered(':@', 'git:/x.sse')).toEqual([]);
  expect(offered(':@', 'untitled:x.sse')).not.toEqual([]);
});
