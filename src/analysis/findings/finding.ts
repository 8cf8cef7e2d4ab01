import type { Translate } from '../../text/translate';
import type { Evidence } from '../evidence/evidence';

/** How sure a finding is: two requests differ or the bytes say so · a fingerprint · only a number or a header says so. */
export type Confidence = 'proven' | 'likely' | 'hint' | 'information';

/** An explanation of what a stream does, with its evidence. Plain data; `findingWords` gives it its sentences. */
export interface Finding {
  id: FindingId;
  confidence: Confidence;
  /** Which of several sentences of that id; undefined if it has one. */
  variant?: string | undefined;
  /** Where it is seen in time: milliseconds since the first request. */
  at?: number | undefined;
  /** Where it is seen in the stream: the position of the first byte, over all connections. */
  position?: number | undefined;
  /** Numbers and texts for its sentences; texts are from outside. */
  values: Record<string, number | string>;
}

/** A rule: returns the finding if the evidence shows it. Pure, and never wrong on a healthy stream. */
export type Rule = (evidence: Evidence) => Finding | undefined;

/** The ids of all findings, those of ../shared/FINDINGS.md. */
export type FindingId =
  | 'held-to-the-end'
  | 'blocks-of-a-buffer'
  | 'head-held-back'
  | 'compressed-and-not-flushed'
  | 'compressed-and-flushed'
  | 'terminator-late'
  | 'accept-sensitive'
  | 'one-at-a-time'
  | 'no-blank-line'
  | 'not-the-format'
  | 'named-events'
  | 'encoding'
  | 'escaped-newlines'
  | 'lost-lines'
  | 'ignored-lines'
  | 'without-data'
  | 'wrong-type'
  | 'wrong-status'
  | 'sent-elsewhere'
  | 'told-to-stop'
  | 'needs-its-cookie'
  | 'cors'
  | 'not-for-EventSource'
  | 'one-of-six'
  | 'forbidden-in-http2'
  | 'idle-limit'
  | 'age-limit'
  | 'cut-in-an-event'
  | 'no-heartbeat'
  | 'heartbeat-unseen'
  | 'deaf'
  | 'round-and-round'
  | 'no-ids'
  | 'resume-ignored'
  | 'ids-broken'
  | 'odd-retry'
  | 'counted-or-closed'
  | 'failed-inside'
  | 'the-way'
  | 'cached';

/** Words for a finding, in the user's language. */
export interface FindingWords {
  /** A sentence that says what is seen. */
  text: string;
  /** Ways to mend it, the best first; empty for information that needs nothing done. */
  fixes: Fix[];
}

/** A way to mend it. */
export interface Fix {
  /** Server or library that it is for, such as `nginx`; undefined if it is for all. */
  for?: string | undefined;
  /** A sentence. */
  text: string;
  /** Lines to be copied into its configuration or code; undefined if there are none. */
  code?: string | undefined;
}

/** Writes the words for findings of one id. */
export type WriteWords = (t: Translate, finding: Finding) => FindingWords;
