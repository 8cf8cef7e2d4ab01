import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path/posix';
import { expect, test } from 'vitest';

/** What each room of src/ may import from; a room may always import from itself. */
const MAY_IMPORT: Record<string, string[]> = {
  'extension.ts': ['editor', 'messages', 'turns', 'vscode'],
  'editor': ['server', 'inspector', 'messages', 'sse', 'text', 'turns', 'vscode', 'valibot', 'node:'],
  'webview': ['messages', 'sse', 'text', '@vscode-elements/elements'],
  'messages': [],
  // Ranges and defaults of its options are the settings' own.
  'server': ['sse', 'turns', 'node:', 'package.json'],
  'inspector': ['sse', 'turns', 'acorn', 'node:'],
  'sse': [],
  'text': [],
  'turns': ['node:'],
};
const MAX_LINES = 250;

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

function room(file: string): string {
  return file.split('/')[0] ?? '';
}

/** The rooms and packages that a file imports from, as MAY_IMPORT names them. */
function importsOf(file: string): string[] {
  const source = readFileSync(join('src', file), 'utf8');
  // Formatted as Biome does: an import begins a line or, over several lines, ends with one that begins with a brace.
  const imports = /^(?:import|export|\}) (?:.* )?from '(.+)';$|^import '(.+)';$|\bimport\('(.+)'\)/gm;
  return [...source.matchAll(imports)].map(([, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? '';
    if (specifier.startsWith('node:')) return 'node:';
    if (!specifier.startsWith('.'))
      return specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
    const target = relative('src', join('src', dirname(file), specifier));
    if (target === '../package.json') return 'package.json';
    return target.includes('/') ? room(target) : `${target}.ts`;
  });
}

test('src has files in the rooms that the house knows', () => {
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !(room(file) in MAY_IMPORT))).toEqual([]);
});

test.each(files)('%s imports downwards only', (file) => {
  const allowed = [room(file), ...(MAY_IMPORT[room(file)] ?? [])];
  expect(importsOf(file).filter((imported) => !allowed.includes(imported))).toEqual([]);
});

test('the check sees what a file imports', () => {
  expect(importsOf('editor/sessionServer.ts')).toEqual(expect.arrayContaining(['vscode', 'server', 'editor']));
  expect(importsOf('webview/counter.ts')).toEqual(expect.arrayContaining(['messages', '@vscode-elements/elements']));
});

test.each(files)(`%s has at most ${MAX_LINES} lines`, (file) => {
  expect(readFileSync(join('src', file), 'utf8').split('\n').length).toBeLessThanOrEqual(MAX_LINES);
});

test('extension.ts has less than 60 lines', () => {
  expect(readFileSync('src/extension.ts', 'utf8').split('\n').length).toBeLessThan(60);
});
