// The structure described in docs/architecture.md: which files in src/ may import which.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path/posix';
import { expect, test } from 'vitest';
import { importsIn } from '../support/house/importsIn';

const MAX_LINES = 250;
const MAX_FILES = 15;

/** Drawn by docs/architecture.md: by folder, the names on each floor, the lowest first; `*` is all that isn't named. */
const FLOORS = readFloors(readFileSync('docs/architecture.md', 'utf8'));

/** The packages that a room may use; `node:` is any module of Node. */
const PACKAGES: Record<string, string[]> = {
  text: [],
  stream: [],
  script: [],
  analysis: [],
  turns: ['node:'],
  server: ['node:'],
  client: ['node:', 'acorn', 'http-proxy-agent', 'proxy-from-env'],
  folder: ['node:'],
  messages: [],
  webview: ['@vscode-elements/elements'],
  api: ['node:', '../media/page.html'],
  cli: ['node:', '../media/page.html', '../package.json'],
  extension: ['node:', 'vscode', 'valibot'],
};

/** The rooms that webview may import from, besides itself: the others need Node. */
const PAGES_MAY = ['text', 'stream', 'analysis', 'messages'];

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const folders = [...new Set(files.map((file) => dirname(file)))];
const graph = new Map(files.map((file) => [file, importsOf(file)]));

/** Returns the files, relative to src/, and the packages that a file imports, including types. */
function importsOf(file: string): string[] {
  return importsIn(readFileSync(join('src', file), 'utf8')).map((specifier) => {
    if (specifier.startsWith('node:')) return 'node:';
    const parts = specifier.split('/');
    if (!specifier.startsWith('.')) return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
    const target = relative('src', join('src', dirname(file), specifier));
    return files.includes(`${target}.ts`) ? `${target}.ts` : target;
  });
}

/** Reads the lines `    src/folder: a · b < c < …` of the architecture. */
function readFloors(text: string): Record<string, string[][]> {
  const lines = [...text.matchAll(/^ {4}src(?:\/(\S+))?: (.+ < .+)$/gm)];
  return Object.fromEntries(
    lines.map(([, folder = '.', floors = '']) => [
      folder,
      floors.split(' < ').map((names) => names.replace('…', '*').split(' · ')),
    ]),
  );
}

/** Returns what is wrong with an import, or undefined. */
function wrong(from: string, to: string): string | undefined {
  const room = from.split('/')[0] ?? '';
  if (!files.includes(to)) return PACKAGES[room]?.includes(to) ? undefined : `${room} may not use ${to}`;
  const target = to.split('/')[0] ?? '';
  if (room === 'webview' && target !== room && !PAGES_MAY.includes(target)) return `a page can't run ${target}`;
  const [ways, others] = [from.replace(/\.ts$/, '').split('/'), to.replace(/\.ts$/, '').split('/')];
  const depth = ways.findIndex((name, index) => name !== others[index]);
  const folder = ways.slice(0, depth).join('/') || '.';
  const [above, below] = [floorOf(folder, ways, depth), floorOf(folder, others, depth)];
  const bothFiles = ways.length === depth + 1 && others.length === depth + 1;
  const isNamed = (FLOORS[folder]?.[above] ?? []).includes(ways[depth] ?? '');
  // Files that the architecture doesn't name may import each other, unless they form a cycle.
  if (above > below || (above === below && bothFiles && !isNamed)) return undefined;
  return `${folder}: ${others[depth]} isn't below ${ways[depth]}`;
}

/** Returns the floor number of a file or folder within a folder; 0 for files in a folder without subfolders. */
function floorOf(folder: string, path: string[], depth: number): number {
  const floors = FLOORS[folder];
  if (!floors) return 0;
  const find = (name: string) => floors.findIndex((names) => names.includes(name));
  const named = find(path[depth] ?? '');
  return named === -1 && path.length === depth + 1 ? find('*') : named;
}

/** Returns a cycle of files that import each other; empty if there is none. */
function circle(): string[] {
  const done = new Set<string>();
  const visit = (file: string, path: string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const imported of graph.get(file) ?? []) {
      const found = visit(imported, [...path, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  return files.map((file) => visit(file, [])).find((found) => found.length > 0) ?? [];
}

test('every folder is on a floor', () => {
  const homeless = folders.filter((folder) => {
    const path = folder.split('/');
    return path.some((_, depth) => floorOf(path.slice(0, depth).join('/') || '.', [...path, 'file.ts'], depth) === -1);
  });
  expect([folders.length > 10, homeless]).toEqual([true, []]);
});

test('docs/architecture.md names every folder, and no other', () => {
  const rooms = readFileSync('docs/architecture.md', 'utf8').matchAll(/^\| `src\/(\S+)` \|/gm);
  expect([...rooms].map(([, folder]) => folder).sort()).toEqual([...folders].sort());
});

test.each(files)('%s imports downwards only', (file) => {
  expect((graph.get(file) ?? []).flatMap((imported) => wrong(file, imported) ?? [])).toEqual([]);
});

test('no files import each other in a cycle', () => {
  expect(circle()).toEqual([]);
});

test.each<[from: string, to: string]>([
  ['stream/parse.ts', 'server/sseServer.ts'],
  ['server/sseServer.ts', 'client/inspection.ts'],
  ['server/http/connection.ts', 'server/sseServer.ts'],
  ['extension/counter/counterSession.ts', 'extension/mock/mockSession.ts'],
  ['webview/shared/dom.ts', 'client/inspection.ts'],
  ['webview/shared/dom.ts', 'vscode'],
  ['messages/mock.ts', 'node:'],
])('the check refuses that %s imports %s', (from, to) => {
  expect(wrong(from, to)).toBeDefined();
});

test('the check finds every kind of import', () => {
  expect(graph.get('extension/shared/server/sessionServer.ts')).toEqual(
    expect.arrayContaining(['vscode', 'server/sseServer.ts', 'client/request/secrets/secrets.ts']),
  );
  expect(graph.get('webview/counter/main.ts')).toEqual(
    expect.arrayContaining(['messages/counter.ts', '@vscode-elements/elements']),
  );
});

test.each(folders)(`%s has at most ${MAX_FILES} files`, (folder) => {
  expect(files.filter((file) => dirname(file) === folder).length).toBeLessThanOrEqual(MAX_FILES);
});

test.each(files)(`%s has at most ${MAX_LINES} lines`, (file) => {
  expect(readFileSync(join('src', file), 'utf8').split('\n').length).toBeLessThanOrEqual(MAX_LINES);
});

test('extension.ts has less than 60 lines', () => {
  expect(readFileSync('src/extension/extension.ts', 'utf8').split('\n').length).toBeLessThan(60);
});
