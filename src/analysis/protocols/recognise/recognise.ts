import { type Maybe, numberIn, objectIn, textIn } from '../json/json';
import { parseJson } from '../json/parseJson';
import type { ProtocolId } from '../model/protocol';
import type { ProtocolEvent, ResponseFacts } from '../model/protocolEvent';
import { a2aPart, isMcpMessage, isRpcMessage } from '../rpc/messageKinds';
import { byFacts, isMcpResponse } from './byFacts';
import { byName } from './byName';
import { byProgress, mayBeProgress } from './byProgress';
import { byShape } from './byShape';
import { byType } from './byType';

/** A protocol; `no` if the event is of none that is known; `undecided` if it fits several, and the next ones must tell. */
export type Recognised = ProtocolId | 'no' | 'undecided';

/**
 * Recognises a protocol by an event's shape: not by the URL, and not by the event's type alone, as servers speak several
 * protocols and leave types out.
 * @param head facts about the response, if they are known
 * @param earlier events before it that were undecided
 */
export function recognise(
  head: ResponseFacts,
  event: ProtocolEvent,
  earlier: readonly ProtocolEvent[] = [],
): Recognised {
  return byFacts(head) ?? byEvent(head, event, event.omitted ? undefined : parseJson(event.data), earlier);
}

/** Recognises a protocol by an event whose data was parsed. */
export function byEvent(
  head: ResponseFacts,
  event: ProtocolEvent,
  value: Maybe,
  earlier: readonly ProtocolEvent[],
): Recognised {
  const found =
    byRpc(head, value) ??
    byType(event, value, earlier) ??
    byShape(value) ??
    byProgress(value, earlier) ??
    byName(event, value, earlier);
  return found ?? (isUndecided(event, value) ? 'undecided' : 'no');
}

/** JSON-RPC: A2A by its results, MCP by its methods or headers; else what it is stays open. */
function byRpc(head: ResponseFacts, value: Maybe): ProtocolId | undefined {
  const messages = Array.isArray(value) ? value.slice(0, 100) : [value];
  if (messages.length === 0 || !messages.every(isRpcMessage)) return undefined;
  if (messages.some((message) => a2aPart(message))) return 'a2a';
  return isMcpResponse(head) || messages.some(isMcpMessage) ? 'mcp' : 'json-rpc';
}

/** Whether an event may stand at the beginning of several protocols: nothing, a sign of life, or an error. */
function isUndecided({ data, event }: ProtocolEvent, value: Maybe): boolean {
  if (data.trim() === '' || data.trim() === '[DONE]' || event === 'ping' || event === 'error') return true;
  const object = objectIn(value);
  if (!object) return false;
  const type = textIn(object['type']);
  if (type === 'ping' || type === 'error' || type === 'start' || type === 'keepalive') return true;
  if (type !== undefined && /^(?:content|citation|tool-call)-end$/.test(type))
    return numberIn(object['index']) !== undefined;
  if (mayBeProgress(value)) return true;
  return Object.hasOwn(object, 'error') || (event === 'metadata' && typeof object['run_id'] === 'string');
}
