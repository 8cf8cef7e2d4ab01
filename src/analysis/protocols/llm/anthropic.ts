import type { Answer } from '../answer/answer';
import type { Answers } from '../answer/answers';
import type { Assembler } from '../answer/assembler';
import { errorIn } from '../answer/errorIn';
import type { GrowingItem } from '../answer/growingItem';
import { fullText, type JsonObject, listIn, type Maybe, numberIn, objectIn, valueAt } from '../json/json';
import type { ResultUsage } from '../model/result';

/** State of an assembly of messages. */
export interface AnthropicState {
  answers: Answers;
  /** Id of the current message; undefined if none began. */
  id: string | undefined;
}

const USAGE: readonly [figure: keyof ResultUsage, path: readonly string[]][] = [
  ['input', ['input_tokens']],
  ['output', ['output_tokens']],
  ['cached', ['cache_read_input_tokens']],
  ['reasoning', ['output_tokens_details', 'thinking_tokens']],
];

/** Assembles Anthropic Messages, and the `completion` events of old. */
export const anthropic: Assembler<AnthropicState> = {
  start: (answers) => ({ answers, id: undefined }),
  add(state, _event, value) {
    const fields = objectIn(value);
    if (!fields) return;
    if (fields['type'] === 'message_start') startMessage(state, objectIn(fields['message']) ?? {});
    else addEvent(state.answers.current, fields);
  },
  end: ({ answers }) => answers.current.close(),
};

/** A proxy may tell of the same message twice; another one ends it. */
function startMessage(state: AnthropicState, message: JsonObject): void {
  const id = fullText(message['id']) ?? '';
  const before = state.answers.hasBegun ? state.answers.current : undefined;
  if (before && state.id !== undefined) {
    if (!before.isComplete && id === state.id) return;
    if (!before.isComplete) before.problem('restarted');
    state.answers.begin();
  }
  state.id = id;
  const answer = state.answers.current;
  answer.setModel(message['model']);
  answer.setStop(message['stop_reason']);
  addUsage(answer, message['usage']);
  for (const [index, one] of listIn(message['content']).entries()) {
    const block = objectIn(one);
    if (block) startBlock(answer, index, block);
  }
}

function addEvent(answer: Answer, fields: JsonObject): void {
  const index = numberIn(fields['index']) ?? 0;
  const [block, delta] = [objectIn(fields['content_block']), objectIn(fields['delta'])];
  const error = errorIn(fields);
  switch (fields['type']) {
    case 'content_block_start':
      if (block) startBlock(answer, index, block);
      break;
    case 'content_block_delta':
      if (delta) addDelta(answer, index, delta);
      break;
    case 'message_delta':
      answer.setStop(valueAt(delta, ['stop_reason']));
      addUsage(answer, fields['usage']);
      break;
    case 'message_stop':
      answer.isComplete = true;
      break;
    case 'completion':
      addCompletion(answer, fields);
      break;
    default:
      if (error) answer.error(error.message, error.code);
  }
}

/** Begins a block with what it has already. */
function startBlock(answer: Answer, index: number, block: JsonObject): void {
  const type = fullText(block['type']) ?? '';
  // A block at an index that another one had is another block.
  for (const kind of ['text', 'reasoning', 'tool']) answer.forget(`${index}/${kind}`);
  if (type.endsWith('tool_use')) {
    const item = answer.item(`${index}/tool`, 'tool');
    answer.name(item, block['name']);
    answer.identify(item, block['id']);
    const input = objectIn(block['input']);
    if (input && Object.keys(input).length > 0) answer.setValue(item, input);
    else item.argumentText = '';
  } else if (type.endsWith('_tool_result')) addToolResult(answer, type, block);
  else if (type === 'fallback') answer.setModel(valueAt(block, ['to', 'model']) ?? block['model']);
  else if (type === 'text') answer.append(answer.item(`${index}/text`, 'text'), block['text'] ?? '');
  else if (type.endsWith('thinking')) {
    const item = answer.item(`${index}/reasoning`, 'reasoning');
    answer.append(item, block['thinking'] ?? '');
    if (type !== 'thinking') answer.name(item, type);
  }
}

function addToolResult(answer: Answer, type: string, block: JsonObject): void {
  const item = answer.newItem('message');
  answer.name(item, type);
  answer.identify(item, block['tool_use_id']);
  if (block['content'] !== undefined) answer.setValue(item, block['content']);
  const text = listIn(block['content']).map((part) => fullText(valueAt(part, ['text'])) ?? '');
  if (text.some(Boolean)) answer.append(item, text.join(''));
  if (block['is_error'] === true || valueAt(block['content'], ['error_code']) !== undefined)
    answer.problem('toolError');
}

function addDelta(answer: Answer, index: number, delta: JsonObject): void {
  switch (delta['type']) {
    case 'text_delta':
      append(answer, index, 'text', delta['text']);
      break;
    case 'thinking_delta':
      append(answer, index, 'reasoning', delta['thinking']);
      break;
    case 'compaction_delta':
      append(answer, index, 'text', delta['content'], 'compaction');
      break;
    case 'input_json_delta':
      addInput(answer, answer.item(`${index}/tool`, 'tool'), delta['partial_json']);
      break;
  }
}

/** Pieces replace the input that the block began with. */
function addInput(answer: Answer, item: GrowingItem, piece: Maybe): void {
  if (!fullText(piece)) return;
  item.value = undefined;
  answer.appendArguments(item, piece);
}

function append(answer: Answer, index: number, kind: 'text' | 'reasoning', piece: Maybe, name?: string): void {
  if (!fullText(piece)) return;
  const item = answer.item(`${index}/${kind}`, kind);
  answer.name(item, name);
  answer.append(item, piece);
}

function addCompletion(answer: Answer, fields: JsonObject): void {
  append(answer, 0, 'text', fields['completion']);
  answer.setModel(fields['model']);
  answer.setStop(fields['stop_reason']);
  if (fullText(fields['stop_reason'])) answer.isComplete = true;
}

/** Figures are cumulative, and later ones correct earlier ones. */
function addUsage(answer: Answer, usage: Maybe): void {
  for (const [figure, path] of USAGE) answer.count(figure, valueAt(usage, path));
}
