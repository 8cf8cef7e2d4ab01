import type { Answers } from '../answer/answers';
import type { Assembler } from '../answer/assembler';
import { errorIn, errorOf } from '../answer/errorIn';
import { fullText, type JsonObject, listIn, memberOf, numberIn, objectIn, valueAt } from '../json/json';
import type { ResultUsage } from '../model/result';
import { addOutput, addPiece, type OutputPlaces, outputOf, outputOfFinal } from './responseOutputs';

/** State of an assembly of responses. */
export interface ResponsesState {
  answers: Answers;
  places: OutputPlaces;
  /** Id of the current response, as it was created; undefined if it wasn't. */
  id: string | undefined;
  /** Greatest `sequence_number` so far; undefined if none came. */
  sequence: number | undefined;
}

/** States of a response that are its end. */
const ENDS = ['completed', 'incomplete', 'failed', 'cancelled'];
const USAGE: readonly [figure: keyof ResultUsage, path: readonly string[]][] = [
  ['input', ['input_tokens']],
  ['output', ['output_tokens']],
  ['total', ['total_tokens']],
  ['cached', ['input_tokens_details', 'cached_tokens']],
  ['reasoning', ['output_tokens_details', 'reasoning_tokens']],
];

/** Assembles OpenAI Responses. */
export const responses: Assembler<ResponsesState> = {
  start: (answers) => ({ answers, places: newPlaces(), id: undefined, sequence: undefined }),
  add(state, _event, value) {
    const fields = objectIn(value);
    if (!fields) return;
    const type = fullText(fields['type']) ?? '';
    if (begins(state, type, fields)) {
      state.answers.begin();
      Object.assign(state, { places: newPlaces(), id: undefined, sequence: undefined });
    }
    if (!isRepeated(state, fields)) addEvent(state, type, fields);
  },
  end: ({ answers }) => answers.current.close(),
};

function newPlaces(): OutputPlaces {
  return { byKey: new Map(), byId: new Map(), latest: undefined, made: 0 };
}

/** Whether an event creates another response. A server that is asked again may tell of the same one again. */
function begins({ answers, id }: ResponsesState, type: string, fields: JsonObject): boolean {
  if (type !== 'response.created' || !answers.hasBegun) return false;
  const itsId = fullText(valueAt(fields, ['response', 'id']));
  return answers.current.isComplete || (id !== undefined && itsId !== undefined && itsId !== id);
}

/** Whether the event came before; notes events that are missing. */
function isRepeated(state: ResponsesState, fields: JsonObject): boolean {
  const number = numberIn(fields['sequence_number']);
  const { sequence } = state;
  if (number === undefined) return false;
  // A server that numbers nothing may say 0 each time.
  if (sequence !== undefined && (number < sequence || (number === sequence && number > 0))) return true;
  if (sequence !== undefined && number > sequence + 1) state.answers.current.problem('lost');
  state.sequence = number;
  return false;
}

function addEvent(state: ResponsesState, type: string, fields: JsonObject): void {
  const answer = state.answers.current;
  const response = objectIn(fields['response']);
  if (response) addResponse(state, type, response);
  else if (type === 'response.output_item.added' || type === 'response.output_item.done') {
    const item = objectIn(fields['item']);
    if (item) addOutput(answer, outputOf(state.places, fields, item), item, type.endsWith('.done'));
  } else if (type === 'error') {
    const error = errorIn(fields) ?? errorOf(fields);
    answer.error(error.message, fields['code'] ?? error.code);
  } else if (errorIn(fields)) {
    const error = errorIn(fields);
    answer.error(error?.message ?? '', error?.code);
  } else addPiece(answer, state.places, type, fields);
}

function addResponse(state: ResponsesState, type: string, response: JsonObject): void {
  const answer = state.answers.current;
  if (type === 'response.created') state.id ??= fullText(response['id']);
  answer.setModel(response['model']);
  const usage = memberOf(response, 'usage');
  for (const [figure, path] of USAGE) answer.count(figure, valueAt(usage, path));
  for (const [index, one] of listIn(response['output']).entries()) {
    const item = objectIn(one);
    if (item) addOutput(answer, outputOfFinal(state.places, index, item), item, true);
  }
  const status = fullText(response['status']) ?? type.slice('response.'.length);
  if (!ENDS.includes(type.slice('response.'.length))) return;
  answer.isComplete = true;
  answer.setStop(valueAt(response, ['incomplete_details', 'reason']) ?? status);
  const error = objectIn(response['error']);
  if (error) answer.error(errorOf(error).message, errorOf(error).code);
  else if (status === 'failed') answer.problem('error');
}
