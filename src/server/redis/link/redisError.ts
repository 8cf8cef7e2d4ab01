import { withCodes } from '../../../text/foreignText';
import { reasonOf } from '../../../text/reason';

/** Reason why a command wasn't answered: it was never sent, or nobody knows whether it was carried out; or it was refused. */
export type RedisFailure = 'unsent' | 'unsure' | 'refused';

/** Error of Redis, or of the way to it. Its message is a sentence without user and password. */
export class RedisError extends Error {
  override readonly name = 'RedisError';
  constructor(
    message: string,
    readonly failure: RedisFailure,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Maximum length of a reason of Redis, or of the system, in UTF-16 code units. */
const MAX_REASON = 300;
/** Least length of a secret of which a part is masked, too, and of such a part: Redis repeats the first 128 characters of a command. */
const [LONG, PART] = [16, 8];

/** Returns a reason in one line without secrets, that steers no terminal: some of Redis' replies repeat the command. */
export function plainReason(error: unknown, secrets: readonly (string | undefined)[]): string {
  let reason = reasonOf(firstOf(error));
  for (const secret of secrets) for (const form of secret ? formsOf(secret) : []) reason = withoutWord(reason, form);
  return withCodes(reason.replace(/\s+/g, ' ')).slice(0, MAX_REASON);
}

/** Returns a secret as it may be written: plain, as in JSON, in a URL, or in base64. */
function formsOf(secret: string): string[] {
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ];
}

/** Several addresses of a host have an error each, and no message in common. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError ? (error.errors[0] ?? error) : error;
}

/** Returns a text with a mask for each place of the word; a short one may be a part of others, and is looked for between them. */
function withoutWord(text: string, word: string): string {
  if (word.length >= LONG) return withoutParts(text, word);
  if (word.length > 3) return text.replaceAll(word, '***');
  return text
    .split(/(\w+)/)
    .map((part) => (part === word ? '***' : part))
    .join('');
}

/** Returns a text with a mask for each run of parts of the word in it. */
function withoutParts(text: string, word: string): string {
  const parts = new Set(Array.from({ length: word.length - PART + 1 }, (_, at) => word.slice(at, at + PART)));
  let [shown, maskedTo] = ['', 0];
  for (let at = 0; at < text.length; at += 1) {
    const isPart = parts.has(text.slice(at, at + PART));
    if (isPart && at >= maskedTo) shown += '***';
    if (isPart) maskedTo = at + PART;
    if (at >= maskedTo) shown += text[at];
  }
  return shown;
}
