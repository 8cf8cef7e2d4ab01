import { isRepeatable } from '../../client/http/sendRequest';
import type { Inspection } from '../../client/inspection';
import { compositeNoun } from '../../client/request/secrets/scan/secretNames';
import { MASK } from '../../client/request/secrets/secretLedger';
import { veiled } from '../../client/request/secrets/secrets';
import { isSendableId, type StreamRequest } from '../../client/request/streamRequest';
import type { RequestForm } from '../../messages/inspector';

/** Matches names of secrets that may also identify a stream: a room's `key`, a `code`, a `session`. */
const NAMES_STREAM = /^(?:key|code|session|pass|pin|access|ticket)$/;

/** Whether two requests, with masks for their secrets, are for the same stream, which another token doesn't change. */
export function isSameStream(one: StreamRequest, other: StreamRequest): boolean {
  return identity(one) === identity(other);
}

function identity({ method, url, headers, body }: StreamRequest): string {
  const text = JSON.stringify({ method, headers, body });
  return `${plain(url)} ${text.replace(MASK, '•••')}`;
}

/** The Last-Event-ID that was put into a form when its stream ended. It belongs to that stream's URL. */
export class ResumePoint {
  #url: string;
  #id: string;
  /** End of the last request whose id was recorded. */
  #end: unknown;
  /** Last URL and its masked form, cached because the URL stays the same while the rest of a form is edited. */
  #seen = { url: '', plain: '' };

  constructor({ url, lastEventId }: Pick<RequestForm, 'url' | 'lastEventId'>) {
    [this.#url, this.#id] = [this.#plain(url), lastEventId];
  }

  /** Records the id at which the URL's stream was left. Returns the form with it, if the form is for that stream. */
  leave(url: string, lastEventId: string, form: RequestForm): RequestForm {
    if (this.#plain(form.url) !== this.#plain(url)) return this.check(form);
    // If the id can't be sent, no older one is sent in its place.
    [this.#url, this.#id] = [this.#plain(url), isSendableId(lastEventId) ? lastEventId : ''];
    return form.lastEventId === this.#id ? form : { ...form, lastEventId: this.#id };
  }

  /**
   * Records the id like `leave` if the request has failed or was refused; a stream that has come to its end starts anew. To
   * be called when something may have changed.
   */
  ended(
    { status, running }: Pick<Inspection, 'status' | 'running'>,
    made: StreamRequest | undefined,
    form: RequestForm,
  ) {
    const { end, lastEventId } = status;
    if (!end || !made || running || end === this.#end) return form;
    this.#end = end;
    const isOver = end.cause === 'noContent' || (end.cause === 'end' && !isRepeatable(made.method));
    return this.leave(made.url, isOver ? '' : lastEventId, form);
  }

  /** Returns the form without the id if that belongs to another URL; an id that the user has typed stays. */
  check(form: RequestForm): RequestForm {
    if (this.#id === '' || form.lastEventId !== this.#id || this.#plain(form.url) === this.#url) return form;
    return { ...form, lastEventId: '' };
  }

  #plain(url: string): string {
    if (this.#seen.url !== url) this.#seen = { url, plain: plain(url) };
    return this.#seen.plain;
  }
}

/** Returns the URL with its tokens masked, except for those that may identify a stream. */
function plain(url: string): string {
  return veiled(
    url.trim(),
    (place) => !NAMES_STREAM.test(compositeNoun(place.replace(/^\S* /, ''), 'parameter') ?? ''),
  );
}
