import type { Exchange } from '../../../client/http/exchange';
import type { Inspection } from '../../../client/inspection';
import type { BodyNote, Change } from '../../../messages/inspector';
import { bodyNote } from './bodyNote';
import { redirectRows } from './redirectLog';
import { headOf } from './responseHead';

/** The response that the page shows, and what has changed of it since. */
export class ResponseChanges {
  readonly #inspection: Inspection;
  /** Response that was shown last, the number of bytes shown of its body, and their decoder. */
  #shown: Exchange | undefined;
  #shownBody = 0;
  #shownRedirects = '[]';
  #shownNote: BodyNote | undefined;
  #decoder = new TextDecoder();

  constructor(inspection: Inspection) {
    this.#inspection = inspection;
  }

  /** Response that the page shows; undefined if there is none. */
  get shown(): Exchange | undefined {
    return this.#shown;
  }

  /** Prepares for a new page, which shows nothing yet. */
  forget(): void {
    [this.#shown, this.#shownRedirects] = [undefined, '[]'];
  }

  /** Returns what is new since the last call. */
  take(): Change[] {
    return [...this.#newRedirects(), ...this.#newResponse()];
  }

  #newRedirects(): Change[] {
    const redirects = redirectRows(this.#inspection.status);
    const text = JSON.stringify(redirects);
    if (text === this.#shownRedirects) return [];
    this.#shownRedirects = text;
    return [{ type: 'redirects', redirects }];
  }

  /** Returns a new response once; for a growing body, only the new part. */
  #newResponse(): Change[] {
    const { response, isStream } = this.#inspection.status;
    const isNew = response !== this.#shown;
    if (isNew) [this.#shown, this.#shownBody, this.#decoder] = [response, 0, new TextDecoder()];
    if (!response) return isNew ? [{ type: 'noResponse' }] : [];
    const { body } = this.#inspection;
    const text = this.#decoder.decode(body.bytes.subarray(this.#shownBody), { stream: body.state === 'coming' });
    this.#shownBody = body.bytes.length;
    const note = bodyNote(isStream, body);
    const hasChanged = text !== '' || note !== this.#shownNote;
    this.#shownNote = note;
    if (isNew) return [{ type: 'response', ...headOf(response), isEventStream: isStream, body: text, note }];
    return hasChanged ? [{ type: 'body', text, note }] : [];
  }
}
