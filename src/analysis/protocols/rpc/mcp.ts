import type { Answer } from '../answer/answer';
import type { GrowingItem } from '../answer/growingItem';
import { fullText, type Json, listIn, type Maybe, valueAt } from '../json/json';
import { jsonStart } from '../json/jsonStart';

/** Name of an item that is a response. */
export const RESPONSE = 'response';

/** Adds the result of a response, with the texts that it holds. */
export function addResult(answer: Answer, item: GrowingItem, result: Json): void {
  answer.name(item, RESPONSE);
  const texts = listIn(valueAt(result, ['content'])).flatMap((part) => fullText(valueAt(part, ['text'])) ?? []);
  if (texts.length > 0) answer.append(item, texts.join('\n'));
  if (answer.setValue(item, result) && texts.length === 0) answer.tell(item, jsonStart(result));
  if (valueAt(result, ['isError']) === true) answer.problem('toolError');
}

/** Replaces the progress of a token. @returns whether it has one */
export function addProgress(answer: Answer, params: Maybe): boolean {
  const token = valueAt(params, ['progressToken']);
  if (params === undefined || (typeof token !== 'string' && typeof token !== 'number')) return false;
  const id = JSON.stringify(token);
  const item = answer.item(`progress/${id}`, 'message');
  answer.name(item, 'notifications/progress');
  answer.identify(item, id);
  answer.replaceText(item, valueAt(params, ['message']));
  if (answer.setValue(item, params)) answer.tell(item, jsonStart(params), true);
  return true;
}
