import type { Answer } from '../answer/answer';
import { changeableValue, type GrowingItem } from '../answer/growingItem';
import { fullText, type JsonObject, listIn, type Maybe, objectIn, valueAt } from '../json/json';
import { isTextPart, textOf } from './a2aParts';
import type { A2aPart } from './messageKinds';

/** States at which a stream ends: the task is over, or waits for the client. */
const ENDS = ['completed', 'failed', 'canceled', 'rejected', 'input-required', 'auth-required'];

/** Adds what an A2A message tells of a task. */
export function addA2a(answer: Answer, { kind, value }: A2aPart): void {
  switch (kind) {
    case 'task':
      addTask(answer, value);
      break;
    case 'statusUpdate':
      setStatus(answer, fullText(value['taskId']), value);
      break;
    case 'artifactUpdate': {
      const artifact = objectIn(value['artifact']);
      const isAdded = value['append'] === true;
      if (artifact) addArtifact(answer, fullText(value['taskId']), artifact, isAdded);
      break;
    }
    case 'message':
      addMessage(answer, value);
      answer.isComplete = true;
  }
}

function addTask(answer: Answer, task: JsonObject): void {
  const id = fullText(task['id']);
  for (const one of listIn(task['artifacts'])) {
    const artifact = objectIn(one);
    if (artifact) addArtifact(answer, id, artifact, false);
  }
  setStatus(answer, id, task);
}

/** Replaces a task's status, and tells of its message. */
function setStatus(answer: Answer, id: string | undefined, value: JsonObject): void {
  const status = objectIn(value['status']) ?? {};
  const item = answer.item(`task/${id ?? ''}`, 'message');
  answer.name(item, 'task');
  answer.identify(item, id);
  answer.setValue(item, status);
  const state = stateOf(status['state']);
  const said = textOf(valueAt(status, ['message', 'parts']));
  if (said !== '') answer.replaceText(item, said);
  else answer.tell(item, state);
  answer.setStop(state);
  answer.isComplete = ENDS.includes(state);
  if (state === 'failed' || state === 'rejected') answer.error(said === '' ? state : said);
}

/** Returns a state as revision 0.3 writes it; 1.0 has `TASK_STATE_INPUT_REQUIRED`. */
function stateOf(state: Maybe): string {
  return (fullText(state) ?? '')
    .replace(/^TASK_STATE_/, '')
    .toLowerCase()
    .replaceAll('_', '-');
}

/** Replaces an artifact, or adds parts to it. Its texts are one; other parts are its arguments. */
function addArtifact(answer: Answer, taskId: string | undefined, artifact: JsonObject, isAdded: boolean): void {
  const id = fullText(artifact['artifactId']) ?? '';
  const item = answer.item(`artifact/${taskId ?? ''}/${id}`, 'document');
  answer.name(item, fullText(artifact['name']) ?? item.name ?? 'artifact');
  answer.identify(item, id);
  const text = textOf(artifact['parts']);
  if (isAdded) answer.append(item, text);
  else answer.replaceText(item, text);
  addOthers(answer, item, artifact['parts'], isAdded);
}

function addOthers(answer: Answer, item: GrowingItem, parts: Maybe, isAdded: boolean): void {
  const others = listIn(parts).filter((part) => !isTextPart(part));
  if (!isAdded) item.value = undefined;
  if (others.length === 0) return;
  const value = changeableValue(item);
  if (!Array.isArray(value)) answer.setValue(item, others);
  else if (answer.pay(item, others)) for (const part of others) value.push(part);
}

function addMessage(answer: Answer, message: JsonObject): void {
  const item = answer.newItem('text');
  answer.identify(item, message['messageId']);
  answer.append(item, textOf(message['parts']));
  addOthers(answer, item, message['parts'], false);
}
