import { ownText } from '../../../text/ownText';
import type { Answer } from '../answer/answer';
import type { Answers } from '../answer/answers';
import type { Assembler } from '../answer/assembler';
import { errorOf } from '../answer/errorIn';
import type { GrowingItem } from '../answer/growingItem';
import { fullText, type JsonObject, type Maybe, objectIn, valueAt } from '../json/json';
import { jsonStart } from '../json/jsonStart';
import type { ProtocolEvent } from '../model/protocolEvent';
import { addA2a } from './a2a';
import { addProgress, addResult } from './mcp';
import { a2aPart, isMcpMessage } from './messageKinds';
import { rpcId, SentRequests } from './sentRequests';

/** State of an assembly of JSON-RPC messages. */
export interface RpcState {
  answers: Answers;
  /** Whether events have ids, so that a client can come back for the rest. */
  hasIds: boolean;
  /** Requests in the body of our own. */
  sent: SentRequests;
}

/** Maximum number of messages in a batch. */
const MAX_BATCH = 1000;

/** Assembles JSON-RPC 2.0: messages in order; those of MCP and A2A with what they mean. */
export const jsonRpc: Assembler<RpcState> = {
  start: (answers) => ({ answers, hasIds: false, sent: new SentRequests(answers.sent) }),
  takesText: true,
  add(state, event, value) {
    if (event.id) state.hasIds = true;
    const { hasBegun, current: answer } = state.answers;
    if (!hasBegun) state.sent.addTo(answer);
    if (event.event === 'endpoint' && value === undefined) addEndpoint(answer, event);
    const messages = Array.isArray(value) ? value.slice(0, MAX_BATCH) : [value];
    if (Array.isArray(value) && value.length > MAX_BATCH) answer.problem('limit');
    for (const one of messages) {
      const message = objectIn(one);
      if (message) addMessage(state, answer, message);
    }
  },
  end: ({ answers, hasIds }) => answers.current.close({ mayGoOn: hasIds }),
};

/** The first event of MCP's transport of 2024: the address for requests. */
function addEndpoint(answer: Answer, { data }: ProtocolEvent): void {
  answer.protocol = 'mcp';
  const item = answer.newItem('message');
  answer.name(item, 'endpoint');
  // They are a part of the chunk that they came in.
  answer.append(item, ownText(data));
}

function addMessage({ sent }: RpcState, answer: Answer, message: JsonObject): void {
  const part = a2aPart(message);
  if (part) answer.protocol = 'a2a';
  else if (answer.protocol === 'json-rpc' && isMcpMessage(message)) answer.protocol = 'mcp';
  const method = fullText(message['method']);
  if (part) addA2a(answer, part);
  else if (method !== undefined) addCall(answer, method, message);
  else if (objectIn(message['error'])) {
    addError(answer, message);
    answer.isComplete = sent.noteResponse(message['id']);
  } else if (message['result'] !== undefined) {
    answer.isComplete = sent.noteResponse(message['id']);
    addResult(answer, identified(answer, answer.newItem('message'), message['id']), message['result']);
  }
}

/** Adds a request, which has an id, or a notification, which has none. */
function addCall(answer: Answer, method: string, message: JsonObject): void {
  const { params } = { params: message['params'] };
  if (method === 'notifications/progress' && addProgress(answer, params)) return;
  const item = identified(answer, answer.newItem('message'), message['id']);
  answer.name(item, method);
  const text = valueAt(params, ['data']) ?? valueAt(params, ['message']);
  if (method.startsWith('notifications/')) answer.append(item, text);
  if (params !== undefined && answer.setValue(item, params) && item.text === undefined)
    answer.tell(item, jsonStart(params));
}

function addError(answer: Answer, message: JsonObject): void {
  const error = errorOf(objectIn(message['error']) ?? {});
  const item = identified(answer, answer.newItem('error'), message['id']);
  answer.name(item, typeof error.code === 'number' ? String(error.code) : error.code);
  answer.append(item, error.message);
  answer.problem('error');
}

/** Gives a message its id, as JSON: the number 1 isn't the text 1. */
function identified(answer: Answer, item: GrowingItem, id: Maybe): GrowingItem {
  answer.identify(item, rpcId(id));
  return item;
}
