import { env, l10n, type Memento } from 'vscode';
import type { Inspection } from '../../../client/inspection';
import type { FindingsState, FromFindings, ToFindings } from '../../../messages/findings';
import type { TimelineMark } from '../../../messages/timeline';
import type { Turns } from '../../../turns/turns';
import type { RequestMaker } from '../requestMaker';
import { Diagnosis } from './diagnosis';
import type { DismissedFindings } from './dismissedFindings';
import { evidenceJson } from './evidenceJson';
import { FindingList } from './findingList';

/** Time after which a silent stream is looked at again, in milliseconds: silence is evidence, too. */
const AGAIN = 1000;
/** Time after which the search in much evidence goes on, in milliseconds. */
const SOON = 20;

export interface StreamFindingsOptions {
  inspection: Inspection;
  requests: RequestMaker;
  dismissed: DismissedFindings;
  /** Memory of the workspace. */
  memory: Memento;
  panel: { readonly ready: boolean; post(message: ToFindings): void };
  turns: Turns;
  /** Disconnects the panel's stream, if it is open. */
  disconnect(): void;
  /** Called when there may be something new to show. */
  onChange(): void;
}

/** Findings about a panel's stream: explains what it does, and makes diagnoses that the user asks for. */
export class StreamFindings {
  readonly #options: StreamFindingsOptions;
  readonly #diagnosis: Diagnosis;
  readonly #list = new FindingList();
  /** State that the page has, as JSON. */
  #shown = '';
  /** Whether the page is to ask what a diagnosis may do, once it is there. */
  #isAsking = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StreamFindingsOptions) {
    this.#options = options;
    this.#diagnosis = new Diagnosis(options.requests, options.memory, options.disconnect);
  }

  /** Marks for the timeline: the findings that have a time. */
  get marks(): TimelineMark[] {
    return this.#list.marks(this.#dismissed);
  }

  /** Returns the state for the page if it has changed; undefined if it hasn't. To be called while the page is visible. */
  change(): FindingsState | undefined {
    const { requests, inspection } = this.#options;
    const diagnosis = this.#diagnosis;
    const hasLooked = this.#list.update(() => requests.evidence);
    clearTimeout(this.#timer);
    const { isLooking } = this.#list;
    if (isLooking || inspection.running)
      this.#timer = setTimeout(() => this.#options.onChange(), isLooking ? SOON : AGAIN);
    // All that the page shows of it follows from what was found then, and this is called ten times a second.
    if (!hasLooked && this.#shown !== '') return undefined;
    const dismissed = this.#dismissed;
    const rows = this.#list.rows(dismissed, diagnosis.isAsked);
    const hidden = this.#list.dismissedCount(dismissed);
    const state = { rows, dismissed: hidden, diagnosis: diagnosis.state(this.#list.evidence, rows) };
    const text = JSON.stringify(state);
    if (text === this.#shown) return undefined;
    this.#shown = text;
    return state;
  }

  /** Has the page ask what a diagnosis may do; a page that isn't there yet does so when it is. */
  askDiagnosis(): void {
    const { panel } = this.#options;
    this.#isAsking = !panel.ready;
    panel.post({ type: 'askDiagnosis', origin: this.#diagnosis.origin });
  }

  /** Prepares for a new page, which has nothing yet. */
  forgetShown(): void {
    this.#shown = '';
    if (this.#isAsking) this.#options.panel.post({ type: 'askDiagnosis', origin: this.#diagnosis.origin });
    this.#isAsking = false;
  }

  /** Ends a diagnosis in progress, as another request is made. */
  restart(): void {
    this.#diagnosis.clear();
    // The request is made after this, and its first change is shown.
    this.#list.expire();
  }

  async act(message: FromFindings): Promise<void> {
    const { dismissed } = this.#options;
    const diagnosis = this.#diagnosis;
    switch (message.type) {
      case 'dismissFinding':
        await dismissed.add(this.#url, message.key);
        return this.#show();
      case 'restoreFindings':
        await dismissed.restore(this.#url);
        return this.#show();
      case 'copyFix':
        return this.#copyFix(message.key, message.fix);
      case 'copyEvidence':
        return this.#copyEvidence();
      case 'showBytes':
        return this.#showBytes(message.key);
      case 'openDiagnosis':
        return this.askDiagnosis();
      case 'diagnose':
        return diagnosis.run(message, () => this.#show());
      case 'cancelDiagnosis':
        return diagnosis.cancel();
    }
  }

  /** Ends everything. Can be called repeatedly. */
  close(): void {
    clearTimeout(this.#timer);
    this.#diagnosis.clear();
  }

  /** URL of the stream, with masks for its secrets. */
  get #url(): string {
    return this.#options.requests.made?.url ?? '';
  }

  get #dismissed(): readonly string[] {
    return this.#options.dismissed.of(this.#url);
  }

  #show(): void {
    this.#list.expire();
    this.#options.onChange();
  }

  async #copyFix(key: string, index: number): Promise<void> {
    const code = this.#list.fixes(key)[index]?.code;
    if (code === undefined) return;
    await env.clipboard.writeText(code);
    this.#options.panel.post({ type: 'findingCopied', note: l10n.t('Copied') });
  }

  async #copyEvidence(): Promise<void> {
    const { evidence, ready } = this.#options.requests;
    if (!evidence) return;
    const secrets = [...(ready?.secretParts.values ?? []), ...this.#diagnosis.secrets];
    const seen = { evidence, findings: this.#list.findings };
    await env.clipboard.writeText(await evidenceJson(this.#url, seen, secrets, this.#options.turns));
    this.#options.panel.post({
      type: 'findingCopied',
      note: l10n.t('Evidence copied as JSON, with masks for secrets'),
    });
  }

  #showBytes(key: string): void {
    const position = this.#list.find(key)?.position;
    const { bytes } = this.#options.inspection.history;
    // They may have been evicted, or cleared.
    if (position === undefined || position < bytes.start) return;
    this.#options.panel.post({ type: 'wireLine', line: bytes.lineAt(position) });
  }
}

const TYPES: readonly string[] = [
  'dismissFinding',
  'showBytes',
  'copyFix',
  'restoreFindings',
  'copyEvidence',
  'openDiagnosis',
  'cancelDiagnosis',
  'diagnose',
] satisfies FromFindings['type'][];

export function isAboutFindings(message: { type: string }): message is FromFindings {
  return TYPES.includes(message.type);
}
