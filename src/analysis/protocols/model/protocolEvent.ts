/** An event of a stream, or a line of JSON lines, which has the type `message`. */
export interface ProtocolEvent {
  /** Number in the stream, or any that tells the event from others and grows. */
  number: number;
  /** Time of its arrival, in milliseconds, usually since the request. */
  at: number;
  /** Type; `message` if none is set. */
  event: string;
  data: string;
  /** Id that its block sets. */
  id?: string | null | undefined;
  /** Number of bytes left out of its data. Default: 0. */
  omitted?: number | undefined;
  /** Whether no blank line closes its block, so that a client drops it. Default: false. */
  isOpen?: boolean | undefined;
}

/** Facts about a response that help to recognise its protocol. */
export interface ResponseFacts {
  /** Media type, without parameters. */
  contentType?: string | undefined;
  headers?: readonly (readonly [name: string, value: string])[] | undefined;
}
