import { boolean, maxLength, object, pipe, string } from 'valibot';

/** Maximum lengths of what a form holds, in UTF-16 code units. */
export const MAX_FORM = {
  method: 100,
  /** Servers take 8 to 64 KB. */
  url: 64 * 1024,
  headers: 256 * 1024,
  body: 16 * 1024 * 1024,
  lastEventId: 64 * 1024,
};
const text = (max: number) => pipe(string(), maxLength(max));

/** A request as the inspector's form shows it. */
export const FormSchema = object({
  method: text(MAX_FORM.method),
  url: text(MAX_FORM.url),
  headers: text(MAX_FORM.headers),
  body: text(MAX_FORM.body),
  lastEventId: text(MAX_FORM.lastEventId),
  insecure: boolean(),
  reconnect: boolean(),
});
