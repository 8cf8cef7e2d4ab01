import { type JsonObject, type Maybe, numberIn, objectIn, textIn } from '../json/json';
import { parseJson } from '../json/parseJson';
import type { ProtocolId } from '../model/protocol';
import type { ProtocolEvent } from '../model/protocolEvent';
import { lookedAtOnce } from './lookedAtOnce';

/** All members that a line about Ollama's pull, push or create may have. */
const MEMBERS = ['status', 'digest', 'total', 'completed'];
const DIGEST = /^sha256:[0-9a-f]{12,64}$/;
/** Status of a layer, which comes with its digest and size, or has its digest within. */
const [MOVED, MADE] = [/^(?:pulling|pushing) [0-9a-f]{8,64}$/, /^[a-z ]{1,60} layer sha256:[0-9a-f]{12,64}$/];
/** Status lines that Ollama begins with; others, such as Docker, begin with capitals, and have ids. */
const FIRST =
  /^(?:(?:pulling|retrieving) manifest|reading model metadata|gathering model components|transferring model data|converting model|(?:creating|parsing|quantizing|copying) [\x20-\x7e]{1,200})$/;
/** Maximum length of a line that is looked at again. */
const MAX_LENGTH = 1000;

/** Recognises the progress lines of Ollama's pull, push and create; undefined if it is none for sure, or may be one. */
export function byProgress(value: Maybe, earlier: readonly ProtocolEvent[]): ProtocolId | undefined {
  const line = progressLine(value);
  if (!line) return undefined;
  const status = textIn(line['status']) ?? '';
  const isLayer =
    MADE.test(status) ||
    (MOVED.test(status) && DIGEST.test(textIn(line['digest']) ?? '') && numberIn(line['total']) !== undefined);
  const isOver = status === 'success' && earlier.some(isFirst);
  return isLayer || isOver ? 'ollama-progress' : undefined;
}

/** Whether it may be the first line of such a progress. */
export function mayBeProgress(value: Maybe): boolean {
  const status = textIn(progressLine(value)?.['status']) ?? '';
  return FIRST.test(status) || status === 'success' || MOVED.test(status);
}

const isFirst = lookedAtOnce(
  ({ data }) => data.length < MAX_LENGTH && FIRST.test(textIn(progressLine(parseJson(data))?.['status']) ?? ''),
);

function progressLine(value: Maybe): JsonObject | undefined {
  const object = objectIn(value);
  return object && Object.keys(object).every((name) => MEMBERS.includes(name)) ? object : undefined;
}
