import { Hover, type HoverProvider, type Position, Range, type TextDocument } from 'vscode';
import { directives, fields, nameOf } from './descriptions';
import { MAX_BEGINNING, placeHover } from './placeHelp';

/** Says what a directive, a field or a place does, when the pointer is on it. */
export class LineHover implements HoverProvider {
  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const { line, character } = position;
    const text = document.lineAt(line).text.slice(0, MAX_BEGINNING);
    const [, begin = '', name = ''] = /^(:@\s*|)([\w-]+)(?=[:\s]|$)/.exec(text) ?? [];
    const end = begin.length + name.length;
    const found = (begin === '' ? fields() : directives()).find(([snippet]) => nameOf(snippet) === name);
    if (!found || character > end) return placeHover(document, position);
    const [snippet, detail] = found;
    return new Hover([{ language: 'sse', value: exampleOf(begin, snippet) }, detail], new Range(line, 0, line, end));
  }
}

/** Returns a line as an example, with the defaults of the snippet's places. */
function exampleOf(begin: string, snippet: string): string {
  const line = snippet
    .replace(/\$\{\d:((?:\\.|[^}\\])*)\}/g, '$1')
    .replace(/\$\{\d\|(\w+).*?\}/g, '$1')
    .replace(/\\(.)/g, '$1');
  return `${begin === '' ? '' : ':@ '}${line.replace('$0', '…')}`;
}
