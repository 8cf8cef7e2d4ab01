import { l10n, type Memento } from 'vscode';
import type { Evidence } from '../../../analysis/evidence/evidence';
import { eventSourceVerdict } from '../../../analysis/verdict/eventSourceVerdict';
import { verdictWords } from '../../../analysis/verdict/verdictWords';
import { isRepeatable } from '../../../client/http/sendRequest';
import type { ProbedStream, ProbeProgress } from '../../../client/probe/probedStream';
import { probeStream } from '../../../client/probe/probeStream';
import { checkedSentences, stepText } from '../../../client/probe/probeWords';
import { secretsOfUrl } from '../../../client/request/secrets/secrets';
import type { DiagnosisState, FindingRow, FromFindings } from '../../../messages/findings';
import { noRepositoryProxy } from '../repositoryProxy';
import type { RequestMaker } from '../requestMaker';

const ORIGIN_KEY = 'sseCounter.pageOrigin';

type Asked = Omit<Extract<FromFindings, { type: 'diagnose' }>, 'type'>;

/** A diagnosis of a panel's stream, which the user asks for: it makes the request again in other ways. */
export class Diagnosis {
  readonly #requests: RequestMaker;
  readonly #memory: Memento;
  readonly #disconnect: () => void;
  #running: AbortController | undefined;
  #progress: ProbeProgress = { asking: [], done: 0 };
  /** Secrets of the other addresses that were asked. */
  #secrets: string[] = [];
  #outcome: { probed: Pick<ProbedStream, 'evidence' | 'asked' | 'leftOut'>; origin: string } | undefined;

  /** @param disconnect ends the panel's own connection */
  constructor(requests: RequestMaker, memory: Memento, disconnect: () => void) {
    [this.#requests, this.#memory, this.#disconnect] = [requests, memory, disconnect];
  }

  /** Whether the user has asked for one about this request. */
  get isAsked(): boolean {
    return this.#running !== undefined || this.#outcome !== undefined;
  }

  /** Origin of the page that is to read streams, as given last; empty if none was. */
  get origin(): string {
    const origin = this.#memory.get<unknown>(ORIGIN_KEY);
    return typeof origin === 'string' ? origin : '';
  }

  /** Secrets of the other addresses that were asked about this request, which a server may have sent back. */
  get secrets(): readonly string[] {
    return this.#secrets;
  }

  /** @param evidence about the panel's own connections, with what the probes have found @param rows what is shown of it */
  state(evidence: Evidence | undefined, rows: readonly FindingRow[]): DiagnosisState {
    if (this.#running) return { state: 'running', text: this.#progressText };
    if (!this.#outcome || !evidence) return { state: 'none', isPossible: this.#requests.made !== undefined };
    const { probed, origin } = this.#outcome;
    const isSure = rows.some(({ confidence }) => confidence === 'proven' || confidence === 'likely');
    return {
      state: 'done',
      text: isSure ? l10n.t('Diagnosed: see the explanations.') : l10n.t('Nothing found. See what was checked.'),
      checked: checkedSentences(l10n.t, probed, origin === '' ? undefined : origin),
      verdict: origin === '' ? undefined : verdictText(evidence, origin),
    };
  }

  /** Makes the requests. Resolves when all are over, or it was cancelled. @param onProgress called when the state has changed */
  async run(asked: Asked, onProgress: () => void): Promise<void> {
    const { ready } = this.#requests;
    if (!ready || this.#running) return;
    const controller = new AbortController();
    [this.#running, this.#outcome, this.#progress] = [controller, undefined, { asking: [], done: 0 }];
    onProgress();
    try {
      const { origin } = asked;
      await this.#memory.update(ORIGIN_KEY, origin);
      const probed = await this.#probed(asked, controller.signal, onProgress);
      if (controller.signal.aborted || !probed) return;
      if (probed.asked.length > 0) this.#requests.addProbes(probed.evidence);
      this.#outcome = { probed, origin };
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      if (this.#running === controller) this.#running = undefined;
      onProgress();
    }
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** Ends it and forgets its outcome. Can be called repeatedly. */
  clear(): void {
    this.cancel();
    [this.#running, this.#outcome, this.#secrets] = [undefined, undefined, []];
  }

  get #progressText(): string {
    const { asking, done } = this.#progress;
    const steps = asking.map((step) => stepText(l10n.t, step)).join(', ');
    return steps === '' ? l10n.t('Asking…') : l10n.t('Asking {0}… ({1} done)', steps, done);
  }

  /** Makes the probes; none of a request that may change something, whose connection is looked at alone. */
  async #probed({ origin, compare, second }: Asked, signal: AbortSignal, onProgress: () => void) {
    const { ready, evidence } = this.#requests;
    // Another request may have been made meanwhile: its connection isn't to be closed.
    if (!ready || !evidence || signal.aborted) return undefined;
    if (!isRepeatable(ready.plain.method))
      return { evidence, asked: [], leftOut: [{ reason: 'method' as const }] } satisfies Partial<ProbedStream>;
    // Told at once, as the probes take an error for an answer.
    await noRepositoryProxy();
    if (signal.aborted) return undefined;
    // The panel's own connection would be the first, and the next request the second.
    if (!second) this.#disconnect();
    this.#secrets = [...new Set([...this.#secrets, ...secretsOfUrl(compare)])];
    return probeStream(ready.plain, {
      origin: origin === '' ? undefined : origin,
      compare: compare === '' ? undefined : compare,
      second,
      signal,
      secret: ready.secretParts,
      proxyFor: noRepositoryProxy,
      onProgress: (progress) => {
        this.#progress = { asking: [...progress.asking], done: progress.done };
        onProgress();
      },
    });
  }
}

function verdictText(evidence: Evidence, origin: string): string {
  const { text, reasons } = verdictWords(l10n.t, eventSourceVerdict(evidence, origin));
  return [text, ...reasons].join(' ');
}
