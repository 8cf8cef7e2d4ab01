/** What a file of an event stream asks of the server at one place: a line that begins with `:@`. */
export type Direction =
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

export type DirectionName = Direction['name'];

/** All there are; those of recordings last. */
export const DIRECTION_NAMES: readonly DirectionName[] = [
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

/** What is wrong with a direction: its name, or what stands behind it, at that place in its text. */
export class BadDirectionError extends Error {
  override readonly name = 'BadDirectionError';
  constructor(
    /** `unknown`: there is no such direction; else the one that takes something else. */
    readonly direction: DirectionName | 'unknown',
    /** In UTF-16 code units, both. */
    readonly start: number,
    readonly end: number,
  ) {
    super(`Bad direction: ${direction}`);
  }
}

const MILLISECONDS = { ms: 1, s: 1000 };
/** The longest pause that one direction asks for, in milliseconds: a day. A timer takes no more than 24. */
export const MAX_WAIT = 86_400_000;

/**
 * Reads a direction.
 * @param text what stands behind `:@`
 * @throws {BadDirectionError} when it is unknown or malformed
 */
export function readDirection(text: string): Direction {
  const [, space = '', name = '', rest = ''] = /^(\s*)(\S*)(.*)$/s.exec(text) ?? [];
  const end = space.length + name.length;
  const read = READERS[name];
  if (!read) throw new BadDirectionError('unknown', space.length, end);
  const direction = read(rest.trim());
  if (direction) return direction;
  const start = rest.trim() === '' ? space.length : end + rest.length - rest.trimStart().length;
  throw new BadDirectionError(name as DirectionName, start, text.trimEnd().length);
}

/** By their names; undefined where what follows the name is malformed. */
const READERS: Record<string, ((rest: string) => Direction | undefined) | undefined> = Object.assign(
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

function readWait(rest: string): Direction | undefined {
  const [, number, unit] = /^(\d{1,8}(?:\.\d{1,9})?)(ms|s)$/.exec(rest) ?? [];
  const milliseconds = Number(number) * MILLISECONDS[unit === 's' ? 's' : 'ms'];
  return milliseconds <= MAX_WAIT ? { name: 'wait', milliseconds } : undefined;
}

function readStatus(rest: string): Direction | undefined {
  const [, code, seconds] = /^(204|[45]\d\d)(?:\s+retry-after\s+(\d{1,5}))?$/.exec(rest) ?? [];
  if (code === undefined) return undefined;
  return { name: 'status', status: Number(code), retryAfter: seconds === undefined ? undefined : Number(seconds) };
}
