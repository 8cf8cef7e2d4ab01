import type { TextDocument } from 'vscode';
import { readField } from '../../../stream/field';
import type { Turns } from '../../../turns/turns';

/** An event of a script, as lines of its file. */
export interface EventBlock {
  /** First and last line with text, from 0. */
  start: number;
  end: number;
  type: string;
  id: string | undefined;
  /** Lines with data: numbers and values. */
  data: { line: number; value: string }[];
  /** Whether a directive stands within it, such as a drop in the middle of its data. */
  isDivided: boolean;
}

/** Maximum length of a line that is read, in UTF-16 code units; a longer one is taken for data without its rest. */
const MAX_LINE = 100_000;

/** Maximum number of events of a document that are listed, and of lines that are read for them: each with data takes 50 bytes. */
const [MAX_BLOCKS, MAX_LINES] = [10_000, 1_000_000];

/** Resolves with a document's events, read in turns; undefined if it was cancelled, or lines were added or removed meanwhile. */
export async function eventBlocks(
  document: Pick<TextDocument, 'lineCount' | 'lineAt'>,
  turns: Turns,
  isCancelled: () => boolean,
): Promise<EventBlock[] | undefined> {
  const { lineCount } = document;
  const blocks: EventBlock[] = [];
  let block: EventBlock | undefined;
  for (let line = 0; line < Math.min(lineCount, MAX_LINES) && blocks.length < MAX_BLOCKS; line += 1) {
    if (turns.isOver) await turns.next();
    // VS Code may tell of an edit before it cancels what reads the document.
    if (isCancelled() || document.lineCount !== lineCount) return undefined;
    const text = document.lineAt(line).text.slice(0, MAX_LINE);
    if (text !== '') block = withLine(block, text, line);
    if (block && (text === '' || line === lineCount - 1)) blocks.push(block);
    if (text === '') block = undefined;
  }
  return blocks;
}

/** Returns the block with the line; undefined if there is none yet, and the line begins none. */
function withLine(block: EventBlock | undefined, text: string, line: number): EventBlock | undefined {
  const { name, value } = readField(text);
  const isField = name === 'data' || name === 'event' || name === 'id';
  if (!block && !isField) return undefined;
  const known = block ?? { start: line, end: line, type: 'message', id: undefined, data: [], isDivided: false };
  known.end = line;
  if (/^:@(?!@)/.test(text)) known.isDivided = true;
  else if (name === 'data') known.data.push({ line, value });
  else if (name === 'event') known.type = value || 'message';
  else if (name === 'id') known.id = value;
  return known;
}
