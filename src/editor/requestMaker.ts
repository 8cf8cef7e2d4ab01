import { l10n } from 'vscode';
import type { Inspection } from '../inspector/inspection';
import type { StreamRequest } from '../inspector/streamRequest';
import type { RequestForm } from '../messages/inspector';
import type { ReadingLimit } from '../turns/readingLimit';
import { originAskedFor } from './endReason';
import type { Log } from './log';
import { RedirectLog } from './redirectLog';
import type { ReadyRequest } from './requestSecrets';
import { confirm } from './tell';

/** A request as it went out. */
export type MadeRequest = ReadyRequest & Pick<RequestForm, 'lastEventId' | 'reconnect'>;

/** Makes a panel's requests, one after the other. */
export class RequestMaker {
  readonly #inspection: Inspection;
  readonly #redirects: RedirectLog;
  readonly #reading: ReadingLimit;
  #made: MadeRequest | undefined;
  /** Origins that its body may be sent to by a redirect, since the user has said so. */
  #approved: string[] = [];
  #isAsking = false;

  constructor(inspection: Inspection, log: Log, reading: ReadingLimit) {
    [this.#inspection, this.#reading] = [inspection, reading];
    this.#redirects = new RedirectLog(log);
  }

  /** The request whose events are shown, with masks: the form may have been edited since. */
  get made(): StreamRequest | undefined {
    return this.#made?.masked;
  }

  make(request: MadeRequest): void {
    const text = (one?: StreamRequest) => JSON.stringify({ ...one, insecure: undefined });
    // Another stream begins anew; the same one goes on.
    if (text(request.masked) !== text(this.made)) {
      this.#inspection.clear();
      this.#approved = [];
    }
    this.#redirects.clear();
    this.#made = request;
    this.#connect(request);
  }

  /**
   * Makes the request anew that was stopped, and lets a redirect take its body to the origin that it was stopped for, if the
   * person says so: a page that isn't ours any more could say that there was a click.
   */
  async sendOn(): Promise<void> {
    const origin = originAskedFor(this.#inspection.status.end);
    const made = this.#made;
    if (origin === undefined || !made || this.#isAsking) return;
    this.#isAsking = true;
    const message = l10n.t('Send the body of the request, which holds a secret, to {0}?', origin);
    const isSaid = await confirm(message, [], l10n.t('Send to {0}', new URL(origin).host)).finally(() => {
      this.#isAsking = false;
    });
    // Meanwhile another one may have been made.
    if (!isSaid || made !== this.#made || originAskedFor(this.#inspection.status.end) !== origin) return;
    this.#approved = [...this.#approved, origin];
    this.#connect(made);
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
    const [approved, reading] = [this.#approved, this.#reading];
    this.#inspection.connect(plain, { lastEventId, reconnect, secret: held, approved, reading });
  }
}
