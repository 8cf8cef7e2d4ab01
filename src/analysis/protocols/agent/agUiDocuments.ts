import type { Answer } from '../answer/answer';
import { changeableValue, type GrowingItem } from '../answer/growingItem';
import { fullText, type Json, type JsonObject, listIn, objectIn } from '../json/json';
import { patched } from '../json/jsonPatch';
import { jsonStart } from '../json/jsonStart';

/** Number of operations that a row tells of. */
const MAX_TOLD = 100;

/** Reads an event of AG-UI about a document, such as its state; others change nothing. */
export function addDocument(answer: Answer, type: string, fields: JsonObject): void {
  const id = fullText(fields['messageId']);
  switch (type) {
    case 'STATE_SNAPSHOT':
      replace(answer, document(answer, 'state'), fields['snapshot']);
      break;
    case 'STATE_DELTA':
      patch(answer, document(answer, 'state'), fields['delta']);
      break;
    case 'MESSAGES_SNAPSHOT':
      replace(answer, document(answer, 'messages'), fields['messages']);
      break;
    case 'ACTIVITY_SNAPSHOT':
      addActivity(answer, document(answer, fullText(fields['activityType']) ?? 'activity', id), fields);
      break;
    case 'ACTIVITY_DELTA':
      patch(answer, document(answer, fullText(fields['activityType']) ?? 'activity', id), fields['patch']);
      break;
    case 'CUSTOM': {
      const item = answer.newItem('message');
      answer.name(item, fields['name']);
      replace(answer, item, fields['value']);
    }
  }
}

function document(answer: Answer, name: string, id?: string): GrowingItem {
  const item = answer.item(id === undefined ? `document/${name}` : `activity/${id}`, 'document');
  answer.name(item, name);
  answer.identify(item, id);
  return item;
}

function replace(answer: Answer, item: GrowingItem, value: Json | undefined): void {
  if (value !== undefined && answer.setValue(item, value)) answer.tell(item, jsonStart(value), true);
}

/** A snapshot of an activity may leave one that is there. */
function addActivity(answer: Answer, item: GrowingItem, fields: JsonObject): void {
  if (fields['replace'] !== false || item.value === undefined) replace(answer, item, fields['content']);
}

/** A patch that fails leaves the document as it was before the operation that fails. */
function patch(answer: Answer, item: GrowingItem, operations: Json | undefined): void {
  const pay = (value: Json) => answer.pay(item, value);
  if (!Array.isArray(operations) || !pay(operations)) {
    answer.problem('patch');
    return;
  }
  const made = patched(changeableValue(item) ?? {}, operations, (value) => answer.walk(item, value));
  item.value = made.document;
  if (!made.isWhole) answer.problem('patch');
  answer.tell(
    item,
    jsonStart(
      listIn(operations)
        .slice(0, MAX_TOLD)
        .filter((one) => objectIn(one)),
    ),
  );
}
