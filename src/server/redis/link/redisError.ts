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
  if (word.length > 3) return text.replaceAll(word, '***');
  return text
    .split(/(\w+)/)
    .map((part) => (part === word ? '***' : part))
    .join('');
}
