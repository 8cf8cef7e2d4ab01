import { describe, expect, test } from 'vitest';
import { type Position, type TextDocument, Uri } from 'vscode';
import { LineCompletion } from '../../../src/extension/language/lineCompletion';
import { LineHover } from '../../../src/extension/language/lineHover';
import { PLACE_NAMES, readPlace } from '../../../src/script/fill/place';
import { ownTime } from '../../support/time/ownTime';
import { type CompletionItem, EditedDocument } from '../../support/vscode/documents';

const FILLED = '\ufeff:@ method POST\n:@fill \n';

/** Returns the last line of a document, and the position of the `|` in it. */
function at(text: string): { document: TextDocument; position: Position; line: string } {
  const lines = text.split('\n');
  const character = lines.at(-1)?.indexOf('|') ?? 0;
  const document = new EditedDocument(Uri.parse('/x.sse'), 'sse', text.replace('|', ''));
  const position = { line: lines.length - 1, character } as Position;
  return { document: document as unknown as TextDocument, position, line: lines.at(-1)?.replace('|', '') ?? '' };
}

/** Returns the completions at the `|` of a text's last line. */
function offered(text: string): CompletionItem[] {
  const { document, position } = at(text);
  return new LineCompletion().provideCompletionItems(document, position) as unknown as CompletionItem[];
}

/** Returns the line with a completion accepted, with the defaults of its placeholders. */
function taken(text: string, { insertText, range }: CompletionItem): string {
  const { line, position } = at(text);
  const inserted = insertText?.value.replace(/\$\{\d:(.*?)\}/g, '$1') ?? '';
  return line.slice(0, range?.column) + inserted + line.slice(position.character);
}

describe('behind two braces', () => {
  test.each([
    'data: {{|',
    'data: {{|}}',
    'data: {"n": {{ r|}}',
    'id: {{|',
    ': {{|',
    ':@@ {{|',
    'data: {{{|}}}',
    'data: {{{{{{|',
    'data: {{n}}{{|',
  ])('the places are offered in a file that is filled in, each with its braces: %j', (line) => {
    const items = offered(FILLED + line);
    expect(items.map(({ label }) => label)).toEqual(['n', 'now', 'now ms', 'uuid', 'random', 'query', 'body']);
    for (const item of items) {
      const text = taken(FILLED + line, item);
      const [, place = ''] = /\{\{([^{}]*)\}\}(?!.*\{\{)/.exec(text) ?? [];
      expect(readPlace(place).by).toBe(item.label);
      expect(item.detail).not.toBe('');
    }
  });

  test.each([
    `${FILLED}data: {|`,
    `${FILLED}data: {{{{|`,
    `${FILLED}data: {{n |`,
    `${FILLED}data: {{n}}|`,
    `${FILLED}:@ body {{|`,
    'data: {{|',
    ':@ method POST\ndata: {{|',
    'data: a\n\n:@ fill\ndata: {{|',
    ':@ fill now\ndata: {{|',
    ':@@ fill\ndata: {{|',
  ])('nothing is offered elsewhere: %j', (text) => {
    expect(offered(text)).toEqual([]);
  });

  test('a line of a megabyte takes no time', () => {
    const long = `${FILLED}data: ${'{'.repeat(1_000_000)}|`;
    expect(ownTime(() => expect(offered(long)).toEqual([]))).toBeLessThan(1000);
  });
});

/** Returns the example, the sentence and the range that are shown at the `|` of a text's last line. */
function shown(text: string): [example: string, sentence: string, part: string] | undefined {
  const { document, position, line } = at(text);
  const hover = new LineHover().provideHover(document, position);
  const [example, sentence] = (hover?.contents ?? []) as unknown as [{ value: string }, string];
  const range = hover?.range as unknown as { column: number; endColumn: number } | undefined;
  return hover && [example.value, sentence, line.slice(range?.column, range?.endColumn)];
}

describe('on a place', () => {
  test.each(PLACE_NAMES)('{{%s}}, an example and what it does', (name) => {
    const [example, sentence] = shown(`${FILLED}data: {{${name}| 1}}`) ?? [];
    expect(readPlace(example?.slice(2, -2) ?? '').by).toBe(name);
    expect(sentence).not.toBe('');
  });

  test.each([
    ['data: |{{n}}', '{{n}}', '{{n}}'],
    ['data: {{n}|}', '{{n}}', '{{n}}'],
    ['data: {{{n|}}}', '{{n}}', '{{n}}'],
    ['data: {{n}} {{ now  m|s }}', '{{now ms}}', '{{ now  ms }}'],
    ['id: {{n|}}', '{{n}}', '{{n}}'],
  ])('%j', (line, example, part) => {
    const found = shown(FILLED + line);
    expect([found?.[0], found?.[2]]).toEqual([example, part]);
  });

  test.each([
    `${FILLED}data: {{n}}|`,
    `${FILLED}data: | {{n}}`,
    `${FILLED}data: {{x|}}`,
    `${FILLED}data: {{n|`,
    `${FILLED}:@ body {{n|}}`,
    'data: {{n|}}',
  ])('elsewhere, nothing: %j', (text) => {
    expect(shown(text)).toBeUndefined();
  });

  test('the field before it is described as ever', () => {
    expect(shown(`${FILLED}da|ta: {{n}}`)?.[0]).toBe('data: …');
  });
});
