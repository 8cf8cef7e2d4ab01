import type { ResponseBody } from '../../../client/history/responseBody';
import type { BodyNote } from '../../../messages/inspector';

/** Returns the note on a response's body; undefined if there is nothing to note. */
export function bodyNote(
  isEventStream: boolean,
  { state, size, cut }: Pick<ResponseBody, 'state' | 'size' | 'cut'>,
): BodyNote | undefined {
  if (isEventStream && (size > 0 || state === 'coming')) return 'stream';
  if (cut) return 'cut';
  const isEmpty = size === 0;
  if (state === 'whole') return isEmpty ? 'none' : undefined;
  if (state === 'coming') return isEmpty ? 'pending' : 'coming';
  return isEmpty ? 'unread' : 'rest';
}
