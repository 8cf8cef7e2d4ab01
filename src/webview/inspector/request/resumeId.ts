import type { RequestForm, StreamStatus } from '../../../messages/inspector';
import { isUnderWay } from '../goneStatus';

/** Length at which the extension cuts an id for the page, in UTF-16 code units. */
const MAX_ID = 1000;

/**
 * Returns the Last-Event-ID that resumes the running stream, if the form is still for it; empty if the id can't be sent, or
 * the page doesn't have all of it.
 * @param shownUrl URL of that stream
 */
export function resumeId(kept: RequestForm, status: StreamStatus | undefined, shownUrl: string): string {
  if (!status || !isUnderWay(status.state) || kept.url !== shownUrl) return kept.lastEventId;
  return status.unsendable || status.lastEventId.length >= MAX_ID ? '' : status.lastEventId;
}
