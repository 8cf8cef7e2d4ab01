import { l10n } from 'vscode';
import type { Evidence } from '../../../analysis/evidence/evidence';
import type { Finding, Fix } from '../../../analysis/findings/finding';
import { lookForFindings } from '../../../analysis/findings/findings';
import { findingWords } from '../../../analysis/findings/findingWords';
import type { FindingRow } from '../../../messages/findings';
import type { TimelineMark } from '../../../messages/timeline';
import { findingRow } from './findingRow';

/** Time for which findings hold before they are looked for anew, and after which the rest waits for the next call, in milliseconds. */
const [PERIOD, MAX_TIME] = [1000, 10];
/** Maximum number of findings that are shown unless the user has asked for a diagnosis; information isn't counted. */
const MAX_UNASKED = 3;

/** The findings about a stream, looked for once a second at most. */
export class FindingList {
  #evidence: Evidence | undefined;
  #findings: Finding[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Search under way, and the evidence that it is in. */
  #search: { evidence: Evidence; steps: Iterator<undefined, Finding[]> } | undefined;

  /** Evidence that the findings are about; undefined if there is none. */
  get evidence(): Evidence | undefined {
    return this.#evidence;
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** Whether a search is under way, which the next update goes on with. */
  get isLooking(): boolean {
    return this.#search !== undefined;
  }

  /**
   * Looks for findings, unless that was done within the last second; in much evidence, for 10 ms at a time. Returns whether it
   * has looked through all.
   * @param take returns the evidence now
   */
  update(take: () => Evidence | undefined): boolean {
    const now = performance.now();
    if (!this.#search && now - this.#lookedAt < PERIOD) return false;
    if (!this.#search) {
      this.#lookedAt = now;
      const evidence = take();
      if (!evidence) {
        [this.#evidence, this.#findings] = [undefined, []];
        return true;
      }
      this.#search = { evidence, steps: lookForFindings(evidence) };
    }
    const { evidence, steps } = this.#search;
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        [this.#evidence, this.#findings, this.#search] = [evidence, step.value, undefined];
        return true;
      }
      if (performance.now() - now > MAX_TIME) return false;
    }
  }

  /** Makes the next update look for findings at once. */
  expire(): void {
    [this.#lookedAt, this.#search] = [Number.NEGATIVE_INFINITY, undefined];
  }

  /** Returns the finding of a key; undefined if it isn't there any more. */
  find(key: string): Finding | undefined {
    return this.#keyed.find(([known]) => known === key)?.[1];
  }

  /** Returns the ways to mend what a finding explains. */
  fixes(key: string): Fix[] {
    const finding = this.find(key);
    return finding ? findingWords(l10n.t, finding).fixes : [];
  }

  /** Returns the number of findings that aren't shown as the user has dismissed them. */
  dismissedCount(dismissed: readonly string[]): number {
    return this.#keyed.filter(([key]) => dismissed.includes(key)).length;
  }

  /** Returns the rows for the page. @param isAsked whether the user has asked for a diagnosis */
  rows(dismissed: readonly string[], isAsked: boolean): FindingRow[] {
    const evidence = this.#evidence;
    if (!evidence) return [];
    const shown = this.#keyed.filter(([key]) => !dismissed.includes(key));
    const remarks = shown.filter(([, { confidence }]) => confidence === 'information');
    const explained = shown.filter(([, { confidence }]) => confidence !== 'information');
    const limited = isAsked ? explained : explained.slice(0, MAX_UNASKED);
    return [...limited, ...remarks].map(([key, finding]) => findingRow(key, finding, evidence));
  }

  /** Returns the times of the findings that have one, for the timeline. */
  marks(dismissed: readonly string[]): TimelineMark[] {
    const evidence = this.#evidence;
    if (!evidence) return [];
    const shown = this.#keyed.filter(
      ([key, { confidence }]) => !dismissed.includes(key) && confidence !== 'information',
    );
    return shown.flatMap(([, { id, at }]) => (at === undefined ? [] : [{ id, at: evidence.startedAt + at }]));
  }

  /** Findings with the names that the page has for them: a rule may find several of an id, which differ in their variant. */
  get #keyed(): [key: string, finding: Finding][] {
    const keys = new Set<string>();
    return this.#findings.flatMap((finding): [string, Finding][] => {
      const key = finding.variant === undefined ? finding.id : `${finding.id}/${finding.variant}`;
      if (keys.has(key)) return [];
      keys.add(key);
      return [[key, finding]];
    });
  }
}
