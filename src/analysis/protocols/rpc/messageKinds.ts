import { fullText, type JsonObject, type Maybe, memberOf, objectIn, valueAt } from '../json/json';

/** Methods of MCP: whole ones, and families. */
const MCP_METHOD =
  /^(?:initialize|ping|(?:tools|resources|prompts|completion|logging|sampling|elicitation|roots|tasks|subscriptions|server|notifications)\/.+)$/;

/** Whether a value is a JSON-RPC 2.0 message, with what such a one must have. */
export function isRpcMessage(value: Maybe): value is JsonObject {
  const message = objectIn(value);
  if (message?.['jsonrpc'] !== '2.0') return false;
  const isAnswer =
    Object.hasOwn(message, 'id') && (Object.hasOwn(message, 'result') || Object.hasOwn(message, 'error'));
  return isAnswer || fullText(message['method']) !== undefined;
}

/** Whether a JSON-RPC message is one of MCP's: by its method, or the result of `initialize`, or of the revision of 2026. */
export function isMcpMessage(message: JsonObject): boolean {
  const method = fullText(message['method']);
  if (method !== undefined) return MCP_METHOD.test(method);
  const result = message['result'];
  const isInitialized =
    typeof memberOf(result, 'protocolVersion') === 'string' && objectIn(memberOf(result, 'serverInfo'));
  return isInitialized !== undefined && isInitialized !== false
    ? true
    : ['complete', 'input_required'].includes(fullText(memberOf(result, 'resultType')) ?? '');
}

/** Part of an A2A stream: what changed, in the form of revision 1.0. */
export interface A2aPart {
  kind: 'task' | 'message' | 'statusUpdate' | 'artifactUpdate';
  value: JsonObject;
}

const KINDS: Record<string, A2aPart['kind']> = {
  'task': 'task',
  'message': 'message',
  'status-update': 'statusUpdate',
  'artifact-update': 'artifactUpdate',
};

/**
 * Returns what an A2A message tells: the result of a JSON-RPC response, or the same bare; undefined if it is none. The names
 * of members don't suffice: a task of MCP has a status that is text.
 */
export function a2aPart(message: JsonObject): A2aPart | undefined {
  const result = message['jsonrpc'] === '2.0' ? objectIn(message['result']) : message;
  if (!result) return undefined;
  const old = fullText(result['kind']);
  const kind = old === undefined || !Object.hasOwn(KINDS, old) ? undefined : KINDS[old];
  const parts = kind
    ? [{ kind, value: result }]
    : Object.values(KINDS).map((one) => ({ kind: one, value: objectIn(result[one]) }));
  for (const { kind: its, value } of parts) if (value && hasShape(its, value)) return { kind: its, value };
  return undefined;
}

function hasShape(kind: A2aPart['kind'], value: JsonObject): boolean {
  switch (kind) {
    case 'task':
      return typeof valueAt(value, ['status', 'state']) === 'string';
    case 'message':
      return Array.isArray(value['parts']) && typeof value['messageId'] === 'string';
    case 'statusUpdate':
      return typeof value['taskId'] === 'string' && typeof valueAt(value, ['status', 'state']) === 'string';
    case 'artifactUpdate':
      return typeof value['taskId'] === 'string' && Array.isArray(valueAt(value, ['artifact', 'parts']));
  }
}
