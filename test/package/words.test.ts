// The words of docs/architecture.md and CONTRIBUTING.md: how comments begin, and which words the glossary replaces.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { expect, test } from 'vitest';

/** Beginnings without a noun or a verb: the thing isn't named yet. */
const BEGINNING = /^(What|Who|Whom|Whose|Of|So many|So much|Else|One)\b/;
/** Names that others know by an old word: those of VS Code's panels and of stored state. */
const KEPT = /sseCounter\.replay\w*/g;

/** Words that others of the glossary replace. */
const REPLACED = readReplaced();

const files = ['src', 'test', 'scripts']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(ts|mjs)$/.test(file) && !/node_modules|words\.test/.test(file));

/** Returns the comments of a source, each without its signs. */
function commentsIn(source: string): string[] {
  // A line of `//` that follows another goes on with its sentence.
  const comments = source.matchAll(/\/\*\*?\s*\*?\s*([\s\S]*?)\s*\*\/|(?<!\/\/[^\n]*\n\s*)(?<=^|\s)\/\/ ([^\n]*)/g);
  return [...comments].map(([, block, line]) => block ?? line ?? '');
}

/** Reads the last column of the glossary. */
function readReplaced(): string[] {
  const glossary = readFileSync('docs/architecture.md', 'utf8').split('## Glossary')[1] ?? '';
  const rows = [...glossary.matchAll(/^\| [^|]+ \| [^|]+ \| ([^|]+) \|$/gm)].map(([, words = '']) => words.trim());
  return rows
    .slice(1)
    .flatMap((words) => words.split(', '))
    .filter((word) => word !== '' && word !== 'not');
}

test.each(files)('no comment of %s begins without a noun or a verb', (file) => {
  expect(commentsIn(readFileSync(file, 'utf8')).filter((comment) => BEGINNING.test(comment))).toEqual([]);
});

test('the check sees a comment of each kind', () => {
  const source = '/** What a */\n/**\n * Of b\n * Else c\n */\nx; // One d\ny;\n// Else e\n// Who goes on\n';
  const found = commentsIn(source).filter((comment) => BEGINNING.test(comment));
  expect(found.map((comment) => comment.split(' ')[0])).toEqual(['What', 'Of', 'One', 'Else']);
});

test('the glossary replaces some words', () => {
  expect(REPLACED.length).toBeGreaterThan(2);
});

test.each(files.filter((file) => file.startsWith('src/')))('%s has no word that the glossary replaces', (file) => {
  const source = readFileSync(file, 'utf8').replace(KEPT, '');
  expect(REPLACED.filter((word) => new RegExp(`\\b${word}`, 'i').test(source))).toEqual([]);
});
