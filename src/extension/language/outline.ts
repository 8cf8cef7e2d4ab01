import {
  type CancellationToken,
  DocumentSymbol,
  type DocumentSymbolProvider,
  FoldingRange,
  type FoldingRangeProvider,
  Range,
  SymbolKind,
  type TextDocument,
} from 'vscode';
import type { Turns } from '../../turns/turns';
import { plainText } from '../shared/output/plainText';
import { type EventBlock, eventBlocks } from './document/eventBlocks';

/** Maximum length of an event's type or description in the outline, in UTF-16 code units. */
const MAX_NAME = 100;

/** Lists the events of a script in the outline, and folds each. */
export class Outline implements DocumentSymbolProvider, FoldingRangeProvider {
  readonly #turns: Turns;

  /** @param turns shared by all work in this window */
  constructor(turns: Turns) {
    this.#turns = turns;
  }

  async provideDocumentSymbols(document: TextDocument, token: CancellationToken): Promise<DocumentSymbol[]> {
    const symbols: DocumentSymbol[] = [];
    const { version } = document;
    for (const block of await this.#blocks(document, token)) {
      if (this.#turns.isOver) await this.#turns.next();
      // The document may have fewer lines now.
      if (token.isCancellationRequested || document.version !== version) return [];
      symbols.push(symbolOf(block, document));
    }
    return symbols;
  }

  async provideFoldingRanges(document: TextDocument, _: unknown, token: CancellationToken): Promise<FoldingRange[]> {
    const blocks = await this.#blocks(document, token);
    return blocks.filter(({ start, end }) => end > start).map(({ start, end }) => new FoldingRange(start, end));
  }

  async #blocks(document: TextDocument, token: CancellationToken): Promise<EventBlock[]> {
    return (await eventBlocks(document, this.#turns, () => token.isCancellationRequested)) ?? [];
  }
}

function symbolOf({ start, end, type, id, data }: EventBlock, document: TextDocument): DocumentSymbol {
  const description = [...(id === undefined ? [] : [`id ${id}`]), data[0]?.value ?? ''].join(' · ');
  const [first, last] = [document.lineAt(start).range, document.lineAt(end).range];
  const whole = new Range(start, 0, end, last.end.character);
  return new DocumentSymbol(
    plainText(type, MAX_NAME),
    plainText(description, MAX_NAME),
    SymbolKind.Event,
    whole,
    first,
  );
}
