import { fullText, type JsonObject, listIn, type Maybe, memberOf, objectIn, textIn, valueAt } from '../json/json';
import type { ProtocolId } from '../model/protocol';
import { a2aPart } from '../rpc/messageKinds';

/** Recognises a protocol by the members of its JSON; undefined if they fit none. */
export function byShape(value: Maybe): ProtocolId | undefined {
  const object = objectIn(value);
  if (!object) return undefined;
  if (isChat(object)) return 'openai-chat';
  if (isCompletion(object)) return 'openai-completions';
  if (isGemini(object) || isGemini(objectIn(object['response']) ?? {})) return 'gemini';
  if (isOllama(object)) return 'ollama';
  if (isInteraction(object)) return 'gemini-interactions';
  if (isWatch(object)) return 'kubernetes';
  if (isDocker(object)) return 'docker';
  if (/^thread\.(?:run|message)/.test(textIn(object['object']) ?? '')) return 'openai-assistants';
  return object['jsonrpc'] === undefined && a2aPart(object) ? 'a2a' : undefined;
}

/** Legacy completions end with a chunk of the same shape, but for `object`. */
function isChat(chunk: JsonObject): boolean {
  const { kind, choices } = { kind: textIn(chunk['object']) ?? '', choices: chunk['choices'] };
  if (!Array.isArray(choices)) return false;
  if (kind !== '') return kind === 'chat.completion.chunk';
  if (choices.some((choice) => objectIn(memberOf(choice, 'delta')))) return true;
  return (
    choices.length === 0 &&
    ['usage', 'prompt_filter_results', 'prompt_annotations'].some((name) => isThere(chunk, name))
  );
}

function isCompletion(chunk: JsonObject): boolean {
  return chunk['object'] === 'text_completion' && Array.isArray(chunk['choices']);
}

function isGemini(chunk: JsonObject): boolean {
  if (isThere(chunk, 'choices') || isThere(chunk, 'object')) return false;
  // Servers that speak like it may tell the rest in their last chunk only.
  if (listIn(chunk['candidates']).some((one) => Array.isArray(valueAt(one, ['content', 'parts'])))) return true;
  if (!['usageMetadata', 'modelVersion', 'responseId'].some((name) => isThere(chunk, name))) return false;
  const isOne = (candidate: Maybe) =>
    ['content', 'finishReason', 'index'].some((name) => memberOf(candidate, name) !== undefined);
  return listIn(chunk['candidates']).some(isOne) || objectIn(chunk['promptFeedback']) !== undefined;
}

function isOllama(line: JsonObject): boolean {
  const hasContent = objectIn(line['message']) !== undefined || typeof line['response'] === 'string';
  return typeof line['done'] === 'boolean' && fullText(line['model']) !== undefined && hasContent;
}

function isInteraction(object: JsonObject): boolean {
  return /^(?:interaction\.(?:created|status_update|completed)|step\.(?:start|delta|stop))$/.test(
    textIn(object['event_type']) ?? '',
  );
}

function isWatch(line: JsonObject): boolean {
  const object = objectIn(line['object']);
  const isKind = /^(?:ADDED|MODIFIED|DELETED|BOOKMARK|ERROR)$/.test(textIn(line['type']) ?? '');
  return isKind && fullText(object?.['kind']) !== undefined && fullText(object?.['apiVersion']) !== undefined;
}

function isDocker(line: JsonObject): boolean {
  const isEvent = typeof line['Type'] === 'string' && typeof line['Action'] === 'string';
  return isEvent && typeof memberOf(line['Actor'], 'ID') === 'string';
}

function isThere(object: JsonObject, name: string): boolean {
  return object[name] !== undefined;
}
