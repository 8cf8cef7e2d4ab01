import { l10n } from 'vscode';
import { faultOf } from '../inspector/exchange';
import type { Inspection } from '../inspector/inspection';
import { asSent, isSendableId, type StreamRequest } from '../inspector/streamRequest';
import type { ConnectOptions } from '../inspector/subscriptionOptions';
import type { NextStep, RequestForm } from '../messages/inspector';
import type { ReadingLimit } from '../turns/readingLimit';
import { originAskedFor, statusReason } from './endReason';
import type { Outcome } from './inspectorPage';
import type { Log } from './log';
import { nextStepOf } from './nextStep';
import { RedirectLog } from './redirectLog';
import { toForm } from './requestForm';
import type { ReadyRequest } from './requestSecrets';
import { isSameStream } from './resumePoint';
import { confirm } from './tell';

/** A request as it went out. */
export type MadeRequest = ReadyRequest & Pick<RequestForm, 'lastEventId' | 'reconnect'>;

type Allowed = Pick<ConnectOptions, 'approved' | 'faultBefore' | 'anyType'>;

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

  make(request: MadeRequest): void {
    const { made } = this;
    if (!made || textOf(request.masked) !== textOf(made)) {
      // Another stream begins anew; with another secret, the same one goes on, but of that one the person has said nothing.
      const isSame = made !== undefined && isSameStream(request.masked, made);
      this.#allowed = { ...(isSame && this.#allowed), approved: [] };
      if (!isSame) this.#inspection.clear();
    }
    this.#redirects.clear();
    this.#made = request;
    this.#connect(request);
  }

  /** Outcome of the request that was made last. */
  get outcome(): Outcome {
    const { status } = this.#inspection;
    if (!this.made) return {};
    const step = nextStepOf(status, this.made.method, this.#allowed.faultBefore !== undefined);
    const origin = originAskedFor(status.end);
    const host = origin === undefined ? '' : new URL(origin).host;
    return { reason: statusReason(status, this.made.url), nextStep: step && { step, host } };
  }

  /**
   * Makes the request anew in the way that was offered. Resolves with the form of another request, where it takes one.
   * @param shown the form, which may have been edited since
   */
  async take(step: NextStep, shown: RequestForm): Promise<RequestForm | undefined> {
    const made = this.#made;
    // The page may be late.
    if (!made || this.outcome.nextStep?.step !== step) return undefined;
    const { end } = this.#inspection.status;
    const { masked, reconnect } = made;
    const { lastEventId: id } = this.#inspection.status;
    const asked = shown.url === masked.url ? shown : { ...toForm(masked), reconnect };
    const form = { ...asked, lastEventId: isSendableId(id) ? id : '' };
    switch (step) {
      case 'connectAnyway':
        return { ...form, insecure: true };
      case 'tryHttp':
        return { ...form, url: form.url.replace(/^https:/i, 'http:') };
      case 'tryHttps':
        return { ...form, url: form.url.replace(/^http:/i, 'https:') };
      case 'sendTo':
        await this.#sendOn(made);
        return undefined;
      case 'readAnyway':
        return this.#goOn(made, { faultBefore: end?.cause === 'network' ? faultOf(end.error) : undefined });
      case 'readAsStream':
        return this.#goOn(made, { anyType: true });
    }
  }

  #goOn(made: MadeRequest, allowed: Allowed): undefined {
    this.#allowed = { ...this.#allowed, ...allowed };
    this.#connect({ ...made, lastEventId: this.#inspection.status.lastEventId });
  }

  /**
   * Lets a redirect take its body to the origin that it was stopped for, if the person says so: a page that isn't ours any
   * more could say that there was a click.
   */
  async #sendOn(made: MadeRequest): Promise<void> {
    const origin = originAskedFor(this.#inspection.status.end);
    if (origin === undefined || this.#isAsking) return;
    this.#isAsking = true;
    const message = l10n.t('Send the body of the request, which holds a secret, to {0}?', origin);
    const isSaid = await confirm(message, [], l10n.t('Send to {0}', new URL(origin).host)).finally(() => {
      this.#isAsking = false;
    });
    // Meanwhile another one may have been made.
    if (!isSaid || made !== this.#made || originAskedFor(this.#inspection.status.end) !== origin) return;
    this.#goOn(made, { approved: [...(this.#allowed.approved ?? []), origin] });
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

  #connect({ plain, held, lastEventId, reconnect }: MadeRequest): void {
    const reading = this.#reading;
    this.#inspection.connect(plain, { lastEventId, reconnect, secret: held, reading, ...this.#allowed });
  }
}

function textOf(request: StreamRequest): string {
  return JSON.stringify({ ...request, insecure: undefined });
}
