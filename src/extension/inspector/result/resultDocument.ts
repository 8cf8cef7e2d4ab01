import { l10n } from 'vscode';
import { protocolName } from '../../../analysis/protocols/model/protocol';
import type { ResultItem, StreamResult } from '../../../analysis/protocols/model/result';
import { copiedText, isPartial } from './itemTexts';
import { pretty } from './prettyJson';

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
    const json = pretty(item).replace(/^/gm, '    ');
    yield `${index === 0 ? '\n' : ',\n'}${json}`;
  }
  yield items.length === 0 ? ']\n}' : '\n  ]\n}';
}

/** Yields all results as Markdown, in short pieces. */
export function* markdownPieces(results: readonly StreamResult[]): Generator<string, void> {
  for (const [index, { protocol, items }] of results.entries()) {
    if (results.length > 1)
      yield `${index === 0 ? '' : '\n'}# ${l10n.t('Answer {0}', index + 1)} · ${protocolName(protocol)}\n\n`;
    for (const [place, item] of items.entries()) yield `${place === 0 ? '' : '\n'}${itemMarkdown(item)}\n`;
  }
}

function itemMarkdown(item: ResultItem): string {
  const { kind, name, text = '' } = item;
  if (kind === 'text') return text;
  if (kind === 'reasoning') return quoted(text);
  if (kind === 'error') return quoted(`**${l10n.t('Error')}${name === undefined ? '' : ` ${name}`}**: ${text}`);
  const heading = name === undefined ? '' : `**${name.replace(/[\\`*_[\]<>]/g, '\\$&')}**\n\n`;
  return `${heading}${fenced(isPartial(item) ? String(item.arguments) : copiedText(item))}`;
}

function quoted(text: string): string {
  return text.replace(/^/gm, '> ');
}

/** Returns the code between fences that are longer than any in it. */
function fenced(code: string): string {
  const longest = Math.max(2, ...(code.match(/`{3,}/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${code}\n${fence}`;
}
