import type { TextDocument } from 'vscode';
import type { Turns } from '../../../turns/turns';

/** Size of what is encoded at one go, in UTF-16 code units, and the cost of a line in addition to its own: half a millisecond. */
const PIECE = 64 * 1024;
const LINE_COST = 16;

/**
 * Resolves with a document as UTF-8, with LF behind its lines, encoded in turns: VS Code keeps lines alone, and takes a tenth
 * of a second to make one text of some millions. Undefined if it was cancelled, or edited meanwhile.
 */
export async function documentBytes(
  document: Pick<TextDocument, 'lineCount' | 'lineAt' | 'version'>,
  turns: Turns,
  isCancelled: () => boolean,
): Promise<Uint8Array | undefined> {
  const { lineCount, version } = document;
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (let line = 0; line < lineCount; ) {
    if (turns.isOver) await turns.next();
    if (isCancelled() || document.version !== version) return undefined;
    const lines: string[] = [];
    for (let left = PIECE; left > 0 && line < lineCount; line += 1) {
      const { text } = document.lineAt(line);
      lines.push(text);
      left -= text.length + LINE_COST;
    }
    const piece = encoder.encode(lines.join('\n') + (line < lineCount ? '\n' : ''));
    pieces.push(piece);
    size += piece.length;
  }
  return joined(pieces, size);
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
