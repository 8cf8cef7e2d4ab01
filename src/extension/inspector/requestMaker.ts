import { l10n } from 'vscode';
import { originAskedFor, statusReason } from '../../client/endReason';
import { faultOf } from '../../client/http/exchange';
import type { ConnectOptions } from '../../client/http/subscriptionOptions';
import type { Inspection } from '../../client/inspection';
import { numbersOf } from '../../client/request/secrets/secretLedger';
import { asSent, isSendableId, type StreamRequest } from '../../client/request/streamRequest';
import type { NextStep, RequestForm } from '../../messages/inspector';
import type { Outcome } from '../../messages/streamStatus';
import type { ReadingLimit } from '../../turns/readingLimit';
import type { Log } from '../shared/output/log';
import { confirm } from '../shared/output/tell';
import { toForm } from './form/requestForm';
import { nextStepOf } from './response/nextStep';
import { RedirectLog } from './response/redirectLog';
import { isSameStream } from './resumePoint';
import type { ReadyRequest } from './stored/requestSecrets';

/** A request as it went out. */
export type MadeRequest = ReadyRequest & Pick<RequestForm, 'lastEventId' | 'reconnect'>;

/** What a person has allowed for a request. */
type Allowed = Pick<ConnectOptions, 'approved' | 'isLenient' | 'anyType'>;

/** What is said with a click: of a fault, for the one attempt that follows. */
export type Said = Allowed & Pick<ConnectOptions, 'faultBefore'>;

/** Makes a panel's requests, one after the other. */
export class RequestMaker {
  readonly #inspection: Inspection;
  readonly #redirects: RedirectLog;
  readonly #reading: ReadingLimit;
  #made: MadeRequest | undefined;
  /** Allowed for it, since the person has said so. */
  #allowed: Allowed = {};
  #isAsking = false;

  constructor(inspection: Inspection, log: Log, reading: ReadingLimit) {
    [this.#inspection, this.#reading] = [inspection, reading];
    this.#redirects = new RedirectLog(log);
  }

  /** The request whose events are shown, with masks: the form may have been edited since. */
  get made(): StreamRequest | undefined {
    return this.#made?.masked;
  }

  /** As it went out first, with masks. */
  get sent(): StreamRequest | undefined {
    if (!this.#made) return undefined;
    const { masked, lastEventId } = this.#made;
    // The text of a file is kept nowhere.
    return asSent(masked.bodyFile === undefined ? masked : { ...masked, body: undefined }, lastEventId);
  }

  /** @param said with it, where it is made in a way that was offered */
  make(request: MadeRequest, { faultBefore, ...allowed }: Said = {}): void {
    const { made } = this;
    if (!made || textOf(request.masked) !== textOf(made)) {
      // Another stream begins anew; with another secret, the same one goes on, but of that one the person has said nothing.
      const isSame = made !== undefined && isSameStream(request.masked, made);
      this.#allowed = { ...(isSame && this.#allowed), approved: [] };
      if (!isSame) this.#inspection.clear();
    }
    // Of a secret that has come into the body since, nothing was said.
    const isOther = allowed.approved !== undefined && !isOfSecrets(request.masked.body, made?.body);
    this.#allowed = { ...this.#allowed, ...allowed, ...(isOther && { approved: [] }) };
    this.#redirects.clear();
    this.#made = request;
    const { plain, held, lastEventId, reconnect } = request;
    const options = { lastEventId, reconnect, secret: held, reading: this.#reading };
    this.#inspection.connect(plain, {
      ...options,
      ...this.#allowed,
      ...(faultBefore !== undefined && { faultBefore }),
    });
  }

  /** Outcome of the request that was made last. */
  get outcome(): Outcome {
    const { status } = this.#inspection;
    if (!this.made) return {};
    const step = nextStepOf(status, this.made.method, this.#allowed.isLenient);
    const origin = originAskedFor(status.end);
    const host = origin === undefined ? '' : new URL(origin).host;
    return { reason: statusReason(l10n.t, status, this.made.url), nextStep: step && { step, host } };
  }

  /**
   * Resolves with the form of the request that is to be made in the way that was offered, and what is said with it. As with
   * Connect, that is what the form shows; but the offer is for the address that was asked.
   * @param shown the form, which may have been edited since
   */
  async take(step: NextStep, shown: RequestForm): Promise<{ form: RequestForm; said?: Said } | undefined> {
    const made = this.#made;
    // The page may be late.
    if (!made || this.outcome.nextStep?.step !== step) return undefined;
    const { end } = this.#inspection.status;
    const form = this.#formOf(made, shown);
    switch (step) {
      case 'connectAnyway':
        return { form: { ...form, insecure: true } };
      case 'tryHttp':
        return { form: { ...form, url: form.url.replace(/^https:/i, 'http:') } };
      case 'tryHttps':
        return { form: { ...form, url: form.url.replace(/^http:/i, 'https:') } };
      case 'sendTo': {
        const approved = await this.#askForOrigin(made);
        return approved && { form, said: { approved } };
      }
      case 'readAnyway':
        return {
          form,
          said: { isLenient: true, faultBefore: end?.cause === 'network' ? faultOf(end.error) : undefined },
        };
      case 'readAsStream':
        return { form, said: { anyType: true } };
    }
  }

  #formOf({ masked, reconnect }: MadeRequest, shown: RequestForm): RequestForm {
    if (shown.url === masked.url) return shown;
    const { lastEventId: id } = this.#inspection.status;
    const goesOn = shown.method === masked.method ? shown.reconnect : reconnect;
    return { ...toForm(masked), lastEventId: isSendableId(id) ? id : '', reconnect: goesOn };
  }

  /**
   * Resolves with the origins that may have the body, where the person says that it may go to the one that a redirect was
   * stopped for: a page that isn't ours any more could say that there was a click.
   */
  async #askForOrigin(made: MadeRequest): Promise<string[] | undefined> {
    const origin = originAskedFor(this.#inspection.status.end);
    if (origin === undefined || this.#isAsking) return undefined;
    this.#isAsking = true;
    const message = l10n.t('Send the body of the request, which holds a secret, to {0}?', origin);
    const isSaid = await confirm(message, [], l10n.t('Send to {0}', new URL(origin).host)).finally(() => {
      this.#isAsking = false;
    });
    // Meanwhile another one may have been made.
    if (!isSaid || made !== this.#made || originAskedFor(this.#inspection.status.end) !== origin) return undefined;
    return [...(this.#allowed.approved ?? []), origin];
  }

  /** Logs where the request was redirected to. To be called when something may have changed. */
  logRedirects(): void {
    this.#redirects.update(this.#inspection.status);
  }

  /** Ends the log of redirects; nothing is made any more. Twice is fine. */
  close(): void {
    this.#made = undefined;
    this.#redirects.close();
  }
}

function textOf(request: StreamRequest): string {
  return JSON.stringify({ ...request, insecure: undefined });
}

/** Whether all masks in the text are in the other. */
function isOfSecrets(text = '', other = ''): boolean {
  const known = new Set(numbersOf(other));
  return numbersOf(text).every((number) => known.has(number));
}
