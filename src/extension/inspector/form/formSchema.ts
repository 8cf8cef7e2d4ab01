import { boolean, maxLength, object, optional, pipe, string } from 'valibot';

/** Maximum length of a text of a form, in UTF-16 code units: far more than is sent, so that too long a form is answered in words. */
export const MAX_TEXT = 64 * 1024 * 1024;

const text = pipe(string(), maxLength(MAX_TEXT));

/** A request as the inspector's form shows it. */
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
