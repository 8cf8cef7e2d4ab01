import { array, integer, is, maxLength, minLength, minValue, number, object, pipe, string } from 'valibot';
import { originOf, type Secret } from '../../../client/request/secrets/secrets';
import type { InspectorPageState, RequestReference } from '../../../messages/inspector';
import { FormSchema } from '../form/formSchema';
import { isTooLarge, MAX_REQUEST } from '../form/requestForm';

/** Maximum length of an id, in characters; ours have 36. */
const MAX_ID = 100;
/** Origin of a secret that was stored before origins were: it matches no request. */
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
/** Schema of the secrets as older versions stored them. */
const TextsSchema = array(string());

/** Returns the stored value if it is a valid page state whose form is small enough to be sent; undefined if not. */
export function readStored(value: unknown): InspectorPageState | undefined {
  return is(StateSchema, value) && !isTooLarge(value.form) ? { id: value.id, form: value.form } : undefined;
}

/** Returns a page's reference to a request that is too large for a link; undefined if it is invalid. */
export function readReference(value: unknown): RequestReference | undefined {
  return is(ReferenceSchema, value) ? value : undefined;
}

/**
 * Returns the secrets that were stored as JSON; undefined if the text is something else.
 * @param url of the request's form: secrets of older versions, in order of their numbers, are assumed to belong to it
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
    // Not valid JSON, which the caller reports.
    return undefined;
  }
}
