import type { StreamRequest } from '../request/streamRequest';
import { Once } from './once';
import type { ProbeReading } from './probeReading';
import type { ProbeRun } from './probeRun';

/** Time within which a server ends a stream because another was asked for, in milliseconds. */
const SOON = 1000;

/** The stream's own connection, which is over. */
export interface FirstConnection {
  first: ProbeReading;
  /** Whether the server answers several requests at once; undefined if that isn't known. */
  answersSeveral: boolean | undefined;
}

/**
 * Makes the stream's own request, and a second one beside it, if that is wanted. The first is closed when the second has waited for a
 * while: a server that answers one at a time then goes on with the second.
 */
export async function firstAndSecond(
  run: ProbeRun,
  request: StreamRequest,
  isSecondWanted: boolean,
): Promise<FirstConnection> {
  const mayClose = new Once();
  const first = run.open('first', request, { mayClose: isSecondWanted ? mayClose.done : undefined });
  await first.answered.done;
  if (!isSecondWanted || !first.isStream || first.over.hasHappened) {
    mayClose.resolve();
    if (isSecondWanted && (first.isStream || !first.response)) run.leaveOut('ended', 'second');
    await first.over.done;
    return { first, answersSeveral: undefined };
  }
  const { answersSeveral, second } = await askSecond(run, request, { first, mayClose });
  await first.over.done;
  if (!isEndedBy(second, first) || run.means.signal.aborted) return { first, answersSeveral };
  // A server that allows a person one stream may have ended it for the second: alone, it shows whether it ends by itself.
  const alone = run.open('first', request, {});
  await alone.over.done;
  return { first: alone, answersSeveral: alone.end === undefined ? false : answersSeveral };
}

async function askSecond(
  run: ProbeRun,
  request: StreamRequest,
  { first, mayClose }: { first: ProbeReading; mayClose: Once },
): Promise<{ answersSeveral: boolean; second: ProbeReading }> {
  const second = run.open('second', request, { until: 'events' });
  let firstClosedAt: number | undefined;
  void first.over.done.then(() => {
    if (!second.over.hasHappened) firstClosedAt = performance.now() - second.startedAt;
  });
  let isFreed = false;
  const timer = setTimeout(() => {
    isFreed = true;
    first.close();
  }, run.limits.wait);
  await second.answered.done;
  clearTimeout(timer);
  mayClose.resolve();
  await second.over.done;
  const connection = second.connection(run.origin);
  if (connection) run.add({ kind: 'second', connection, firstClosedAt });
  return { answersSeveral: !isFreed && second.isStream, second };
}

/** Whether a connection ended soon after another was asked for, and not because we closed it. */
function isEndedBy({ startedAt }: ProbeReading, { end, endedAt }: ProbeReading): boolean {
  return end !== undefined && endedAt >= startedAt && endedAt - startedAt <= SOON;
}
