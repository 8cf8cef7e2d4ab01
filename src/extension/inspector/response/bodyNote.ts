import type { ResponseBody } from '../../../client/history/responseBody';
import type { BodyNote } from '../../../messages/inspector';

/** Returns what there is to say of an answer's body beside what is shown of it; undefined: nothing. */
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
