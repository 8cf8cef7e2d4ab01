import { l10n } from 'vscode';
import type { Evidence } from '../../../analysis/evidence/evidence';
import type { Finding, Fix } from '../../../analysis/findings/finding';
import { findingsOf } from '../../../analysis/findings/findings';
import { findingWords } from '../../../analysis/findings/findingWords';
import type { FindingRow } from '../../../messages/findings';
import type { TimelineMark } from '../../../messages/timeline';
import { findingRow } from './findingRow';

/** Time for which findings hold before they are looked for anew, in milliseconds: that takes a few of them. */
const PERIOD = 1000;
/** Maximum number of findings that are shown unless the user has asked for a diagnosis; information isn't counted. */
const MAX_UNASKED = 3;

/** The findings about a stream, looked for once a second at most. */
export class FindingList {
  #evidence: Evidence | undefined;
  #findings: Finding[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** Evidence that the findings are about; undefined if there is none. */
  get evidence(): Evidence | undefined {
    return this.#evidence;
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /**
   * Looks for findings, unless that was done within the last second. Returns whether it has looked.
   * @param take returns the evidence now
   */
  update(take: () => Evidence | undefined): boolean {
    const now = performance.now();
    if (now - this.#lookedAt < PERIOD) return false;
    this.#lookedAt = now;
    this.#evidence = take();
    this.#findings = this.#evidence ? findingsOf(this.#evidence) : [];
    return true;
  }

  /** Makes the next update look for findings at once. */
  expire(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY;
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
