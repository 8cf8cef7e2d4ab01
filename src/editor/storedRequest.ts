import { is } from 'valibot';
import { originOf, type Secret } from '../inspector/secrets';
import type { InspectorPageState } from '../messages/inspector';
import { FormSchema } from './formSchema';

/** Maximum length of an id, in characters: ours have 36. */
const MAX_ID = 100;
/** The origin of a secret that was stored before origins were: it is no request's. */
const UNKNOWN = 'unknown:';

/** Returns what was stored, if it is a request with an id. */
export function readStored(value: unknown): InspectorPageState | undefined {
  if (!isObject(value)) return undefined;
  const { id, form } = value;
  return typeof id === 'string' && id !== '' && id.length <= MAX_ID && is(FormSchema, form) ? { id, form } : undefined;
}

/**
 * Returns the secrets that were stored as JSON; undefined where that is something else.
 * @param url of the request's form: the secrets of older versions, in order of their numbers, are taken for its own
 */
export function readSecrets(text: string, url: string | undefined): Secret[] | undefined {
  const value = parsed(text);
  if (!Array.isArray(value)) return undefined;
  if (value.every((one) => typeof one === 'string')) {
    const origin = (url === undefined ? '' : originOf(url)) || UNKNOWN;
    return value.map((one, index) => ({ number: index + 1, value: one, origin, place: '' }));
  }
  return value.every(isSecret) ? value : undefined;
}

function isSecret(value: unknown): value is Secret {
  if (!isObject(value)) return false;
  const { number, ...texts } = value;
  const isNumber = typeof number === 'number' && Number.isInteger(number) && number > 0;
  return isNumber && ['value', 'origin', 'place'].every((name) => typeof texts[name] === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It isn't ours any more, which is said by the one who reads it.
    return undefined;
  }
}
