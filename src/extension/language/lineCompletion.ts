import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
} from 'vscode';
import { type Description, directives, fields, nameOf } from './descriptions';
import { isFile } from './isFile';

/** Completes directives after `:@`, and fields at the beginning of a line, each with a description. */
export class LineCompletion implements CompletionItemProvider {
  provideCompletionItems(document: TextDocument, { line, character }: Position): CompletionItem[] {
    const before = document.lineAt(line).text.slice(0, character);
    const [, begin, word] = /^(:@\s*|)([\w-]*)$/.exec(before) ?? [];
    if (begin === undefined || word === undefined || !isFile(document.uri)) return [];
    const range = new Range(line, character - word.length, line, character);
    return begin === ''
      ? fields().map((field, index) => newItem(field, index, range))
      : directives().map((directive, index) => newItem(directive, index, range, begin === ':@' ? ' ' : ''));
  }
}

/** @param before text that is inserted before the snippet */
function newItem([snippet, detail]: Description, index: number, range: Range, before = ''): CompletionItem {
  const item = new CompletionItem(nameOf(snippet), CompletionItemKind.Keyword);
  item.detail = detail;
  item.insertText = new SnippetString(`${before}${snippet}`);
  item.range = range;
  // In our order, not alphabetically.
  item.sortText = String(index).padStart(2, '0');
  return item;
}
