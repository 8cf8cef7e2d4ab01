import type { Answer } from '../answer/answer';
import type { GrowingItem } from '../answer/growingItem';
import { idKey } from '../answer/idKey';
import { fullText, type JsonObject, listIn, type Maybe, numberIn, objectIn } from '../json/json';
import { MAX_ITEMS } from '../model/limits';
import type { ItemKind } from '../model/result';

/** Number of a response's first outputs that are found again though their index and id have changed. */
const MAX_SOUGHT = 200;

/** Output of a response: a message with its parts, a tool call, or reasoning. */
export interface Output {
  /** Beginning of the keys of its items. */
  key: string;
  type: string;
  /** Whether the final response has told of it. */
  isFinal: boolean;
}

/** Outputs of a response, by the places that events name. */
export interface OutputPlaces {
  /** By `output_index`, else by the order in which they came. */
  byKey: Map<string, Output>;
  /** By the `idKey` of their id. */
  byId: Map<string, Output>;
  latest: Output | undefined;
  made: number;
}

/** Pieces by the end of their event's type: what they add to, by which index, and the member that has all of it at the end. */
const PIECES: readonly { name: string; kind: ItemKind; part: string; index: string; whole: string; type: string }[] = [
  { name: 'output_text', kind: 'text', part: 'text', index: 'content_index', whole: 'text', type: 'message' },
  { name: 'refusal', kind: 'text', part: 'text', index: 'content_index', whole: 'refusal', type: 'message' },
  {
    name: 'audio.transcript',
    kind: 'text',
    part: 'audio',
    index: 'content_index',
    whole: 'transcript',
    type: 'message',
  },
  {
    name: 'reasoning_summary_text',
    kind: 'reasoning',
    part: 'summary',
    index: 'summary_index',
    whole: 'text',
    type: 'reasoning',
  },
  { name: 'reasoning_text', kind: 'reasoning', part: 'text', index: 'content_index', whole: 'text', type: 'reasoning' },
];
/** Pieces that are arguments of tool calls, and the member that has all of them. */
const INPUTS: readonly { name: string; whole: string; isFree: boolean; type: string }[] = [
  { name: 'function_call_arguments', whole: 'arguments', isFree: false, type: 'function_call' },
  { name: 'mcp_call_arguments', whole: 'arguments', isFree: false, type: 'mcp_call' },
  { name: 'custom_tool_call_input', whole: 'input', isFree: true, type: 'custom_tool_call' },
  { name: 'code_interpreter_call_code', whole: 'code', isFree: true, type: 'code_interpreter_call' },
  { name: 'shell_call_command', whole: 'command', isFree: true, type: 'shell_call' },
];

/** Returns the output that an event is about: of its index, else of its item's id, else the latest. */
export function outputOf(places: OutputPlaces, fields: JsonObject, item?: JsonObject, type = ''): Output {
  const index = numberIn(fields['output_index']);
  const id = fullText(fields['item_id']) ?? (item && idOf(item));
  const ofIndex = index === undefined ? undefined : places.byKey.get(String(index));
  const known = ofIndex ?? (index === undefined && id !== undefined ? places.byId.get(idKey(id)) : undefined);
  // Only a piece goes on with the latest; an item that nobody knows is a new one.
  const found = known ?? (index === undefined && item === undefined ? places.latest : undefined);
  const output = found ?? make(places, String(index ?? places.made), fullText(item?.['type']) ?? type);
  if (id !== undefined && places.byId.size < MAX_ITEMS) places.byId.set(idKey(id), output);
  places.latest = output;
  return output;
}

/** Returns the output that stands at an index of the final response. That may leave some out, or have other ids. */
export function outputOfFinal(places: OutputPlaces, index: number, item: JsonObject): Output {
  const type = fullText(item['type']) ?? '';
  const id = idOf(item);
  const fits = (output: Output | undefined) => output?.type === type && !output.isFinal;
  const candidates = [id === undefined ? undefined : places.byId.get(idKey(id)), places.byKey.get(String(index))];
  const found = candidates.find(fits) ?? (index < MAX_SOUGHT ? firstOutputs(places).find(fits) : undefined);
  const output = found ?? make(places, places.byKey.has(String(index)) ? `new ${places.made}` : String(index), type);
  output.isFinal = true;
  return output;
}

/** Returns the outputs among which one is looked for that has another id and index in the final response. */
function firstOutputs({ byKey }: OutputPlaces): Output[] {
  const first: Output[] = [];
  for (const output of byKey.values()) {
    if (first.length === MAX_SOUGHT) break;
    first.push(output);
  }
  return first;
}

/** Some servers give a function's call no id, and name it by that of the call. */
function idOf(item: JsonObject): string | undefined {
  const callId = fullText(item['call_id']);
  return fullText(item['id']) ?? (callId === undefined ? undefined : `fc_${callId}`);
}

function make(places: OutputPlaces, key: string, type: string): Output {
  const output = { key, type, isFinal: false };
  places.made += 1;
  if (places.byKey.size < MAX_ITEMS) places.byKey.set(key, output);
  return output;
}

/** Reads an event about a piece of an output: `….delta` adds, `….done` has all of it. */
export function addPiece(answer: Answer, places: OutputPlaces, type: string, fields: JsonObject): void {
  const [, name = '', end = ''] = /^response\.(.+)\.(delta|done)$/.exec(type) ?? [];
  const piece = PIECES.find((one) => one.name === name);
  const input = INPUTS.find((one) => one.name === name);
  if (piece) {
    const { key } = outputOf(places, fields, undefined, piece.type);
    const item = answer.item(`${key}/${piece.part}/${numberIn(fields[piece.index]) ?? 0}`, piece.kind);
    if (name === 'refusal') answer.name(item, name);
    if (end === 'delta') answer.append(item, fields['delta']);
    else answer.replaceText(item, fields[piece.whole]);
  } else if (input) {
    const { key } = outputOf(places, fields, undefined, input.type);
    const item = answer.item(`${key}/tool`, 'tool');
    item.isFree = input.isFree;
    if (end === 'delta') answer.appendArguments(item, fields['delta']);
    else answer.replaceArguments(item, fields[input.whole]);
  } else if (type.startsWith('response.content_part.')) addPart(answer, places, fields);
  else if (/_call\.|partial_image$/.test(type)) see(answer, outputOf(places, fields));
}

function addPart(answer: Answer, places: OutputPlaces, fields: JsonObject): void {
  const part = objectIn(fields['part']);
  if (!part) return;
  const type = part['type'] === 'reasoning_text' ? 'reasoning' : 'message';
  addTextPart(answer, outputOf(places, fields, undefined, type), numberIn(fields['content_index']) ?? 0, part);
}

function addTextPart(answer: Answer, { key }: Output, index: number, part: JsonObject, from = 'text'): void {
  const text = [part['text'], part['refusal'], part['transcript']].find((one) => typeof one === 'string');
  const type = fullText(part['type']) ?? '';
  const isReasoning = type === 'reasoning_text' || type === 'summary_text';
  const place = type === 'output_audio' ? 'audio' : from;
  // An empty part never erases, and is nothing to see before it has text.
  if (!text) return;
  const item = answer.item(`${key}/${place}/${index}`, isReasoning ? 'reasoning' : 'text');
  if (type === 'refusal') answer.name(item, type);
  answer.replaceText(item, text);
}

function see(answer: Answer, { key }: Output): void {
  const item = answer.find(`${key}/tool`);
  if (item) answer.see(item);
}

/** Reads an output as it stands. @param isDone whether its fields are final, and replace all that came in pieces */
export function addOutput(answer: Answer, output: Output, item: JsonObject, isDone: boolean): void {
  output.type ||= fullText(item['type']) ?? '';
  for (const [index, part] of listIn(item['content']).entries()) {
    const fields = objectIn(part);
    if (fields) addTextPart(answer, output, index, fields);
  }
  for (const [index, part] of listIn(item['summary']).entries()) {
    const fields = objectIn(part);
    if (fields) addTextPart(answer, output, index, fields, 'summary');
  }
  if (/_(?:call|tools|request)$/.test(output.type)) addCall(answer, output, item, isDone);
}

function addCall(answer: Answer, { key, type }: Output, fields: JsonObject, isDone: boolean): void {
  const item = answer.item(`${key}/tool`, 'tool');
  const form = INPUTS.find((one) => one.type === type);
  // Tools of the server, such as a search, have no name.
  answer.name(item, fullText(fields['name']) ?? item.name ?? type);
  answer.identify(item, fullText(fields['call_id']) ?? (item.id === undefined ? fields['id'] : undefined));
  if (form) item.isFree = form.isFree;
  const input = form ? fields[form.whole] : (fields['action'] ?? fields['queries']);
  if (typeof input === 'string') {
    if (input !== '' || isDone) setArguments(answer, item, input);
  } else if (typeof input === 'object' && input !== null) answer.setValue(item, input);
  addToolOutput(answer, item, fields['output'], fields['error']);
}

/** An empty text never erases arguments that came in pieces. */
function setArguments(answer: Answer, item: GrowingItem, text: string): void {
  if (text !== '' || item.argumentText === undefined) answer.replaceArguments(item, text);
}

function addToolOutput(answer: Answer, item: GrowingItem, output: Maybe, error: Maybe): void {
  if (typeof output === 'string') answer.replaceText(item, output);
  const message = typeof error === 'string' ? error : fullText(objectIn(error)?.['message']);
  if (!message) return;
  answer.replaceText(item, message);
  answer.problem('toolError');
}
