import type { Answer } from '../answer/answer';
import type { Answers } from '../answer/answers';
import type { Assembler } from '../answer/assembler';
import { errorIn } from '../answer/errorIn';
import type { GrowingItem } from '../answer/growingItem';
import { fullText, type JsonObject, listIn, memberOf, numberIn, objectIn, valueAt } from '../json/json';
import { jsonStart } from '../json/jsonStart';
import type { ResultUsage } from '../model/result';
import { addPartialArguments } from './partialArguments';

/** State of an assembly of Gemini's answers. */
export interface GeminiState {
  answers: Answers;
  id: string | undefined;
  candidates: Map<number, Candidate>;
}

interface Candidate {
  /** Text or reasoning that the next part of its kind goes on with; undefined behind anything else. */
  latest: GrowingItem | undefined;
  /** Tool call whose arguments go on; undefined if there is none. */
  open: GrowingItem | undefined;
  isOver: boolean;
}

const MAX_CANDIDATES = 128;
const USAGE: readonly [figure: keyof ResultUsage, name: string][] = [
  ['input', 'promptTokenCount'],
  ['output', 'candidatesTokenCount'],
  ['reasoning', 'thoughtsTokenCount'],
  ['cached', 'cachedContentTokenCount'],
  ['total', 'totalTokenCount'],
];

/** Assembles Gemini's `streamGenerateContent`. */
export const gemini: Assembler<GeminiState> = {
  start: (answers) => ({ answers, id: undefined, candidates: new Map() }),
  add(state, _event, value) {
    // Code Assist has each chunk in an envelope.
    const chunk = objectIn(memberOf(value, 'response')) ?? objectIn(value);
    if (!chunk) return;
    const id = fullText(chunk['responseId']);
    const { answers } = state;
    if (
      answers.hasBegun &&
      answers.current.isComplete &&
      id !== undefined &&
      state.id !== undefined &&
      id !== state.id
    ) {
      answers.begin();
      Object.assign(state, { id: undefined, candidates: new Map() });
    }
    state.id ??= id;
    addChunk(state, answers.current, chunk);
  },
  end: ({ answers }) => answers.current.close(),
};

function addChunk(state: GeminiState, answer: Answer, chunk: JsonObject): void {
  answer.setModel(chunk['modelVersion']);
  for (const [figure, name] of USAGE) answer.count(figure, valueAt(chunk, ['usageMetadata', name]));
  for (const one of listIn(chunk['candidates'])) {
    const fields = objectIn(one);
    if (fields) addCandidate(state, answer, fields);
  }
  const all = [...state.candidates.values()];
  if (all.length > 0 && all.every(({ isOver }) => isOver)) answer.isComplete = true;
  const blocked = fullText(valueAt(chunk, ['promptFeedback', 'blockReason']));
  if (blocked !== undefined) {
    answer.setStop(blocked);
    answer.problem('blocked');
    answer.isComplete = true;
  }
  const error = errorIn(chunk);
  if (error) answer.error(error.message, error.code);
}

function addCandidate({ candidates }: GeminiState, answer: Answer, fields: JsonObject): void {
  const index = numberIn(fields['index']) ?? 0;
  const candidate = candidates.get(index) ?? { latest: undefined, open: undefined, isOver: false };
  if (!candidates.has(index)) {
    if (candidates.size === MAX_CANDIDATES) {
      answer.problem('limit');
      return;
    }
    candidates.set(index, candidate);
  }
  for (const one of listIn(valueAt(fields, ['content', 'parts']))) {
    const part = objectIn(one);
    if (part) addPart(answer, candidate, index, part);
  }
  const reason = fullText(fields['finishReason']);
  if (reason === undefined) return;
  candidate.isOver = true;
  if (index === 0 || answer.stop === undefined) answer.setStop(reason);
}

function addPart(answer: Answer, candidate: Candidate, index: number, part: JsonObject): void {
  const call = objectIn(part['functionCall']) ?? objectIn(part['toolCall']);
  if (call) addCall(answer, candidate, call);
  // A signature may sit on an empty text.
  else if (typeof part['text'] !== 'string') addOther(answer, candidate, part);
  else if (part['text'] !== '') {
    const kind = part['thought'] === true ? 'reasoning' : 'text';
    if (candidate.latest?.kind !== kind) candidate.latest = answer.newItem(kind);
    if (index > 0) answer.identify(candidate.latest, String(index));
    answer.append(candidate.latest, part['text']);
  }
}

function addOther(answer: Answer, candidate: Candidate, part: JsonObject): void {
  for (const name of ['executableCode', 'codeExecutionResult', 'toolResponse', 'inlineData', 'fileData']) {
    const value = part[name];
    if (value === undefined) continue;
    const item = answer.newItem('message');
    answer.name(item, name);
    answer.append(item, valueAt(value, ['code']) ?? valueAt(value, ['output']));
    answer.setValue(item, value);
    candidate.latest = undefined;
  }
}

/** A call comes whole; or it begins, and its arguments come in pieces, each with its path. */
function addCall(answer: Answer, candidate: Candidate, call: JsonObject): void {
  const [name, args, pieces] = [
    fullText(call['name']) ?? fullText(call['toolType']),
    call['args'],
    call['partialArgs'],
  ];
  candidate.latest = undefined;
  if (name === undefined && candidate.open === undefined) return;
  const item = name === undefined ? candidate.open : answer.newItem('tool');
  if (!item) return;
  answer.see(item);
  answer.name(item, name);
  answer.identify(item, call['id']);
  if (objectIn(args) && args !== undefined) {
    if (answer.setValue(item, args)) answer.tell(item, jsonStart(args));
  } else if (item.value === undefined) answer.setValue(item, {});
  addPartialArguments(answer, item, listIn(pieces));
  candidate.open = call['willContinue'] === true ? item : undefined;
}
