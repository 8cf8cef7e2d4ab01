import { type Diagnostic, DiagnosticSeverity, l10n, Range } from 'vscode';
import { withoutPlaces } from '../../script/fill/withoutPlaces';
import { isJson } from '../../text/jsonSyntax';
import type { EventBlock } from './document/eventBlocks';
import { newDiagnostic } from './newDiagnostic';

/** Maximum length of data that is checked, in UTF-16 code units: a window waits for it. */
const MAX_DATA = 200_000;
/** Matches the beginning of JSON, but not a mark such as `[DONE]`. */
const BEGINS_JSON = /^\s*[{[](?!\s*[A-Z_]+\s*\]\s*$)/;

/**
 * Returns a hint if the data of an event looks like JSON and isn't valid; else undefined. A hint isn't listed among the
 * problems: it may be meant.
 * @param isFilled whether its places are filled in
 */
export function jsonHint({ data, isDivided }: EventBlock, isFilled: boolean): Diagnostic | undefined {
  const first = data[0];
  const last = data.at(-1);
  const length = data.reduce((sum, { value }) => sum + value.length + 1, -1);
  // A fault in the middle cuts its JSON on purpose.
  if (!first || !last || isDivided || length > MAX_DATA) return undefined;
  const text = data.map(({ value }) => (isFilled ? withoutPlaces(value) : value)).join('\n');
  if (!BEGINS_JSON.test(text) || isJson(text)) return undefined;
  const range = new Range(first.line, 0, last.line, last.value.length + 'data: '.length);
  const message = l10n.t('The data looks like JSON, but isn’t valid: clients that parse it will fail.');
  return newDiagnostic(range, message, DiagnosticSeverity.Hint);
}
