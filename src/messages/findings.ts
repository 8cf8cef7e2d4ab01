// Messages between extension and webview about findings: explanations of what a stream does.

/** A finding, with its words in the user's language. */
export interface FindingRow {
  /** Name under which the page refers to it. */
  key: string;
  confidence: 'proven' | 'likely' | 'hint' | 'information';
  /** How sure it is, in a word. */
  sure: string;
  text: string;
  facts: FindingFacts;
  /** Whether there are bytes of the stream that show it. */
  hasBytes: boolean;
  fixes: FindingFix[];
}

/** Facts behind a finding, of one request or of two side by side. */
export interface FindingFacts {
  /** Descriptions of the requests. */
  columns: string[];
  rows: { label: string; values: string[] }[];
}

export interface FindingFix {
  /** Server or library that it is for; undefined if it is for all. */
  for?: string | undefined;
  text: string;
  /** Lines to copy; undefined if there are none. */
  code?: string | undefined;
}

/** Progress and outcome of a diagnosis. */
export type DiagnosisState =
  /** None was made of this request. `isPossible`: whether there is a request that can be asked about. */
  | { state: 'none'; isPossible: boolean }
  /** `text` says what is asked. */
  | { state: 'running'; text: string }
  /** `text` says what was found; `checked`: what was checked; `verdict`: whether a browser would read the stream. */
  | { state: 'done'; text: string; checked: string[]; verdict?: string | undefined };

/** All that the page shows of findings. */
export interface FindingsState {
  /** The surest first. */
  rows: FindingRow[];
  /** Number of findings that the user has dismissed for this URL. */
  dismissed: number;
  diagnosis: DiagnosisState;
}

/** Messages from the extension to the inspector's page. */
export type ToFindings =
  /** Has the page ask what a diagnosis may do. */
  | { type: 'askDiagnosis'; origin: string }
  /** Line of the wire view that shows a finding. */
  | { type: 'wireLine'; line: number }
  /** Text was copied to the clipboard. @param note for the user, in their language */
  | { type: 'findingCopied'; note: string };

/** Messages from the inspector's page to the extension. */
export type FromFindings =
  | { type: 'dismissFinding' | 'showBytes'; key: string }
  | { type: 'copyFix'; key: string; fix: number }
  | { type: 'restoreFindings' | 'copyEvidence' | 'openDiagnosis' | 'cancelDiagnosis' }
  | {
      type: 'diagnose';
      /** Origin of the page that is to read the stream; empty for none. */
      origin: string;
      /** Another address of the same stream; empty for none. */
      compare: string;
      /** Whether to ask while the stream is read. */
      second: boolean;
    };

/** Texts of the page, in the user's language. */
export interface FindingStrings {
  /** Heading of the opened list. */
  explanations: string;
  /** `{0}` more findings. */
  more: string;
  /** `{0}` remarks, for 1 and for others. */
  oneRemark: string;
  remarks: string;
  notThis: string;
  showBytes: string;
  copy: string;
  /** Copies the lines for `{0}`. */
  copyFor: string;
  evidence: string;
  fix: string;
  /** Shows `{0}` dismissed findings again. */
  dismissed: string;
}
