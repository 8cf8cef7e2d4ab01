import { array, integer, is, maxLength, minLength, minValue, number, object, pipe, string } from 'valibot';
import { originOf, type Secret } from '../../../client/request/secrets/secrets';
import type { InspectorPageState, RequestReference } from '../../../messages/inspector';
import { FormSchema } from '../form/formSchema';
import { isTooLarge, MAX_REQUEST } from '../form/requestForm';

/** Maximum length of an id, in characters: ours have 36. */
const MAX_ID = 100;
/** The origin of a secret that was stored before origins were: it is no request's. */
const UNKNOWN = 'unknown:';

const StateSchema = object({ id: pipe(string(), minLength(1), maxLength(MAX_ID)), form: FormSchema });
const ReferenceSchema = object({
  id: pipe(string(), minLength(1), maxLength(MAX_ID)),
  digest: pipe(string(), maxLength(MAX_ID)),
  lastEventId: pipe(string(), maxLength(MAX_REQUEST)),
});
const SecretsSchema = array(
  object({ number: pipe(number(), integer(), minValue(1)), value: string(), origin: string(), place: string() }),
);
/** As older versions stored them. */
const TextsSchema = array(string());

/** Returns what was stored, if it is a request with an id that could be sent. */
export function readStored(value: unknown): InspectorPageState | undefined {
  return is(StateSchema, value) && !isTooLarge(value.form) ? { id: value.id, form: value.form } : undefined;
}

/** Returns what a page has passed on in place of a request that is too large for a link. */
export function readReference(value: unknown): RequestReference | undefined {
  return is(ReferenceSchema, value) ? value : undefined;
}

/**
 * Returns the secrets that were stored as JSON; undefined where that is something else.
 * @param url of the request's form: the secrets of older versions, in order of their numbers, are taken for its own
 */
export function readSecrets(text: string, url: string | undefined): Secret[] | undefined {
  const value = parsed(text);
  if (is(TextsSchema, value)) {
    const origin = (url === undefined ? '' : originOf(url)) || UNKNOWN;
    return value.map((one, index) => ({ number: index + 1, value: one, origin, place: '' }));
  }
  return is(SecretsSchema, value) ? value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It isn't ours any more, which is said by the one who reads it.
    return undefined;
  }
}
