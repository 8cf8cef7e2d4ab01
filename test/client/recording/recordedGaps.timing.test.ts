// A recording has the times at which its events came.
import { expect, test } from 'vitest';
import type { Connection } from '../../../src/server/http/connection';
import { readSteps, recordStream } from '../../support/client/recordings';
import { startServer } from '../../support/servers/testServer';
import { leastOf } from '../../support/time/leastOf';

/** Returns the times at which the connection sends each event. */
function sendTimes(connection: Connection): number[] {
  const times: number[] = [];
  const send = connection.send.bind(connection);
  connection.send = (event) => {
    times.push(performance.now());
    send(event);
  };
  return times;
}

function gaps(times: number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

/**
 * Resolves with the differences, each in order, between the gaps in a recording and those of the events' arrival, and of
 * their sending.
 */
async function differences(): Promise<{ came: number[]; sent: number[] }> {
  let times: number[] = [];
  const { url } = await startServer({
    onOpen: (connection) => {
      times = sendTimes(connection);
    },
  });
  const { inspection, ended, stop } = await recordStream(`${url}event?interval=25&limit=60`);
  await ended();
  const events = readSteps(stop()).sends.filter(({ text }) => text.includes('data:'));
  const recorded = gaps(events.map(({ offset }) => offset));
  const from = (wanted: number[]) =>
    gaps(wanted)
      .map((gap, index) => Math.abs(gap - (recorded[index] ?? 0)))
      .sort((a, b) => a - b);
  return { came: from(events.map((_, index) => inspection.history.get(index + 1)?.time ?? 0)), sent: from(times) };
}

test('all gaps of 60 events are within 4 ms of those of their arrival, and nine of ten within 5 ms of those of their sending', async () => {
  let [came, sent] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  await leastOf(1, async () => {
    const found = await differences();
    came = Math.min(came, found.came.at(-1) ?? Number.NaN);
    sent = Math.min(sent, found.sent[53] ?? Number.NaN);
    return Math.max(came / 4, sent / 5);
  });
  // The clock of the events counts whole milliseconds.
  expect(came).toBeLessThan(4);
  // If the machine is busy between sending and reading, the gaps before and after it both change.
  expect(sent).toBeLessThan(5);
});
