import { l10n } from 'vscode';
import type { Evidence } from '../../analysis/evidence/evidence';
import { originAskedFor, statusReason } from '../../client/endReason';
import { EvidenceRecorder } from '../../client/evidence/evidenceRecorder';
import { handlersInTurn } from '../../client/http/handlersInTurn';
import { faultOf } from '../../client/http/sendRequest';
import type { ConnectOptions } from '../../client/http/subscriptionOptions';
import type { Inspection } from '../../client/inspection';
import { numbersOf } from '../../client/request/secrets/secretLedger';
import { asSent, isSendableId, type StreamRequest } from '../../client/request/streamRequest';
import { ResultCollector } from '../../client/results/resultCollector';
import type { NextStep, RequestForm } from '../../messages/inspector';
import { type Outcome, READ_STEPS } from '../../messages/streamStatus';
import { MAX_TEXT_SIZE } from '../../stream/limits';
import type { ReadingLimit } from '../../turns/readingLimit';
import type { Log } from '../shared/output/log';
import { confirm } from '../shared/output/tell';
import { toForm } from './form/requestForm';
import { noRepositoryProxy } from './repositoryProxy';
import { nextStepOf, readingOf } from './response/nextStep';
import { RedirectLog } from './response/redirectLog';
import { isSameStream } from './resumePoint';
import type { ReadyRequest } from './stored/requestSecrets';

/** A request as it was sent. */
export type MadeRequest = ReadyRequest & Pick<RequestForm, 'lastEventId' | 'reconnect'>;

/** Permissions that the user has given for a request. */
type Permissions = Pick<ConnectOptions, 'approved' | 'isLenient' | 'readAs'>;

/** Permissions given by a click; the one about a fault holds for the next attempt only. */
export type ClickPermissions = Permissions & Pick<ConnectOptions, 'faultBefore'>;

/** Makes the requests of a panel, one after the other. */
export class RequestMaker {
  /** Results of the current request's stream. */
  readonly results: ResultCollector;
  readonly #inspection: Inspection;
  readonly #redirects: RedirectLog;
  readonly #reading: ReadingLimit;
  #made: MadeRequest | undefined;
  /** The last request, as `sent` returns it, once no further one is made. */
  #last: StreamRequest | undefined;
  /** Permissions that the user has given for the current request. */
  #permissions: Permissions = {};
  #isAsking = false;
  #evidence: EvidenceRecorder | undefined;

  constructor(inspection: Inspection, log: Log, reading: ReadingLimit) {
    [this.#inspection, this.#reading] = [inspection, reading];
    this.#redirects = new RedirectLog(log);
    this.results = new ResultCollector(inspection.history, inspection.timeline.now);
  }

  /** Request whose events are shown, with masks: the form may have been edited since. */
  get made(): StreamRequest | undefined {
    return this.#made?.masked;
  }

  /** Request as it was sent first, with masks; undefined if none was. */
  get sent(): StreamRequest | undefined {
    if (!this.#made) return this.#last;
    const { masked, lastEventId } = this.#made;
    // The text of a file is never stored.
    return asSent(masked.bodyFile === undefined ? masked : { ...masked, body: undefined }, lastEventId);
  }

  /** Request as it was made, with its secrets; undefined if none was. */
  get ready(): ReadyRequest | undefined {
    return this.#made;
  }

  /** Adds what probes have found to the evidence. */
  addProbes(probed: Evidence): void {
    this.#evidence?.addProbes(probed);
  }

  /** Evidence about the stream of the current request; undefined if none was made. */
  get evidence(): Evidence | undefined {
    return this.#evidence?.snapshot();
  }

  /** Clears the events and their results. */
  clear(): void {
    this.#inspection.clear();
    this.results.clear();
  }

  /** Leaves the stream, as the user wants it. Can be called repeatedly. */
  leave(): void {
    this.#inspection.disconnect();
    this.results.leave();
    this.#evidence?.close();
  }

  /** Makes a request. @param permissions given with it, if it was made by taking an offered step */
  make(request: MadeRequest, { faultBefore, ...allowed }: ClickPermissions = {}): void {
    const { made } = this;
    if (!made || textOf(request.masked) !== textOf(made)) {
      // Another stream starts anew. With another secret the same stream continues, but without permissions for that secret.
      const isSame = made !== undefined && isSameStream(request.masked, made);
      this.#permissions = { ...(isSame && this.#permissions), approved: [] };
      if (!isSame) this.#inspection.clear();
    }
    // The user has given no permission for a secret that was added to the body since.
    const isOther = allowed.approved !== undefined && !isOfSecrets(request.masked.body, made?.body);
    this.#permissions = { ...this.#permissions, ...allowed, ...(isOther && { approved: [] }) };
    this.#redirects.clear();
    this.#made = request;
    const { plain, secretParts, lastEventId, reconnect } = request;
    const limits = { reading: this.#reading, maxTextSize: MAX_TEXT_SIZE, proxyFor: noRepositoryProxy };
    const options = { lastEventId, reconnect, secret: secretParts, ...limits };
    this.#evidence?.close();
    this.#evidence = new EvidenceRecorder(plain, this.#inspection.history.bytes.size);
    const permissions = { ...this.#permissions, ...(faultBefore !== undefined && { faultBefore }) };
    this.results.begin(this.sent?.body);
    const handlers = handlersInTurn(this.#evidence.handlers, this.results.handlers);
    this.#inspection.connect(plain, { ...options, ...permissions }, handlers);
  }

  /** Outcome of the last request. */
  get outcome(): Outcome {
    const { status } = this.#inspection;
    if (!this.made) return {};
    const step = nextStepOf(status, this.made.method, this.#permissions.isLenient);
    const origin = originAskedFor(status.end);
    const host = origin === undefined ? '' : new URL(origin).host;
    const readAs = readingOf(status, this.made.method);
    return { reason: statusReason(l10n.t, status, this.made.url), nextStep: step && { step, host }, readAs };
  }

  /**
   * Resolves with the form of the request for an offered step, and the permissions given with it. As with Connect, this
   * is the form on display, unless its URL differs: the offer is for the requested URL.
   * @param shown the form, which may have been edited since
   */
  async take(
    step: NextStep,
    shown: RequestForm,
  ): Promise<{ form: RequestForm; permissions?: ClickPermissions } | undefined> {
    const made = this.#made;
    // The page may send an outdated step.
    if (!made || !this.#isOffered(step)) return undefined;
    const { end } = this.#inspection.status;
    const form = this.#formOf(made, shown);
    switch (step) {
      // The page does that.
      case 'addAuthorization':
        return undefined;
      case 'connectAnyway':
        return { form: { ...form, insecure: true } };
      case 'tryHttp':
        return { form: { ...form, url: form.url.replace(/^https:/i, 'http:') } };
      case 'tryHttps':
        return { form: { ...form, url: form.url.replace(/^http:/i, 'https:') } };
      case 'sendTo': {
        const approved = await this.#askForOrigin(made);
        return approved && { form, permissions: { approved } };
      }
      case 'readAnyway':
        return {
          form,
          permissions: { isLenient: true, faultBefore: end?.cause === 'network' ? faultOf(end.error) : undefined },
        };
      case 'readAsStream':
        return { form, permissions: { readAs: 'events' } };
      case 'readAsLines':
        return { form, permissions: { readAs: 'lines' } };
      case 'readAsText':
        return { form, permissions: { readAs: 'text' } };
    }
  }

  #isOffered(step: NextStep): boolean {
    const { nextStep, readAs } = this.outcome;
    if (nextStep?.step === step) return true;
    const others = Object.values(READ_STEPS).filter((other) => readAs !== undefined && other !== READ_STEPS[readAs]);
    return others.some((other) => other === step);
  }

  #formOf({ masked, reconnect }: MadeRequest, shown: RequestForm): RequestForm {
    if (shown.url === masked.url) return shown;
    const { lastEventId: id } = this.#inspection.status;
    const goesOn = shown.method === masked.method ? shown.reconnect : reconnect;
    return { ...toForm(masked), lastEventId: isSendableId(id) ? id : '', reconnect: goesOn };
  }

  /**
   * Asks whether the body may be sent to the origin for which a redirect was stopped. Resolves with the allowed origins;
   * undefined if denied. The page isn't trusted with the question, since a compromised one could fake the click.
   */
  async #askForOrigin(made: MadeRequest): Promise<string[] | undefined> {
    const origin = originAskedFor(this.#inspection.status.end);
    if (origin === undefined || this.#isAsking) return undefined;
    this.#isAsking = true;
    const message = l10n.t('Send the body of the request, which holds a secret, to {0}?', origin);
    const isAllowed = await confirm(message, [], l10n.t('Send to {0}', new URL(origin).host)).finally(() => {
      this.#isAsking = false;
    });
    // Another request may have been made meanwhile.
    if (!isAllowed || made !== this.#made || originAskedFor(this.#inspection.status.end) !== origin) return undefined;
    return [...(this.#permissions.approved ?? []), origin];
  }

  /** Logs the redirects of the request. To be called when something may have changed. */
  logRedirects(): void {
    this.#redirects.update(this.#inspection.status);
  }

  /** Ends the log of redirects; no request is made after this. Can be called repeatedly. */
  close(): void {
    // Its events may be about to be saved.
    [this.#last, this.#made] = [this.sent, undefined];
    this.#evidence?.close();
    this.results.close();
    this.#redirects.close();
  }
}

function textOf(request: StreamRequest): string {
  return JSON.stringify({ ...request, insecure: undefined });
}

/** Whether all masks in the text are also in the other one. */
function isOfSecrets(text = '', other = ''): boolean {
  const known = new Set(numbersOf(other));
  return numbersOf(text).every((number) => known.has(number));
}
