// A proxy that a repository's settings name, and VS Code 1.100 uses.
import { beforeEach, expect, test } from 'vitest';
import { isOpen, serveByHand } from '../../support/inspector/inspectByHand';
import { InspectorBench, statusOf } from '../../support/inspector/inspectors';
import { eventually } from '../../support/servers/testServer';
import { env, fake } from '../../support/vscode/index';

beforeEach(() => {
  Object.assign(env, { remoteName: 'ssh-remote' });
  fake.repositorySettings = {};
  return () => {
    Object.assign(env, { remoteName: undefined });
    fake.repositorySettings = {};
  };
});

test('nothing is sent where a repository’s proxy would get it, and the panel says so', async () => {
  fake.repositorySettings = { http: { proxy: 'http://evil.test:3128' } };
  const { url, asked } = await serveByHand();
  const panel = await new InspectorBench().inspect(`curl ${url} -H 'Authorization: Bearer a'`);
  const { reason } = await statusOf(panel, ({ state }) => state === 'failed');
  expect(reason).toMatch(/^Nothing was sent: the settings of this workspace, “http”, change the way/);
  expect(asked).toEqual([]);
});

test('nor does a diagnosis send anything to it, which is told, and the stream stays', async () => {
  const { url, asked } = await serveByHand();
  const panel = await new InspectorBench().inspect(url);
  await statusOf(panel, isOpen);
  fake.repositorySettings = { http: { proxySupport: 'off' } };
  panel.say({ type: 'diagnose', origin: '', compare: '', second: false });
  await eventually(() => fake.errors.length > 0);
  expect(fake.errors).toEqual([expect.stringMatching(/Nothing was sent: the settings of this workspace/)]);
  await statusOf(panel, isOpen);
  expect(asked).toHaveLength(1);
});

test('in a local window, where VS Code reads the user’s settings alone, the request is sent', async () => {
  Object.assign(env, { remoteName: undefined });
  fake.repositorySettings = { http: { proxy: 'http://evil.test:3128' } };
  const { url, asked } = await serveByHand();
  await statusOf(await new InspectorBench().inspect(url), isOpen);
  expect(asked).toHaveLength(1);
});
