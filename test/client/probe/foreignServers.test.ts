import { expect, onTestFinished, test } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings/findings';
import { probeStream } from '../../../src/client/probe/probeStream';
import { startBetterSse, startHono } from '../../support/servers/foreignServers';
import { newServer } from '../../support/servers/newServer';

test('Diagnose finds no fault in servers of others but that they don’t resume, and none in ours', async () => {
  const counter = newServer();
  onTestFinished(() => counter.close());
  const { url } = await counter.listen(0);
  const urls = [
    await startHono(),
    await startHono(100),
    await startBetterSse(),
    await startBetterSse(100),
    `${url}event`,
    `${url}event?interval=10&limit=20`,
  ];
  const found = urls.map(async (address) => {
    const request = { method: 'GET', url: address, headers: [], insecure: false };
    const { evidence } = await probeStream(request, { limits: { time: 3000 } });
    const faults = findingsOf(evidence).filter(({ confidence }) => /proven|likely/.test(confidence));
    return faults.map(({ id }) => id);
  });
  const others = ['resume-ignored'];
  expect(await Promise.all(found)).toEqual([others, others, others, others, [], []]);
});
