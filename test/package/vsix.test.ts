import { readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { packagedReadme } from '../../scripts/package.mjs';
import { namesInZip } from '../support/package/namesInZip';

const PICTURES = /\.(png|webp)$/;
let files: string[];

/** Names that the VSIX has in another case than the tree: vsce writes them so. */
const RENAMED: Record<string, string> = {
  'readme.md': 'README.md',
  'changelog.md': 'CHANGELOG.md',
  'LICENSE.txt': 'LICENSE',
};

beforeAll(async () => {
  files = (await namesInZip(`${manifest.name}-${manifest.version}.vsix`))
    .filter((name) => name.startsWith('extension/'))
    .map((name) => name.slice('extension/'.length))
    .map((name) => RENAMED[name] ?? name);
});

test('the VSIX contains the files that run or are shown in the Extensions view, and nothing else', () => {
  expect([...files].sort()).toEqual(
    [
      'package.json',
      'package.nls.json',
      'package.nls.ja.json',
      'l10n/bundle.l10n.ja.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'SECURITY.md',
      'docs/cli.md',
      'docs/counter.md',
      'docs/findings.md',
      'docs/inspector.md',
      'docs/keyboard.md',
      'docs/mock.md',
      'docs/proxies.md',
      'docs/security.md',
      'docs/sse-files.md',
      'dist/ThirdPartyNotices.txt',
      'dist/extension.cjs',
      'dist/counter.cjs',
      'dist/counter.js',
      'dist/inspector.cjs',
      'dist/inspector.js',
      'dist/readRequest.cjs',
      'dist/requestThread.cjs',
      'dist/mock.cjs',
      'dist/secrets.cjs',
      'dist/mock.js',
      'dist/counter.css',
      'dist/inspector.css',
      'dist/panel.css',
      'dist/mock.css',
      'media/sse.language-configuration.json',
      'media/sse.snippets.json',
      'media/sse.tmLanguage.json',
      'media/sse-dark.svg',
      'media/sse-light.svg',
      'media/example/api/orders.sse',
      'media/example/api/progress.sse',
      'media/templates/anthropic-error.sse',
      'media/templates/anthropic-messages.sse',
      'media/templates/empty.sse',
      'media/templates/mcp.sse',
      'media/templates/notifications.sse',
      'media/templates/openai-chat.sse',
      'media/templates/openai-responses.sse',
      'media/templates/progress.sse',
      'media/walkthrough/test.md',
      'media/walkthrough/test.nls.ja.md',
      'media/page.html',
      'media/icon.png',
      'media/counter.webp',
      'media/page.webp',
      'media/result.webp',
      'media/mock.webp',
    ].sort(),
  );
});

test('it has at most 670 KB, of which pictures are at most 300', () => {
  // They are compressed already: in the VSIX a picture is as large as it is here.
  const pictures = files.filter((file) => PICTURES.test(file)).map((file) => statSync(file).size);
  const vsix = statSync(`${manifest.name}-${manifest.version}.vsix`).size;
  expect(vsix).toBeGreaterThan(100_000);
  expect(vsix).toBeLessThanOrEqual(670_000);
  expect(pictures.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(300_000);
});

test('each relative link in the README and its linked pages leads to a file in the VSIX', () => {
  for (const page of ['README.md', 'SECURITY.md', ...files.filter((file) => /^docs\/.*\.md$/.test(file))]) {
    const links = [...packagedReadme(readFileSync(page, 'utf8')).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(
      ([, file = '']) => posix.join(posix.dirname(page), file),
    );
    expect([page, links.filter((file) => !files.includes(file))]).toEqual([page, []]);
  }
});

test('the picture that moves has under 1 MB, and isn’t in the VSIX', () => {
  expect(readFileSync('README.md', 'utf8')).toContain('](docs/result.webp)');
  expect(statSync('docs/result.webp').size).toBeLessThan(1_000_000);
  expect(files).not.toContain('docs/result.webp');
});

test('the VSIX contains the licence of each bundled package', () => {
  const notices = readFileSync('dist/ThirdPartyNotices.txt', 'utf8');
  for (const name of ['valibot', 'lit', '@vscode-elements/elements'])
    expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
  expect(notices.match(/copyright/gi)?.length).toBeGreaterThanOrEqual(4);
});

test('the README’s pictures are relative, and in the VSIX', () => {
  const pictures = [...packagedReadme(readFileSync('README.md', 'utf8')).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(
    ([, file]) => file,
  );
  expect(pictures).not.toEqual([]);
  expect(pictures.filter((file) => !files.includes(file ?? ''))).toEqual([]);
});

test.each([
  ['extension.cjs', ['./counter.cjs', './inspector.cjs', './mock.cjs']],
  ['counter.cjs', ['./secrets.cjs']],
  ['inspector.cjs', ['./readRequest.cjs']],
  ['readRequest.cjs', []],
  ['requestThread.cjs', ['./readRequest.cjs']],
  ['mock.cjs', ['./secrets.cjs']],
  ['secrets.cjs', []],
])('dist/%s requires no module from outside, except vscode, Node’s own and %j', (file, others: string[]) => {
  const bundle = readFileSync(`dist/${file}`, 'utf8');
  const required = [...new Set([...bundle.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name ?? ''))];
  // Programs that only read texts don't use VS Code.
  expect(required.includes('vscode')).toBe(!['readRequest.cjs', 'requestThread.cjs', 'secrets.cjs'].includes(file));
  expect(required.filter((name) => name !== 'vscode' && !name.startsWith('node:'))).toEqual(others);
});

test('the bundle loaded at activation, in every window, has less than 10 KB and no library', () => {
  expect(statSync('dist/extension.cjs').size).toBeLessThan(10_000);
  // The method of valibot's schemas, which is in the other bundles.
  expect(readFileSync('dist/inspector.cjs', 'utf8')).toContain('~run');
  expect(readFileSync('dist/extension.cjs', 'utf8')).not.toMatch(/~run|valibot/);
});

test.each(['counter', 'inspector', 'mock'])('the part %s is loaded only when it is needed', (name) => {
  const bundle = readFileSync('dist/extension.cjs', 'utf8');
  expect(bundle).toMatch(new RegExp(`\\.then\\(\\(\\)\\s*=>\\s*[^;]*require\\("\\./${name}\\.cjs"\\)`));
});
