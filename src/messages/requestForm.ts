/** A request for a stream, as the inspector's form shows it. Secrets are masked, and come back so while they aren't changed. */
export interface RequestForm {
  method: string;
  url: string;
  /** One a line, `Name: value`. */
  headers: string;
  body: string;
  /** Paths of the files that the body is read from, as a pasted command names them. Their text is never in a form. Default: none. */
  bodyFile?: string | undefined;
  /** `Last-Event-ID` of the first request; empty: none. */
  lastEventId: string;
  /** Takes any TLS certificate, for this request only. */
  insecure: boolean;
  /** Whether a stream that ends or breaks is asked for again. */
  reconnect: boolean;
}

/** What VS Code keeps of the inspector's page while the window is reloaded: secrets are masked in it. */
export interface InspectorPageState {
  form: RequestForm;
  id: string;
}

/** What a page passes on of a request that is too large for a link: the extension has it among the recent ones. */
export interface RequestReference {
  id: string;
  /** As of `requestDigest`. */
  digest: string;
  lastEventId: string;
}
