import type { Evidence } from '../../../analysis/evidence/evidence';
import type { Finding } from '../../../analysis/findings/finding';
import { findingsOf } from '../../../analysis/findings/findings';
import type { FindingRow } from '../../../messages/findings';
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

  /** Looks for findings, unless that was done within the last second. @param take returns the evidence now */
  update(take: () => Evidence | undefined): void {
    const now = performance.now();
    if (now - this.#lookedAt < PERIOD) return;
    this.#lookedAt = now;
    this.#evidence = take();
    this.#findings = this.#evidence ? findingsOf(this.#evidence) : [];
  }

  /** Makes the next update look for findings at once. */
  expire(): void {
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }

  /** Returns the rows for the page. @param isAsked whether the user has asked for a diagnosis */
  rows(dismissed: readonly string[], isAsked: boolean): FindingRow[] {
    const evidence = this.#evidence;
    if (!evidence) return [];
    const shown = this.#findings.filter(({ id }) => !dismissed.includes(id));
    const remarks = shown.filter(({ confidence }) => confidence === 'information');
    const explained = shown.filter(({ confidence }) => confidence !== 'information');
    const limited = isAsked ? explained : explained.slice(0, MAX_UNASKED);
    return [...limited, ...remarks].map((finding) => findingRow(finding, evidence));
  }
}
