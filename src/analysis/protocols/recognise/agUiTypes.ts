import { type Json, type JsonObject, objectIn, textIn } from '../json/json';

/** Types of AG-UI's events, with the members that each must have, as text. */
const TEXTS: Record<string, readonly string[]> = {
  RUN_STARTED: ['threadId', 'runId'],
  RUN_FINISHED: ['threadId', 'runId'],
  RUN_ERROR: ['message'],
  STEP_STARTED: ['stepName'],
  STEP_FINISHED: ['stepName'],
  TEXT_MESSAGE_START: ['messageId'],
  TEXT_MESSAGE_CONTENT: ['messageId', 'delta'],
  TEXT_MESSAGE_CHUNK: ['messageId'],
  TEXT_MESSAGE_END: ['messageId'],
  TOOL_CALL_START: ['toolCallId', 'toolCallName'],
  TOOL_CALL_ARGS: ['toolCallId', 'delta'],
  TOOL_CALL_END: ['toolCallId'],
  TOOL_CALL_CHUNK: ['toolCallId'],
  TOOL_CALL_RESULT: ['toolCallId', 'content'],
  REASONING_MESSAGE_START: ['messageId'],
  REASONING_MESSAGE_CONTENT: ['messageId', 'delta'],
  REASONING_MESSAGE_END: ['messageId'],
  REASONING_MESSAGE_CHUNK: ['messageId'],
  THINKING_TEXT_MESSAGE_CONTENT: ['delta'],
  ACTIVITY_SNAPSHOT: ['messageId', 'activityType'],
};

/** Types that have a member of another kind. */
const OTHERS: Record<string, (fields: JsonObject) => boolean> = {
  STATE_SNAPSHOT: ({ snapshot }) => snapshot !== undefined,
  STATE_DELTA: ({ delta }) => isPatch(delta),
  MESSAGES_SNAPSHOT: ({ messages }) => Array.isArray(messages),
};

/** Whether a type and its members are those of an event of AG-UI. */
export function isAgUi(type: string, fields: JsonObject): boolean {
  if (Object.hasOwn(TEXTS, type)) return TEXTS[type]?.every((name) => textIn(fields[name]) !== undefined) ?? false;
  return Object.hasOwn(OTHERS, type) && (OTHERS[type]?.(fields) ?? false);
}

function isPatch(value: Json | undefined): boolean {
  return Array.isArray(value) && value.every((one) => textIn(objectIn(one)?.['op']) !== undefined);
}
