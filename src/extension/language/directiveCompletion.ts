import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemProvider,
  l10n,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
} from 'vscode';
import { isFile } from './isFile';

/** Completes the directives of a `.sse` file after `:@`, each with a description. To be registered for `@`. */
export class DirectiveCompletion implements CompletionItemProvider {
  provideCompletionItems(document: TextDocument, { line, character }: Position): CompletionItem[] {
    const before = document.lineAt(line).text.slice(0, character);
    const [, space, word] = /^:@(\s*)([\w-]*)$/.exec(before) ?? [];
    if (space === undefined || word === undefined || !isFile(document.uri)) return [];
    const range = new Range(line, character - word.length, line, character);
    return directives().map(([snippet, detail], index) => {
      const item = new CompletionItem(snippet.replace(/ .*/, ''), CompletionItemKind.Keyword);
      item.detail = detail;
      item.insertText = new SnippetString(`${space === '' ? ' ' : ''}${snippet}`);
      item.range = range;
      // In our order, not alphabetically.
      item.sortText = String(index).padStart(2, '0');
      return item;
    });
  }
}

function directives(): [snippet: string, detail: string][] {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: places of a snippet
  return [
    ['wait ${1:1s}', l10n.t('A pause')],
    ['drop', l10n.t('Drops the connection')],
    ['reset', l10n.t('Resets the TCP connection')],
    ['end', l10n.t('Ends the response. Clients that have seen the last id get 204.')],
    ['stall', l10n.t('Sends nothing more on this connection')],
    ['status ${1:503} retry-after ${2:2}', l10n.t('Answers the next request with this status, once')],
    ['loop', l10n.t('Starts again at the beginning of the file')],
    ['method ${1|POST,GET|}', l10n.t('Method of the request; stands before anything that is sent')],
    ['connection', l10n.t('Recorded: here a new connection begins')],
    ['no-newline', l10n.t('Recorded: the line before has no end')],
  ];
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: places of a snippet
}
