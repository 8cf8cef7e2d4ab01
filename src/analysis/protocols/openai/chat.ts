import type { Answer } from '../answer/answer';
import type { Answers } from '../answer/answers';
import type { Assembler } from '../answer/assembler';
import { errorIn, errorOf } from '../answer/errorIn';
import { fullText, type JsonObject, listIn, type Maybe, numberIn, objectIn, valueAt } from '../json/json';
import type { ProtocolEvent } from '../model/protocolEvent';
import * as dialect from './chatDialects';
import { addContent, addReasoning } from './chatTexts';
import { addToolCall, noCalls, type ToolCalls } from './chatTools';

/** State of an assembly of chat completions. */
export interface ChatState {
  answers: Answers;
  /** Id of the current answer: the first of its chunks' that isn't empty. */
  id: string;
  /** Choices of the current answer, by their index. */
  choices: Map<number, Choice>;
  /** Whether the server is one that sends no `[DONE]`. */
  isWithoutDone: boolean;
}

interface Choice {
  index: number;
  tools: ToolCalls;
  isOver: boolean;
}

/** Maximum number of choices; a request for more is refused by each API that has them. */
const MAX_CHOICES = 128;

/** Assembles OpenAI Chat Completions, of any of the servers that speak them, and legacy completions. */
export const chat: Assembler<ChatState> = {
  start: (answers) => ({ answers, id: '', choices: new Map(), isWithoutDone: false }),
  add(state, event, value) {
    const chunk = objectIn(value);
    if (isDone(event) && state.answers.hasBegun) state.answers.current.isComplete = true;
    if (!chunk) return;
    if (isNewAnswer(state, chunk)) {
      state.answers.begin();
      [state.id, state.choices] = ['', new Map()];
    }
    addChunk(state, chunk, event);
  },
  end({ answers, choices, isWithoutDone }) {
    const all = [...choices.values()];
    if (isWithoutDone && all.length > 0 && all.every(({ isOver }) => isOver)) answers.current.isComplete = true;
    answers.current.close();
  },
};

function isDone({ data }: ProtocolEvent): boolean {
  return data.length < 100 && data.trim().startsWith('[DONE]');
}

/**
 * Whether a chunk begins another answer: the one before it has ended, and this has another id, and something to say. Late
 * chunks of filters, and those of servers whose ids change with each, don't.
 */
function isNewAnswer({ answers, id, choices }: ChatState, chunk: JsonObject): boolean {
  if (!answers.hasBegun) return false;
  const isOver = answers.current.isComplete || (choices.size > 0 && [...choices.values()].every((one) => one.isOver));
  if (!isOver) return false;
  const itsId = fullText(chunk['id']);
  const begins = listIn(chunk['choices']).some((choice) => {
    const delta = objectIn(valueAt(choice, ['delta']));
    const says = delta && [delta['role'], delta['content'], ...listIn(delta['tool_calls'])].some(Boolean);
    return says && !valueAt(choice, ['finish_reason']);
  });
  return begins && itsId !== undefined && itsId !== id;
}

function addChunk(state: ChatState, chunk: JsonObject, event: ProtocolEvent): void {
  const answer = state.answers.current;
  if (state.id === '') state.id = fullText(chunk['id']) ?? '';
  answer.setModel(chunk['model']);
  for (const one of listIn(chunk['choices'])) {
    const choice = objectIn(one);
    if (choice) addChoice(state, answer, choice);
  }
  addUsage(answer, chunk);
  addError(answer, chunk, event);
  if (dialect.WITHOUT_DONE.some((member) => chunk[member] !== undefined)) state.isWithoutDone = true;
}

function addChoice(state: ChatState, answer: Answer, fields: JsonObject): void {
  const index = numberIn(fields['index']) ?? 0;
  const choice = state.choices.get(index) ?? { index, tools: noCalls(), isOver: false };
  if (!state.choices.has(index)) {
    if (state.choices.size === MAX_CHOICES) {
      answer.problem('limit');
      return;
    }
    state.choices.set(index, choice);
  }
  const delta = objectIn(fields['delta']);
  if (delta) addDelta(answer, choice, delta);
  // Legacy completions have their text in the choice.
  else if (typeof fields['text'] === 'string') addContent(answer, index, dialect.TEXT_FIELDS[0], fields['text']);
  const reason = fullText(fields['finish_reason']);
  if (reason === undefined) return;
  choice.isOver = true;
  if (index === 0 || answer.stop === undefined) answer.setStop(reason);
  if (dialect.ERROR_REASONS.includes(reason)) answer.problem('error');
}

function addDelta(answer: Answer, { index, tools }: Choice, delta: JsonObject): void {
  addReasoning(answer, index, delta);
  for (const field of dialect.TEXT_FIELDS) {
    const value = valueAt(delta, field.path);
    if (value) addContent(answer, index, field, value);
  }
  for (const one of listIn(delta['tool_calls'])) {
    const call = objectIn(one);
    if (call) addToolCall(answer, tools, call);
  }
  const old = objectIn(delta['function_call']);
  if (old) addToolCall(answer, tools, { index: -1, function: old });
}

function addUsage(answer: Answer, chunk: JsonObject): void {
  for (const place of dialect.USAGE_PLACES) {
    const usage = objectIn(valueAt(chunk, place));
    if (usage) for (const { figure, path } of dialect.USAGE_FIELDS) answer.count(figure, valueAt(usage, path));
  }
  for (const { tokens, seconds } of dialect.SPEEDS) {
    const [count, time] = [numberIn(valueAt(chunk, tokens)), seconds ? numberIn(valueAt(chunk, seconds)) : 1];
    if (count !== undefined && time) answer.speed = count / time;
  }
}

function addError(answer: Answer, chunk: JsonObject, { event }: ProtocolEvent): void {
  for (const place of dialect.ERROR_PLACES) {
    const error = errorAt(valueAt(chunk, place));
    if (error) answer.error(error.message, error.code);
  }
  if (chunk['object'] === dialect.ERROR_OBJECT || (event === 'error' && !chunk['error'])) {
    const error = errorOf(chunk);
    answer.error(error.message, error.code);
  }
}

function errorAt(value: Maybe) {
  const object = objectIn(value);
  return object && errorIn(object);
}
