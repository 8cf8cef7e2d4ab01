/** What a file of an event stream asks of the server at one place: a line that begins with `:@`. */
export type Directive =
  /** A pause. */
  | { name: 'wait'; milliseconds: number }
  /** `drop`, `reset`, `end` and `stall` are the ends that a connection may come to; `loop` goes on at the beginning. */
  | { name: 'drop' | 'reset' | 'end' | 'stall' | 'loop' }
  /** What was recorded: here a new connection begins; the line before has no end. */
  | { name: 'connection' | 'no-newline' }
  /** The next request for a stream is refused so. `retryAfter` in seconds. */
  | { name: 'status'; status: number; retryAfter: number | undefined }
  /** How the stream is asked for. */
  | { name: 'method'; method: 'GET' | 'POST' };

export type DirectiveName = Directive['name'];

/** All there are; those of recordings last. */
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

/** What is wrong with a directive: its name, or what stands behind it, at that place in its text. */
export class BadDirectiveError extends Error {
  override readonly name = 'BadDirectiveError';
  constructor(
    /** `unknown`: there is no such directive; else the one that takes something else. */
    readonly directive: DirectiveName | 'unknown',
    /** In UTF-16 code units, both. */
    readonly start: number,
    readonly end: number,
  ) {
    super(`Bad directive: ${directive}`);
  }
}

const MILLISECONDS = { ms: 1, s: 1000 };
/** The longest pause that one directive asks for, in milliseconds: a day. A timer takes no more than 24. */
export const MAX_WAIT = 86_400_000;

/**
 * Reads a directive.
 * @param text what stands behind `:@`
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

/** By their names; undefined where what follows the name is malformed. */
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
