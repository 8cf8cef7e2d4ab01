import { isRepeatable } from '../../client/http/exchange';
import type { Inspection } from '../../client/inspection';
import { compositeNoun } from '../../client/request/secrets/scan/secretNames';
import { MASK } from '../../client/request/secrets/secretLedger';
import { veiled } from '../../client/request/secrets/secrets';
import { isSendableId, type StreamRequest } from '../../client/request/streamRequest';
import type { RequestForm } from '../../messages/inspector';

/** What lets someone in, and may as well say where: a room's `key`, a `code`, a `session`. */
const NAMES_STREAM = /^(?:key|code|session|pass|pin|access|ticket)$/;

/** Whether two requests, with masks for their secrets, are for the same stream: with another token, it goes on. */
export function isSameStream(one: StreamRequest, other: StreamRequest): boolean {
  return identity(one) === identity(other);
}

function identity({ method, url, headers, body }: StreamRequest): string {
  const text = JSON.stringify({ method, headers, body });
  return `${plain(url)} ${text.replace(MASK, '•••')}`;
}

/** The Last-Event-ID that stands in a form since a stream was left there. It belongs to that stream's URL. */
export class ResumePoint {
  #url: string;
  #id: string;
  /** How the request ended of which the place is kept. */
  #end: unknown;
  /** The URL that was looked through last: it stays as it is while the rest of a form is edited. */
  #seen = { url: '', plain: '' };

  constructor({ url, lastEventId }: Pick<RequestForm, 'url' | 'lastEventId'>) {
    [this.#url, this.#id] = [this.#plain(url), lastEventId];
  }

  /** The stream of the URL was left there. Returns the form that goes on with it, where it is that stream's. */
  leave(url: string, lastEventId: string, form: RequestForm): RequestForm {
    if (this.#plain(form.url) !== this.#plain(url)) return this.check(form);
    // In place of one that can't be sent, no older one goes.
    [this.#url, this.#id] = [this.#plain(url), isSendableId(lastEventId) ? lastEventId : ''];
    return form.lastEventId === this.#id ? form : { ...form, lastEventId: this.#id };
  }

  /** As `leave`, where the request has broken or was refused: what has come to its end begins anew. To be called when something may have changed. */
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

  /** Returns the form without the id where that is another URL's; one that a person has typed stays. */
  check(form: RequestForm): RequestForm {
    if (this.#id === '' || form.lastEventId !== this.#id || this.#plain(form.url) === this.#url) return form;
    return { ...form, lastEventId: '' };
  }

  #plain(url: string): string {
    if (this.#seen.url !== url) this.#seen = { url, plain: plain(url) };
    return this.#seen.plain;
  }
}

/** With another token it is the same stream; where the mask may name one, another one is another stream. */
function plain(url: string): string {
  return veiled(
    url.trim(),
    (place) => !NAMES_STREAM.test(compositeNoun(place.replace(/^\S* /, ''), 'parameter') ?? ''),
  );
}
