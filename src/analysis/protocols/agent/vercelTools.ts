import type { Answer } from '../answer/answer';
import type { GrowingItem } from '../answer/growingItem';
import { fullText, type Json, type JsonObject } from '../json/json';
import { jsonStart } from '../json/jsonStart';

/** Reads a part about a tool call of a UI message. */
export function addToolPart(answer: Answer, type: string, part: JsonObject): void {
  const id = fullText(part['toolCallId']);
  if (id === undefined) return;
  const item = answer.item(`tool/${id}`, 'tool');
  answer.identify(item, id);
  answer.name(item, part['toolName']);
  switch (type) {
    case 'tool-input-start':
      // The same id may begin again, in another step.
      item.value = undefined;
      answer.replaceArguments(item, '');
      break;
    case 'tool-input-delta':
      answer.appendArguments(item, part['inputTextDelta']);
      break;
    case 'tool-input-available':
      if (part['input'] !== undefined) setInput(answer, item, part['input']);
      break;
    case 'tool-input-error':
      if (part['input'] !== undefined) setInput(answer, item, part['input']);
      fail(answer, item, part['errorText']);
      break;
    case 'tool-output-available':
      // A preliminary output is replaced by the next.
      if (part['output'] !== undefined) answer.replaceText(item, textOf(part['output']));
      break;
    case 'tool-output-error':
      fail(answer, item, part['errorText']);
      break;
    case 'tool-output-denied':
      answer.problem('toolError');
  }
}

/** Tells of an input only what pieces haven't told. */
function setInput(answer: Answer, item: GrowingItem, input: Json): void {
  if (answer.setValue(item, input) && !item.argumentText)
    answer.tell(item, typeof input === 'string' ? input : jsonStart(input));
}

function fail(answer: Answer, item: GrowingItem, message: Json | undefined): void {
  answer.replaceText(item, fullText(message) ?? '');
  answer.problem('toolError');
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
