import type { Answer } from '../answer/answer';
import type { Answers } from '../answer/answers';
import type { Assembler } from '../answer/assembler';
import { fullText, type JsonObject, objectIn } from '../json/json';
import type { ProtocolEvent } from '../model/protocolEvent';
import { addToolPart } from './vercelTools';

/** State of an assembly of UI messages. */
export interface VercelState {
  answers: Answers;
  /** Number of the step: ids of texts may come again in another. */
  step: number;
  /** Index of the first item of the step. */
  stepFrom: number;
  /** Whether a message has started. */
  isStarted: boolean;
}

/** Assembles the Vercel AI SDK's stream of UI messages. */
export const vercelUi: Assembler<VercelState> = {
  start: (answers) => ({ answers, step: 0, stepFrom: 0, isStarted: false }),
  add(state, event, value) {
    const { answers } = state;
    if (isDone(event) && answers.hasBegun) answers.current.isComplete = true;
    const part = objectIn(value);
    if (!part) return;
    const type = fullText(part['type']) ?? '';
    if (type === 'start') {
      if (state.isStarted) answers.begin();
      Object.assign(state, { isStarted: true, step: 0, stepFrom: 0 });
    }
    addPart(state, answers.current, type, part);
  },
  end: ({ answers }) => answers.current.close(),
};

function isDone({ data }: ProtocolEvent): boolean {
  return data.length < 100 && data.trim() === '[DONE]';
}

function addPart(state: VercelState, answer: Answer, type: string, part: JsonObject): void {
  const [, kind, piece] = /^(text|reasoning)-(start|delta|end)$/.exec(type) ?? [];
  if (kind === 'text' || kind === 'reasoning') {
    const key = `${state.step}/${kind}/${fullText(part['id']) ?? ''}`;
    // The same id may begin again, as another text.
    if (piece === 'start') answer.forget(key);
    const item = answer.item(key, kind);
    answer.append(item, piece === 'delta' ? part['delta'] : '');
  } else if (type.startsWith('tool-')) addToolPart(answer, type, part);
  else if (type.startsWith('data-')) addData(answer, type, part);
  else if (type === 'file' || type === 'reasoning-file' || type.startsWith('source-') || type === 'custom')
    addWhole(answer, type, part);
  else addState(state, answer, type, part);
}

function addState(state: VercelState, answer: Answer, type: string, part: JsonObject): void {
  switch (type) {
    case 'start-step':
    case 'finish-step':
      state.step += 1;
      state.stepFrom = answer.items.length;
      break;
    case 'reset-step':
      answer.drop(state.stepFrom);
      state.step += 1;
      break;
    case 'error':
      answer.error(fullText(part['errorText']) ?? '');
      break;
    case 'abort':
      answer.setStop(fullText(part['reason']) ?? 'abort');
      answer.isComplete = true;
      break;
    case 'finish':
      answer.setStop(part['finishReason']);
      answer.isComplete = true;
      break;
  }
}

/** The same type and id replace; without an id, each is one more; a transient one isn't part of the message. */
function addData(answer: Answer, type: string, part: JsonObject): void {
  if (part['transient'] === true) return;
  const id = fullText(part['id']);
  const item = id === undefined ? answer.newItem('message') : answer.item(`${type}/${id}`, 'message');
  answer.name(item, type);
  answer.identify(item, id);
  if (part['data'] !== undefined) answer.setValue(item, part['data']);
}

function addWhole(answer: Answer, type: string, part: JsonObject): void {
  const item = answer.newItem('message');
  answer.name(item, type);
  answer.identify(item, part['sourceId']);
  answer.setValue(item, part);
}
