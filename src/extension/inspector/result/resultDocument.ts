import { l10n } from 'vscode';
import { protocolName } from '../../../analysis/protocols/model/protocol';
import type { ResultItem, StreamResult } from '../../../analysis/protocols/model/result';
import { copiedPieces, isPartial } from './itemTexts';
import { pretty, prettyPieces } from './prettyJson';

/** Length of a text that is quoted at one go, in characters. */
const PORTION = 64 * 1024;

/** Yields all results as a JSON document, in short pieces: an array if there are several. */
export function* jsonPieces(results: readonly StreamResult[]): Generator<string, void> {
  const [only] = results.length === 1 ? results : [];
  if (only) yield* resultPieces(only);
  else {
    for (const [index, result] of results.entries()) {
      yield index === 0 ? '[\n' : ',\n';
      yield* resultPieces(result);
    }
    yield results.length === 0 ? '[]' : '\n]';
  }
  yield '\n';
}

function* resultPieces({ items, ...facts }: StreamResult): Generator<string, void> {
  // The items stand behind the facts, as they may be many.
  yield `${pretty(facts).slice(0, -2)},\n  "items": [`;
  for (const [index, item] of items.entries()) {
    yield `${index === 0 ? '\n' : ',\n'}    `;
    yield* prettyPieces(item, '    ');
  }
  yield items.length === 0 ? ']\n}' : '\n  ]\n}';
}

/** Yields all results as Markdown, in short pieces. */
export function* markdownPieces(results: readonly StreamResult[]): Generator<string, void> {
  for (const [index, { protocol, items }] of results.entries()) {
    if (results.length > 1)
      yield `${index === 0 ? '' : '\n'}# ${l10n.t('Answer {0}', index + 1)} · ${protocolName(protocol)}\n\n`;
    for (const [place, item] of items.entries()) {
      if (place > 0) yield '\n';
      yield* itemMarkdown(item);
      yield '\n';
    }
  }
}

function* itemMarkdown(item: ResultItem): Generator<string, void> {
  const { kind, name, text = '' } = item;
  if (kind === 'text') return yield text;
  if (kind === 'reasoning') return yield* quoted(text);
  if (kind === 'error') return yield* quoted(`**${l10n.t('Error')}${name === undefined ? '' : ` ${name}`}**: ${text}`);
  if (name !== undefined) yield `**${name.replace(/[\\`*_[\]<>]/g, '\\$&')}**\n\n`;
  yield* fenced(() => (isPartial(item) ? [String(item.arguments)] : copiedPieces(item)));
}

function* quoted(text: string): Generator<string, void> {
  yield '> ';
  for (let from = 0; from < text.length; from += PORTION)
    yield text.slice(from, from + PORTION).replace(/[\n\r\u2028\u2029]/g, '$&> ');
}

/** Yields the code between fences that are longer than any in it. @param pieces of the code, anew each time */
function* fenced(pieces: () => Iterable<string>): Generator<string, void> {
  let [run, longest] = [0, 2];
  for (const piece of pieces()) {
    for (const { 0: found, index } of piece.matchAll(/`+/g)) {
      // A run may go on from the piece before.
      run = (index === 0 ? run : 0) + found.length;
      longest = Math.max(longest, run);
    }
    if (piece !== '' && !piece.endsWith('`')) run = 0;
    // Others may have their turn.
    yield '';
  }
  const fence = '`'.repeat(longest + 1);
  yield `${fence}json\n`;
  yield* pieces();
  yield `\n${fence}`;
}
