import type { Evidence, ProbeKind } from '../../analysis/evidence/evidence';
import type { Confidence, FindingId, Fix } from '../../analysis/findings/finding';

/** Options of `diagnoseEventStream`. */
export interface DiagnoseOptions {
  /**
   * Origin of a page that is to read the stream, such as `http://localhost:5173`. Default: none; then nobody asks whether a page
   * of another origin may read it, and there is no verdict.
   */
  origin?: string | undefined;
  /** Another address of the same stream, such as that behind a proxy. It gets no secret of another origin. Default: none. */
  compare?: string | URL | undefined;
  /**
   * Whether there may be several requests at once, at most three: a server may allow a person one stream, or end the first when a
   * second comes. Default: true.
   */
  second?: boolean | undefined;
  /** Closes everything at once; the promise rejects with the signal's reason. Default: none. */
  signal?: AbortSignal | undefined;
  /** Called when a request is made, and when one is over. Default: none. */
  onProgress?: ((progress: DiagnosisProgress) => void) | undefined;
}

/** Progress of a diagnosis. */
export interface DiagnosisProgress {
  /** Requests that are open: `first` is the stream's own. */
  asking: ('first' | ProbeKind)[];
  /** Number of requests that are over. */
  done: number;
}

/** An explanation of what a stream does. */
export interface StreamFinding {
  id: FindingId;
  /** `proven`: two requests differ, or the bytes say so; `likely`: a fingerprint; `hint`: only a number or a header says so. */
  confidence: Confidence;
  /** Sentence that says what is seen. */
  text: string;
  /** Ways to mend it, the best first; `code` for those that are lines of a configuration or a program. */
  fix: Fix[];
  /** Numbers and texts of the sentence, times in milliseconds. Texts may be the server's. */
  values: Record<string, number | string>;
}

/** Whether a browser's EventSource on a page of that origin would read the stream. */
export interface StreamVerdict {
  origin: string;
  reads: boolean;
  /** Sentence that says so. */
  text: string;
  /** Sentences that say why not; empty if it would. */
  reasons: string[];
}

/** An explanation of why a stream is late, cut, refused or incomplete. No text in it has a secret of the request. */
export interface StreamDiagnosis {
  /** All that was found, the surest first. */
  findings: StreamFinding[];
  /** Undefined if there is no `origin`. */
  verdict?: StreamVerdict | undefined;
  /** Sentences about all that was checked, and all that wasn’t. */
  checked: string[];
  /** Plain data about all that was seen: times in milliseconds, sizes in bytes. */
  evidence: Evidence;
}
