import type { Range, TextDocument } from 'vscode';

/** A document and the part of it that is selected; an editor has both. */
export interface Selected {
  document: Pick<TextDocument, 'lineAt' | 'lineCount'>;
  selection: Pick<Range, 'start' | 'end'>;
}

/**
 * Returns the beginning of what is selected, with LF behind its lines. It is read line by line: to make one text of
 * millions of lines takes VS Code a second.
 * @param most maximum length, in UTF-16 code units @param mostLines maximum number of lines
 */
export function selectedText({ document, selection }: Selected, most: number, mostLines = Infinity): string {
  const { start, end } = selection;
  // VS Code tells of an edit before it tells of the selection behind it.
  const behind = Math.min(end.line + 1, start.line + mostLines, document.lineCount);
  const lines: string[] = [];
  for (let [line, left] = [start.line, most]; line < behind && left > 0; line += 1) {
    const { text } = document.lineAt(line);
    const from = line === start.line ? start.character : 0;
    const part = text.slice(from, Math.min(line === end.line ? end.character : text.length, from + left));
    lines.push(part);
    left -= part.length + 1;
  }
  return lines.join('\n');
}
