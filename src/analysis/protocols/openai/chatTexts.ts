import type { Answer } from '../answer/answer';
import { fullText, type Json, type JsonObject, listIn, type Maybe, objectIn, valueAt } from '../json/json';
import type { ItemKind } from '../model/result';
import { CONTENT_PARTS, REASONING_FIELDS, REASONING_LISTS, type TEXT_FIELDS } from './chatDialects';

/** Adds to a text of a choice: a piece, or a list of parts. */
export function addContent(
  answer: Answer,
  choice: number,
  field: (typeof TEXT_FIELDS)[number] | undefined,
  value: Json,
): void {
  if (field === undefined) return;
  const { key, kind, name } = field;
  if (typeof value === 'string') append(answer, choice, { key, kind, name }, value);
  for (const part of listIn(value)) {
    const type = fullText(valueAt(part, ['type'])) ?? '';
    const form = Object.hasOwn(CONTENT_PARTS, type) ? CONTENT_PARTS[type] : undefined;
    const text = form && textOf(valueAt(part, form.path));
    if (form && text) append(answer, choice, { key: form.kind, kind: form.kind }, text);
  }
}

/** Adds a delta's reasoning. Fields that say the same as the first that isn't empty are left out. */
export function addReasoning(answer: Answer, choice: number, delta: JsonObject): void {
  const text = reasoningIn(delta);
  if (text !== undefined) append(answer, choice, { key: 'reasoning', kind: 'reasoning' }, text);
}

function reasoningIn(delta: JsonObject): string | undefined {
  for (const path of REASONING_FIELDS) {
    const text = fullText(valueAt(delta, path));
    if (text !== undefined) return text;
  }
  for (const { path, texts } of REASONING_LISTS) {
    const pieces = listIn(valueAt(delta, path)).flatMap((part) => texts.map((at) => fullText(valueAt(part, at)) ?? ''));
    const text = pieces.join('');
    if (text !== '') return text;
  }
  return undefined;
}

function append(
  answer: Answer,
  choice: number,
  how: { key: string; kind: ItemKind; name?: string | undefined },
  text: string,
) {
  if (text === '') return;
  const item = answer.item(`${choice}/${how.key}`, how.kind);
  answer.name(item, how.name);
  // The first choice is the answer; another one is told by its index.
  if (choice > 0) answer.identify(item, String(choice));
  answer.append(item, text);
}

/** Returns a text, or those of a list of parts. */
function textOf(value: Maybe): string {
  if (typeof value === 'string') return value;
  return listIn(value)
    .map((part) => fullText(objectIn(part)?.['text']) ?? '')
    .join('');
}
