import { closedJson } from '../../../analysis/protocols/json/closedJson';
import { sizeOf } from '../../../analysis/protocols/json/sizeOf';
import type { ResultItem } from '../../../analysis/protocols/model/result';
import { pretty, prettyPieces } from './prettyJson';

/** Maximum size of a value that is written as JSON for the page, in characters: more would take longer than 10 ms. */
const MAX_VALUE = 256 * 1024;
/** Maximum length of arguments that may go on, up to which they are shown as the JSON that they become. */
const MAX_PARTIAL = 64 * 1024;

/** Whether the item's arguments are a text that may go on, and no value. */
export function isPartial({ kind, arguments: value }: ResultItem): boolean {
  return kind === 'tool' && typeof value === 'string';
}

/**
 * Returns the item's value as pretty JSON, or as the text so far; undefined if it is too large to be shown.
 * @param mayGoOn whether the text may go on: then it is shown as the JSON that it becomes, as far as that is certain
 */
export function valueText(item: ResultItem, mayGoOn = false): string | undefined {
  const { arguments: value } = item;
  if (value === undefined) return '';
  if (isPartial(item)) return partialText(String(value), mayGoOn);
  return sizeOf(value, MAX_VALUE) > MAX_VALUE ? undefined : pretty(value);
}

function partialText(text: string, mayGoOn: boolean): string {
  const value = mayGoOn && text.length <= MAX_PARTIAL ? closedJson(text) : undefined;
  return value === undefined ? text : pretty(value);
}

/** Yields what a copy of the item is, in short pieces: a call or a value as JSON, else the item's text. */
export function* copiedPieces({ kind, name, id, text, arguments: value }: ResultItem): Generator<string, void> {
  if (kind === 'text' || kind === 'reasoning' || kind === 'error') return yield text ?? '';
  if (kind === 'document') return yield* prettyPieces(value ?? text ?? null);
  const named = { ...(name !== undefined && { name }), ...(id !== undefined && { id }) };
  const content = { ...(value !== undefined && { arguments: value }), ...(text !== undefined && { text }) };
  yield* prettyPieces({ ...named, ...content });
}
