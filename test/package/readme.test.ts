// README and docs: short, with links that lead somewhere and commands that there are.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import titles from '../../package.nls.json' with { type: 'json' };

/** Maximum number of words of the README, as `wc -w` counts them. */
const MAX_WORDS = 700;
const readme = readFileSync('README.md', 'utf8');
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'examples/README.md'],
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];
const text = (page: string) => readFileSync(page, 'utf8').replace(/```[\s\S]*?```/g, '');

/** Names of a page's headings, as links have them. */
function anchorsOf(page: string): string[] {
  return [...text(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

test(`the README has at most ${MAX_WORDS} words`, () => {
  expect(readme.trim().split(/\s+/).length).toBeLessThanOrEqual(MAX_WORDS);
});

test('the README’s two commands are scripts of package.json', () => {
  const commands = [...readme.matchAll(/^ {4}npm (\w+) /gm)].map(([, name = '']) => name);
  expect(commands).toEqual(['start', 'test']);
  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(commands));
});

test.each(pages)('each relative link of %s leads to a file, and to a heading that it has', (page) => {
  const links = [...text(page).matchAll(/\]\(([^):]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? page : posix.join(posix.dirname(page), file);
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test.each(pages)('each command that %s names by “SSE: …” is in the Command Palette', (page) => {
  const known = packageJson.contributes.commands.map(({ title }) => titles[title.slice(1, -1) as keyof typeof titles]);
  const named = [...text(page).matchAll(/\*\*SSE(?: Counter)?: ([^*]+)\*\*/g)].map(([, title = '']) => title);
  expect(named.filter((title) => !known.includes(title))).toEqual([]);
});

test('the README’s settings have the defaults that it says', () => {
  const { properties } = packageJson.contributes.configuration;
  const rows = [...readme.matchAll(/^\| `(sseCounter\.\w+)` \|.*\| (.*?) +\|$/gm)];
  expect(rows.map(([, name]) => name).sort()).toEqual(Object.keys(properties).sort());
  expect(rows.map(([, , value]) => value)).toEqual([
    String(properties['sseCounter.port'].default),
    String(properties['sseCounter.maxConnections'].default),
    'pages on this machine',
  ]);
});
