import type { IncomingEvent } from '../../stream/parse';

/** Maximum length of data that is parsed, and of a message, in UTF-16 code units. */
const [MAX_PARSED, MAX_MESSAGE] = [16 * 1024, 200];

/** Returns the message of an event that says that something failed, by its type or its JSON; undefined if it doesn't. */
export function errorMessage({ event, data }: Pick<IncomingEvent, 'event' | 'data'>): string | undefined {
  const isNamed = event === 'error';
  if (!isNamed && !(data.startsWith('{') && data.includes('"error"'))) return undefined;
  const value = parsed(data);
  const failed = isNamed || value?.['type'] === 'error' || isFailure(value?.['error']);
  return failed ? (messageIn(value?.['error']) ?? messageIn(value) ?? data).slice(0, MAX_MESSAGE) : undefined;
}

/** Whether the value of an `error` key tells of one: many send `null`, `false` or an empty one with each event. */
function isFailure(error: unknown): boolean {
  if (typeof error === 'object' && error !== null) return Object.keys(error).length > 0;
  return error === true || (typeof error === 'string' && error !== '');
}

function messageIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const message = isRecord(value) ? (value['message'] ?? value['detail']) : undefined;
  return typeof message === 'string' ? message : undefined;
}

function parsed(data: string): Record<string, unknown> | undefined {
  if (data.length > MAX_PARSED) return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return isRecord(value) ? value : undefined;
  } catch {
    // The data needn't be JSON.
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
