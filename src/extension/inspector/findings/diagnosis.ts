import { l10n, type Memento } from 'vscode';
import type { DiagnosisState, FindingRow, FromFindings } from '../../../messages/findings';
import type { RequestMaker } from '../requestMaker';

const ORIGIN_KEY = 'sseCounter.pageOrigin';

type Asked = Extract<FromFindings, { type: 'diagnose' }>;

/** A diagnosis of a panel's stream, which the user asks for: it makes the request again in other ways. */
export class Diagnosis {
  readonly #requests: RequestMaker;
  readonly #memory: Memento;
  #running: AbortController | undefined;

  constructor(requests: RequestMaker, memory: Memento) {
    [this.#requests, this.#memory] = [requests, memory];
  }

  /** Whether the user has asked for one about this request. */
  get isAsked(): boolean {
    return this.#running !== undefined;
  }

  /** Origin of the page that is to read streams, as given last; empty if none was. */
  get origin(): string {
    const origin = this.#memory.get<unknown>(ORIGIN_KEY);
    return typeof origin === 'string' ? origin : '';
  }

  state(_rows: readonly FindingRow[]): DiagnosisState {
    return { state: 'none', isPossible: this.#requests.made !== undefined };
  }

  /** Makes the requests. Resolves when all are over, or it was cancelled. @param onProgress called when the state has changed */
  async run({ origin }: Asked, onProgress: () => void): Promise<void> {
    await this.#memory.update(ORIGIN_KEY, origin);
    l10n.t('x');
    onProgress();
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** Ends it and forgets its outcome. Can be called repeatedly. */
  clear(): void {
    this.cancel();
    this.#running = undefined;
  }
}
