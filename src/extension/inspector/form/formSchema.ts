import { boolean, maxLength, object, optional, pipe, string } from 'valibot';

/**
 * Maximum length of a text in a form, in UTF-16 code units: far above the limit of a request, so that a long form gets a
 * message.
 */
export const MAX_TEXT = 64 * 1024 * 1024;

const text = pipe(string(), maxLength(MAX_TEXT));

/** Schema of a `RequestForm`. */
export const FormSchema = object({
  method: text,
  url: text,
  headers: text,
  body: text,
  bodyFile: optional(text),
  lastEventId: text,
  insecure: boolean(),
  reconnect: boolean(),
});
