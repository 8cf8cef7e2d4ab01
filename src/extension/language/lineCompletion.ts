import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
} from 'vscode';
import { type Description, directives, fields, nameOf, places } from './descriptions';
import { isFile } from './isFile';
import { begunPlace, MAX_BEGINNING, placeName } from './placeHelp';

/** Completes directives after `:@`, fields at the beginning of a line, and places after `{{`, each with a description. */
export class LineCompletion implements CompletionItemProvider {
  provideCompletionItems(document: TextDocument, position: Position): CompletionItem[] {
    if (!isFile(document.uri)) return [];
    const { line, character } = position;
    const place = begunPlace(document, position);
    if (place) {
      const range = new Range(line, character - place.word.length, line, character);
      return places().map((one, index) => newItem(one, placeName(one[0]), index, range, { after: place.closing }));
    }
    if (character > MAX_BEGINNING) return [];
    const before = document.lineAt(line).text.slice(0, character);
    const [, begin, word] = /^(:@\s*|)([\w-]*)$/.exec(before) ?? [];
    if (begin === undefined || word === undefined) return [];
    const range = new Range(line, character - word.length, line, character);
    const all = begin === '' ? fields() : directives();
    return all.map((one, index) => newItem(one, nameOf(one[0]), index, range, { before: begin === ':@' ? ' ' : '' }));
  }
}

/** @param around texts that are inserted before and after the snippet */
function newItem(
  [snippet, detail]: Description,
  label: string,
  index: number,
  range: Range,
  { before = '', after = '' }: { before?: string; after?: string },
): CompletionItem {
  const item = new CompletionItem(label, CompletionItemKind.Keyword);
  item.detail = detail;
  item.insertText = new SnippetString(`${before}${snippet}${after}`);
  item.range = range;
  // In our order, not alphabetically.
  item.sortText = String(index).padStart(2, '0');
  return item;
}
