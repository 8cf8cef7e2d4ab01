import { type JsonObject, textIn } from '../json/json';

/** Types of parts of a UI message, with members that each must have, as text. */
const PARTS: Record<string, readonly string[]> = {
  'text-start': ['id'],
  'text-delta': ['id', 'delta'],
  'text-end': ['id'],
  'reasoning-start': ['id'],
  'reasoning-delta': ['id', 'delta'],
  'reasoning-end': ['id'],
  'tool-input-start': ['toolCallId', 'toolName'],
  'tool-input-delta': ['toolCallId', 'inputTextDelta'],
  'tool-input-available': ['toolCallId', 'toolName'],
  'tool-input-error': ['toolCallId', 'errorText'],
  'tool-output-available': ['toolCallId'],
  'tool-output-error': ['toolCallId', 'errorText'],
  'source-url': ['sourceId', 'url'],
  'source-document': ['sourceId', 'mediaType'],
};
/** Types without members of their own: they tell only behind `start`. */
const BEHIND_START = /^(?:start-step|finish-step|data-.+|file|message-metadata|abort|finish)$/;

/** Whether a type and its members are those of a part of a UI message. @param isStarted whether a `start` came before it */
export function isVercelPart(type: string, fields: JsonObject, isStarted: boolean): boolean {
  if (Object.hasOwn(PARTS, type)) return PARTS[type]?.every((name) => textIn(fields[name]) !== undefined) ?? false;
  return isStarted && BEHIND_START.test(type);
}
