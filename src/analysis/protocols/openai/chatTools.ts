import type { Answer } from '../answer/answer';
import { shortText } from '../answer/answerFacts';
import type { GrowingItem } from '../answer/growingItem';
import { idKey } from '../answer/idKey';
import { fullText, type JsonObject, type Maybe, numberIn, objectIn } from '../json/json';
import { jsonStart } from '../json/jsonStart';
import { NO_IDS, TOOL_FORMS } from './chatDialects';

/** Maximum number of a choice's tool calls that pieces can find again. */
const MAX_CALLS = 1000;

/** Tool call of a choice. */
interface ToolCall {
  /** Whether it began with an id. */
  hasId: boolean;
  index: number | undefined;
  item: GrowingItem;
}

/** Tool calls of a choice: the latest of each id, by its `idKey`, the latest of each index, and the latest of all. */
export interface ToolCalls {
  byId: Map<string, ToolCall>;
  byIndex: Map<number, ToolCall>;
  latest: ToolCall | undefined;
  count: number;
}

export function noCalls(): ToolCalls {
  return { byId: new Map(), byIndex: new Map(), latest: undefined, count: 0 };
}

/** Adds a piece of a tool call. It belongs to the call of its id, else of its index; without both, to the latest. */
export function addToolCall(answer: Answer, calls: ToolCalls, piece: JsonObject): void {
  const [id, index] = [idIn(piece['id']), numberIn(piece['index'])];
  const form = TOOL_FORMS.find(({ member }) => objectIn(piece[member])) ?? TOOL_FORMS[0];
  const tool = form && objectIn(piece[form.member]);
  const call =
    callOf(answer, calls, { id, index, name: fullText(form && tool?.[form.name]) }) ?? begin(answer, calls, id, index);
  answer.see(call.item);
  answer.identify(call.item, call.item.id === undefined ? id : undefined);
  if (!form || !tool) return;
  call.item.isFree = form.isFree;
  answer.name(call.item, tool[form.name]);
  const input = tool[form.input];
  if (typeof input === 'string') answer.appendArguments(call.item, input);
  else if (objectIn(input) && input !== undefined && answer.setValue(call.item, input))
    answer.tell(call.item, jsonStart(input));
}

function idIn(value: Maybe): string | undefined {
  const id = fullText(value);
  return id === undefined || NO_IDS.includes(id) ? undefined : id;
}

/** Returns the call that a piece belongs to; undefined if it begins one. */
function callOf(
  answer: Answer,
  calls: ToolCalls,
  { id, index, name }: { id: string | undefined; index: number | undefined; name: string | undefined },
): ToolCall | undefined {
  const ofId = id === undefined ? undefined : calls.byId.get(idKey(id));
  if (ofId) return ofId;
  const ofIndex = index === undefined ? undefined : calls.byIndex.get(index);
  if (ofIndex) return id !== undefined && name !== undefined && isOver(answer, ofIndex, name) ? undefined : ofIndex;
  return index === undefined && id === undefined ? calls.latest : undefined;
}

/**
 * Whether another id and this name at the same index, as Ollama had them, are of a new call: the call has all its arguments, or
 * has another name, as one without arguments may never have any.
 */
function isOver(answer: Answer, { hasId, item }: ToolCall, name: string): boolean {
  if (!hasId) return false;
  const isOther = item.name !== undefined && item.name !== shortText(name);
  return isOther || item.value !== undefined || answer.wholeArguments(item) !== undefined;
}

function begin(answer: Answer, calls: ToolCalls, id: string | undefined, index: number | undefined): ToolCall {
  const call = { hasId: id !== undefined, index, item: answer.newItem('tool') };
  if (calls.count === MAX_CALLS) {
    answer.problem('limit');
    return call;
  }
  calls.count += 1;
  calls.latest = call;
  if (id !== undefined) calls.byId.set(idKey(id), call);
  if (index !== undefined) calls.byIndex.set(index, call);
  return call;
}
