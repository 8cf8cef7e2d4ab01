// Clients that don't read take no memory.
import { expect, onTestFinished, test } from 'vitest';
import { isLong } from '../support/random/drawn';
import { connectMany, expectWell, STREAM } from '../support/servers/faultySockets';
import { eventually, startServer } from '../support/servers/testServer';

const CLIENTS = isLong ? 1000 : 50;

test(`${CLIENTS} clients that don’t read are cut off, and memory stays flat`, async () => {
  const block = 'x'.repeat(32 * 1024);
  const started = await startServer({
    openStream: () => ({
      status: 200,
      play: (connection) => {
        const timer = setInterval(() => connection.send({ data: block }), 100);
        return () => clearInterval(timer);
      },
    }),
  });
  const before = process.memoryUsage().rss;
  let peak = before;
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  onTestFinished(() => clearInterval(watching));
  // The clients don't read: data fills the system's buffers, and then ours.
  await connectMany(started.port, CLIENTS, STREAM);
  await eventually(() => started.closed.length === CLIENTS);
  expect(started.closed.filter(({ wasCutOff }) => !wasCutOff)).toEqual([]);
  const grown = (peak - before) / 1024 / 1024;
  const sent = started.closed.reduce((sum, { eventsSent }) => sum + eventsSent * 32, 0) / 1024;
  // 64 KB and one event for each client, and the sockets and streams themselves.
  expect(grown).toBeLessThan(CLIENTS / 5 + 50);
  await expectWell(
    started,
    `${CLIENTS} stalled clients: ${sent.toFixed(0)} MB offered, ${grown.toFixed(0)} MB grown at most, all cut off`,
  );
});
