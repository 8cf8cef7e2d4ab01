import { fullText, type JsonObject, type Maybe, memberOf, numberIn, objectIn, textIn, valueAt } from '../json/json';
import { parseJson } from '../json/parseJson';
import type { ProtocolId } from '../model/protocol';
import type { ProtocolEvent } from '../model/protocolEvent';
import { isAgUi } from './agUiTypes';
import { lookedAtOnce } from './lookedAtOnce';
import { isVercelPart } from './vercelTypes';

/** Maximum length of data that may be the beginning of a UI message. */
const MAX_LENGTH = 10_000;

/** Recognises a protocol by the member `type` of its JSON, with what must stand beside it; undefined if that fits none. */
export function byType(event: ProtocolEvent, value: Maybe, earlier: readonly ProtocolEvent[]): ProtocolId | undefined {
  const object = objectIn(value);
  const type = textIn(object?.['type']);
  if (!object || type === undefined) return undefined;
  if (isAnthropic(type, object)) return 'anthropic';
  if (isResponse(type, object)) return 'openai-responses';
  if (isMedia(type, object)) return 'openai-media';
  if (isCohere(type, object)) return 'cohere';
  if (isAgUi(type, object)) return 'ag-ui';
  if (isLmStudio(type, object, event)) return 'lm-studio';
  if (isMistral(type, object)) return 'mistral-agents';
  if (/^(?:session\.status_|span\.|agent\.(?:message|tool_use|thinking))/.test(type) && type === event.event)
    return 'anthropic-session';
  return isVercelPart(type, object, earlier.some(isStart)) ? 'vercel-ui' : undefined;
}

const isStart = lookedAtOnce(
  ({ data }) => data.length < MAX_LENGTH && data.includes('"start"') && memberOf(parseJson(data), 'type') === 'start',
);

function isAnthropic(type: string, object: JsonObject): boolean {
  switch (type) {
    case 'message_start':
      return valueAt(object, ['message', 'type']) === 'message';
    case 'content_block_start':
      return numberIn(object['index']) !== undefined && objectIn(object['content_block']) !== undefined;
    case 'content_block_delta':
      return numberIn(object['index']) !== undefined && typeof valueAt(object, ['delta', 'type']) === 'string';
    case 'message_delta':
      return objectIn(object['delta']) !== undefined && objectIn(object['usage']) !== undefined;
    case 'content_block_stop':
      return numberIn(object['index']) !== undefined;
    case 'message_stop':
      return true;
    case 'completion':
      return typeof object['completion'] === 'string' && Object.hasOwn(object, 'stop_reason');
    default:
      return false;
  }
}

function isResponse(type: string, object: JsonObject): boolean {
  const names = ['delta', 'item', 'part', 'output_index', 'item_id'];
  return (
    type.startsWith('response.') &&
    (objectIn(object['response']) !== undefined || names.some((name) => object[name] !== undefined))
  );
}

function isMedia(type: string, object: JsonObject): boolean {
  if (/^transcript\.text\.(?:delta|segment|done)$/.test(type)) return true;
  return (
    /^image_(?:generation|edit)\.(?:partial_image|completed)$/.test(type) && typeof object['b64_json'] === 'string'
  );
}

function isCohere(type: string, object: JsonObject): boolean {
  if (type === 'message-end') return fullText(valueAt(object, ['delta', 'finish_reason'])) !== undefined;
  const isOne = /^(?:message-start|(?:content|citation|tool-call)-start|(?:content|tool-plan|tool-call)-delta)$/.test(
    type,
  );
  return isOne && objectIn(valueAt(object, ['delta', 'message'])) !== undefined;
}

function isLmStudio(type: string, object: JsonObject, { event }: ProtocolEvent): boolean {
  if (type === 'chat.start') return fullText(object['model_instance_id']) !== undefined || event === type;
  if (type === 'chat.end') return objectIn(valueAt(object, ['result', 'stats'])) !== undefined;
  return /^(?:message|reasoning)\.delta$/.test(type) && event === type && typeof object['content'] === 'string';
}

function isMistral(type: string, object: JsonObject): boolean {
  if (/^conversation\.response\.(?:started|done|error)$/.test(type)) return true;
  const isDelta = type === 'message.output.delta' || type === 'function.call.delta';
  return isDelta && numberIn(object['output_index']) !== undefined;
}
