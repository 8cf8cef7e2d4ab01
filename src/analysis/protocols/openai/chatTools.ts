import type { Answer } from '../answer/answer';
import type { GrowingItem } from '../answer/growingItem';
import { fullText, type JsonObject, type Maybe, numberIn, objectIn } from '../json/json';
import { wholeValue } from '../json/partialJson';
import { NO_IDS, TOOL_FORMS } from './chatDialects';

/** Maximum number of a choice's tool calls that pieces can find again. */
const MAX_CALLS = 1000;

/** Tool call of a choice. */
interface ToolCall {
  /** Id that it began with; undefined if it had none. */
  id: string | undefined;
  index: number | undefined;
  item: GrowingItem;
}

/** Tool calls of a choice, the latest last. */
export type ToolCalls = ToolCall[];

/** Adds a piece of a tool call. It belongs to the call of its id, else of its index; without both, to the latest. */
export function addToolCall(answer: Answer, calls: ToolCalls, piece: JsonObject): void {
  const [id, index] = [idIn(piece['id']), numberIn(piece['index'])];
  const form = TOOL_FORMS.find(({ member }) => objectIn(piece[member])) ?? TOOL_FORMS[0];
  const tool = form && objectIn(piece[form.member]);
  const call = callOf(calls, id, index, fullText(form && tool?.[form.name])) ?? begin(answer, calls, id, index);
  answer.see(call.item);
  answer.identify(call.item, call.item.id === undefined ? id : undefined);
  if (!form || !tool) return;
  call.item.isFree = form.isFree;
  answer.name(call.item, tool[form.name]);
  const input = tool[form.input];
  if (typeof input === 'string') answer.appendArguments(call.item, input);
  else if (objectIn(input) && input !== undefined && answer.setValue(call.item, input))
    answer.tell(call.item, JSON.stringify(input));
}

function idIn(value: Maybe): string | undefined {
  const id = fullText(value);
  return id === undefined || NO_IDS.includes(id) ? undefined : id;
}

/** Returns the call that a piece belongs to; undefined if it begins one. */
function callOf(calls: ToolCalls, id?: string, index?: number, name?: string): ToolCall | undefined {
  const ofId = id === undefined ? undefined : calls.findLast((call) => call.id === id);
  if (ofId) return ofId;
  const ofIndex = index === undefined ? undefined : calls.findLast((call) => call.index === index);
  if (ofIndex) return id !== undefined && name !== undefined && isWhole(ofIndex) ? undefined : ofIndex;
  return index === undefined && id === undefined ? calls.at(-1) : undefined;
}

/** Whether a call has all its arguments: then another id and name at the same index, as Ollama had them, are of a new call. */
function isWhole({ id, item }: ToolCall): boolean {
  return id !== undefined && (item.value !== undefined || wholeValue(item.argumentText ?? '') !== undefined);
}

function begin(answer: Answer, calls: ToolCalls, id: string | undefined, index: number | undefined): ToolCall {
  const call = { id, index, item: answer.newItem('tool') };
  if (calls.length < MAX_CALLS) calls.push(call);
  return call;
}
