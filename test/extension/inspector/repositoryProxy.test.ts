// A proxy that a repository's settings name, and VS Code 1.100 uses.
import { beforeEach, expect, test } from 'vitest';
import { isOpen, serveByHand } from '../../support/inspector/inspectByHand';
import { InspectorBench, statusOf } from '../../support/inspector/inspectors';
import { eventually } from '../../support/servers/testServer';
import { fake } from '../../support/vscode/index';

beforeEach(() => {
  fake.repositorySettings = {};
  return () => {
    fake.repositorySettings = {};
  };
});

test('nothing is sent where a repository’s proxy would get it, and the panel says so', async () => {
  fake.repositorySettings = { proxy: 'http://evil.test:3128' };
  const { url, asked } = await serveByHand();
  const panel = await new InspectorBench().inspect(`curl ${url} -H 'Authorization: Bearer a'`);
  const { reason } = await statusOf(panel, ({ state }) => state === 'failed');
  expect(reason).toMatch(/^Nothing was sent: the settings of this workspace would send it through their proxy\./);
  expect(asked).toEqual([]);
});

test('nor does a diagnosis send anything to it', async () => {
  const { url, asked } = await serveByHand();
  const panel = await new InspectorBench().inspect(url);
  await statusOf(panel, isOpen);
  fake.repositorySettings = { proxy: 'http://evil.test:3128' };
  panel.say({ type: 'diagnose', origin: '', compare: '', second: true });
  await eventually(() => JSON.stringify(panel.posted).includes('"state":"done"'));
  expect(asked).toHaveLength(1);
});
