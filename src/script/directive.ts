import { type Condition, readCondition } from './condition';
import { isAllowedHeader, type UnknownIdReply } from './scriptReply';

/** An instruction to the mock server: a line that begins with `:@`. */
export type Directive =
  /** A pause of that length, and a random part of up to `spread`. Times in milliseconds. */
  | { name: 'wait'; milliseconds: number; spread?: number }
  /** `drop`, `reset`, `end` and `stall` end the connection in different ways; `loop` starts over at the beginning. */
  | { name: 'drop' | 'reset' | 'end' | 'stall' | 'loop' }
  /** Marks in recordings: a new connection begins here; the line before has no line end. */
  | { name: 'connection' | 'no-newline' }
  /** A refusal of the next request for a stream. `retryAfter` is in seconds. */
  | { name: 'status'; status: number; retryAfter: number | undefined }
  /** The body of the refusal right before it. */
  | { name: 'body'; body: string }
  /** A division of the next line into two writes, behind that number of bytes. */
  | { name: 'cut'; at: number; milliseconds: number }
  | TopDirective;

/** A directive that says how requests are replied to; it stands before anything that is sent. */
export type TopDirective =
  /** The method of requests for the stream. With `resumesByGet`, it is POST. */
  | { name: 'method'; method: 'GET' | 'POST'; resumesByGet: boolean }
  | { name: 'path'; path: string }
  | { name: 'header'; header: [name: string, value: string] }
  /** A delay of the response's head. */
  | { name: 'head'; milliseconds: number }
  | { name: 'unknown-id'; reply: UnknownIdReply }
  /** A condition on the request, without which another file answers. */
  | { name: 'when'; condition: Condition }
  /** Says that the file's places, such as `{{n}}`, are filled in. */
  | { name: 'fill' };

export type DirectiveName = Directive['name'];

/** The names of all directives; those of recordings come last. */
export const DIRECTIVE_NAMES: readonly DirectiveName[] = [
  'wait',
  'drop',
  'reset',
  'end',
  'stall',
  'status',
  'body',
  'cut',
  'loop',
  'method',
  'path',
  'header',
  'head',
  'unknown-id',
  'when',
  'fill',
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

/** Paths of the server's own. */
export const RESERVED_PATHS: readonly string[] = ['/publish', '/connections', '/drop', '/refuse'];

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

/** The directives without arguments. */
const ALONE = ['drop', 'reset', 'end', 'stall', 'loop', 'fill', 'connection', 'no-newline'] as const;

/** Parsers of a directive's arguments, by its name. They return undefined if the arguments are malformed. */
const READERS: Record<string, ((rest: string) => Directive | undefined) | undefined> = Object.assign(
  Object.create(null),
  {
    'wait': readWait,
    'status': readStatus,
    'body': (rest: string) => (rest === '' ? undefined : { name: 'body', body: rest }),
    'cut': readCut,
    'method': readMethod,
    'path': readPath,
    'header': readHeader,
    'head': (rest: string) => {
      const milliseconds = readTime(rest);
      return milliseconds === undefined ? undefined : { name: 'head', milliseconds };
    },
    'unknown-id': readUnknownId,
    'when': (rest: string) => {
      const condition = readCondition(rest);
      return condition && { name: 'when', condition };
    },
    ...Object.fromEntries(ALONE.map((name) => [name, (rest: string) => (rest === '' ? { name } : undefined)])),
  },
);

function readWait(rest: string): Directive | undefined {
  const [least = '', most = least, ...others] = rest.split('..');
  const [milliseconds, maximum] = [readTime(least), readTime(most)];
  if (milliseconds === undefined || maximum === undefined || maximum < milliseconds || others.length > 0)
    return undefined;
  const spread = maximum - milliseconds;
  return spread > 0 ? { name: 'wait', milliseconds, spread } : { name: 'wait', milliseconds };
}

/** Returns a time in milliseconds; undefined if it is malformed, or longer than a day. */
function readTime(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,8}(?:\.\d{1,9})?)(ms|s)$/.exec(text) ?? [];
  const milliseconds = Number(number) * MILLISECONDS[unit === 's' ? 's' : 'ms'];
  return milliseconds <= MAX_WAIT ? milliseconds : undefined;
}

function readCut(rest: string): Directive | undefined {
  const [, bytes, time = ''] = /^([1-9]\d{0,6})\s+(\S+)$/.exec(rest) ?? [];
  const milliseconds = readTime(time);
  return milliseconds === undefined ? undefined : { name: 'cut', at: Number(bytes), milliseconds };
}

function readMethod(rest: string): Directive | undefined {
  if (rest === 'GET' || rest === 'POST') return { name: 'method', method: rest, resumesByGet: false };
  return /^(?:POST\s*,\s*GET|GET\s*,\s*POST)$/.test(rest)
    ? { name: 'method', method: 'POST', resumesByGet: true }
    : undefined;
}

function readPath(rest: string): Directive | undefined {
  // As it stands in a request: without what a browser would encode, resolve or cut off.
  const isPath = /^\/(?:[\w!$&'()*+,;=:@.~/-]|%[\da-f]{2}){1,200}$/i.test(rest) && !rest.includes('//');
  const isResolved = rest.split('/').some((part) => /^(?:\.|%2e){1,2}$/i.test(part));
  return isPath && !isResolved && !RESERVED_PATHS.includes(rest) ? { name: 'path', path: rest } : undefined;
}

function readHeader(rest: string): Directive | undefined {
  const [, name = '', value = ''] = /^([\w!#$%&'*+.^`|~-]{1,100}):([\t -~]*)$/.exec(rest) ?? [];
  return name !== '' && isAllowedHeader(name) ? { name: 'header', header: [name, value.trimStart()] } : undefined;
}

function readUnknownId(rest: string): Directive | undefined {
  if (rest === 'resync') return { name: 'unknown-id', reply: rest };
  return rest === '204' || rest === '409' ? { name: 'unknown-id', reply: rest === '204' ? 204 : 409 } : undefined;
}

function readStatus(rest: string): Directive | undefined {
  const [, code, seconds] = /^(204|[45]\d\d)(?:\s+retry-after\s+(\d{1,5}))?$/.exec(rest) ?? [];
  if (code === undefined) return undefined;
  return { name: 'status', status: Number(code), retryAfter: seconds === undefined ? undefined : Number(seconds) };
}
