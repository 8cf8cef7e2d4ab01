import type { RequestForm, StreamStatus } from '../../../messages/inspector';
import { isUnderWay } from '../goneStatus';

/** Length from which on the extension tells an id cut, in UTF-16 code units. */
const MAX_ID = 1000;

/**
 * Returns the Last-Event-ID that goes on with the stream that was under way, if the form is still its; of one that can't be
 * sent, or wasn't told whole, none.
 * @param shownUrl the URL of that stream
 */
export function resumeId(kept: RequestForm, status: StreamStatus | undefined, shownUrl: string): string {
  if (!status || !isUnderWay(status.state) || kept.url !== shownUrl) return kept.lastEventId;
  return status.unsendable || status.lastEventId.length >= MAX_ID ? '' : status.lastEventId;
}
