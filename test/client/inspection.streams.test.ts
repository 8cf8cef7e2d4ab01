// Reading of a stream that comes faster than it can be processed.
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Inspection } from '../../src/client/inspection';
import { fuzz } from '../support/random/fuzz';
import { read, serve } from '../support/servers/fastStreams';

test('nothing of random streams is lost, coded or not, over TLS or not', async () => {
  const roots = await serve();
  await fuzz(4, async (_, seed) => {
    const { history, status } = await read(`${roots[(seed >> 1) % 2]}random-${seed}`);
    let random = seed + 1;
    const data = Array.from({ length: history.count }, () => {
      random = (random * 48271) % 2147483647;
      return 'x'.repeat(random % 40);
    });
    expect([history.count, status.end]).toEqual([10_000, { cause: 'end' }]);
    const got = data.map((_, index) => history.data(history.get(index + 1) ?? expect.fail()));
    expect(got.every((text, index) => text === data[index])).toBe(true);
  });
});

test('a request that is ended while its socket waits calls no handler any more', async () => {
  const [plain] = await serve();
  let changes = 0;
  const inspection = new Inspection(() => {
    changes += 1;
  });
  onTestFinished(() => inspection.close());
  inspection.connect(
    { method: 'GET', url: `${plain}chunks`, headers: [], insecure: false },
    { reconnect: false, lastEventId: '' },
  );
  while (inspection.history.count === 0) await setImmediate();
  inspection.close();
  const [before, events] = [changes, inspection.history.count];
  for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  expect([changes, inspection.history.count]).toEqual([before, events]);
});
