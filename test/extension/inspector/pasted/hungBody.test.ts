// A pasted command whose body is a file on another machine that doesn't answer, as where the network has gone.
import { expect, test, vi } from 'vitest';
import { InspectorBench, latest, serveNoting } from '../../../support/inspector/inspectors';
import { eventually } from '../../../support/servers/testServer';

vi.mock('../../../../src/extension/inspector/pasted/workspaceFile', async (original) => ({
  ...(await original<object>()),
  readWorkspaceFile: () => new Promise(() => undefined),
}));

vi.mock('../../../../src/extension/shared/file/answered', async (original) => {
  const real = await original<typeof import('../../../../src/extension/shared/file/answered')>();
  // A minute is long for a test.
  return { ...real, answered: <T>(answer: Promise<T>) => real.answered(answer, 20) };
});

test('nothing is sent, and it is said at the form which file doesn’t answer', async () => {
  const { url, asked } = await serveNoting();
  const bench = new InspectorBench();
  bench.agrees = true;
  const panel = await bench.inspect(`curl ${url} --json @req.json`);
  await eventually(() => latest(panel, 'badRequest') !== undefined);
  expect(latest(panel, 'badRequest')?.reason).toBe(
    'Nothing was sent: req.json can’t be read: The file system does not answer. Check its connection, and try again.',
  );
  expect(asked).toEqual([]);
});
