/** An instruction to the mock server: a line that begins with `:@`. */
export type Directive =
  /** A pause. */
  | { name: 'wait'; milliseconds: number }
  /** `drop`, `reset`, `end` and `stall` end the connection in different ways; `loop` starts over at the beginning. */
  | { name: 'drop' | 'reset' | 'end' | 'stall' | 'loop' }
  /** Marks in recordings: a new connection begins here; the line before has no line end. */
  | { name: 'connection' | 'no-newline' }
  /** A refusal of the next request for a stream. `retryAfter` is in seconds. */
  | { name: 'status'; status: number; retryAfter: number | undefined }
  /** The method of requests for the stream. */
  | { name: 'method'; method: 'GET' | 'POST' };

export type DirectiveName = Directive['name'];

/** The names of all directives; those of recordings come last. */
export const DIRECTIVE_NAMES: readonly DirectiveName[] = [
  'wait',
  'drop',
  'reset',
  'end',
  'stall',
  'status',
  'loop',
  'method',
  'connection',
  'no-newline',
];

/** Error for an unknown or malformed directive, with the range of the wrong part in the directive's text. */
export class BadDirectiveError extends Error {
  override readonly name = 'BadDirectiveError';
  constructor(
    /** Name of the malformed directive; `unknown` if there is no such directive. */
    readonly directive: DirectiveName | 'unknown',
    /** Start of the wrong part; like `end`, in UTF-16 code units. */
    readonly start: number,
    readonly end: number,
  ) {
    super(`Bad directive: ${directive}`);
  }
}

const MILLISECONDS = { ms: 1, s: 1000 };
/** Maximum pause of one directive, in milliseconds: a day. (A timer takes at most 24 days.) */
export const MAX_WAIT = 86_400_000;

/**
 * Parses a directive.
 * @param text the line after its `:@`
 * @throws {BadDirectiveError} when it is unknown or malformed
 */
export function readDirective(text: string): Directive {
  const [, space = '', name = '', rest = ''] = /^(\s*)(\S*)(.*)$/s.exec(text) ?? [];
  const end = space.length + name.length;
  const read = READERS[name];
  if (!read) throw new BadDirectiveError('unknown', space.length, end);
  const directive = read(rest.trim());
  if (directive) return directive;
  const start = rest.trim() === '' ? space.length : end + rest.length - rest.trimStart().length;
  throw new BadDirectiveError(name as DirectiveName, start, text.trimEnd().length);
}

/** Parsers of a directive's arguments, by its name. They return undefined if the arguments are malformed. */
const READERS: Record<string, ((rest: string) => Directive | undefined) | undefined> = Object.assign(
  Object.create(null),
  {
    'wait': readWait,
    'status': readStatus,
    'method': (rest: string) => (rest === 'GET' || rest === 'POST' ? { name: 'method', method: rest } : undefined),
    ...Object.fromEntries(
      (['drop', 'reset', 'end', 'stall', 'loop', 'connection', 'no-newline'] as const).map((name) => [
        name,
        (rest: string) => (rest === '' ? { name } : undefined),
      ]),
    ),
  },
);

function readWait(rest: string): Directive | undefined {
  const [, number, unit] = /^(\d{1,8}(?:\.\d{1,9})?)(ms|s)$/.exec(rest) ?? [];
  const milliseconds = Number(number) * MILLISECONDS[unit === 's' ? 's' : 'ms'];
  return milliseconds <= MAX_WAIT ? { name: 'wait', milliseconds } : undefined;
}

function readStatus(rest: string): Directive | undefined {
  const [, code, seconds] = /^(204|[45]\d\d)(?:\s+retry-after\s+(\d{1,5}))?$/.exec(rest) ?? [];
  if (code === undefined) return undefined;
  return { name: 'status', status: Number(code), retryAfter: seconds === undefined ? undefined : Number(seconds) };
}
