// Vite's proxy: what it passes on of a mock, with and without the panel's code.
import { readFileSync } from 'node:fs';
import { createServer } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { PROXY_CURES } from '../../../src/extension/mock/proxyCures';
import { cureOf, passesDrop, passesHead, passesLeaving } from './proxied';

async function startVite(target: string, cure: Record<string, unknown>): Promise<string> {
  const proxy = { '/event': { target, ...cure } };
  const root = 'test/e2e/frontEnd';
  const vite = await createServer({ root, configFile: false, logLevel: 'silent', server: { port: 0, proxy } });
  onTestFinished(() => vite.close());
  await vite.listen();
  return (vite.resolvedUrls?.local[0] ?? '').replace(/\/$/, '').replace('localhost', '127.0.0.1');
}

test('Vite passes on that a client leaves; a drop only with the code, and the head with the first byte', async () => {
  const cure = cureOf('vite');
  expect(await passesDrop(startVite, {})).toBe(false);
  expect(await passesDrop(startVite, cure)).toBe(true);
  expect(await passesLeaving(startVite, {})).toBe(true);
  expect(await passesLeaving(startVite, cure)).toBe(true);
  expect(await passesHead(startVite)).toBe(false);
});

test('without a proxy, all of it arrives at once', async () => {
  const direct = async (target: string) => target;
  expect([await passesDrop(direct, {}), await passesLeaving(direct, {}), await passesHead(direct)]).toEqual([
    true,
    true,
    true,
  ]);
});

test('docs/proxies.md has the code of each proxy, and its place', () => {
  const page = readFileSync('docs/proxies.md', 'utf8');
  for (const { title, place, code } of Object.values(PROXY_CURES)) {
    const section = page.split('\n### ').find((text) => text.startsWith(`${title}\n`));
    expect(section).toContain(`\`${place}\``);
    expect(section).toContain(`\`\`\`js\n${code}\n\`\`\``);
  }
});
