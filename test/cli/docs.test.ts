// docs/cli.md: its commands say what it says, and its code runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, inject, onTestFinished, test } from 'vitest';
import { folderWith } from '../support/programs/commandLine';
import { program } from '../support/programs/program';

const page = readFileSync('docs/cli.md', 'utf8').replaceAll('\r\n', '\n');
/** The indented blocks of the page, without their indentation. */
const blocks = [...page.matchAll(/(?<=\n\n)(?: {4}.*\n|\n(?= {4}))+/g)].map(([block]) =>
  block.replace(/^ {4}/gm, '').trimEnd(),
);
const orders = `${blocks.find((block) => block.startsWith('retry:'))}\n`;
const commands = blocks
  .flatMap((block) => block.split(/^(?=\$ )/m))
  .filter((part) => part.startsWith('$ '))
  .map((part) => {
    const [line = '', ...output] = part.trimEnd().split('\n');
    return { line: line.slice(2), output: output.join('\n') };
  });
const modules = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => code);

/** Replaces all that differs from run to run. */
function normalised(text: string): string {
  return text
    .replace(/^\d\d:\d\d:\d\d\.\d{3}/gm, 'TIME')
    .replace(/(?<=127\.0\.0\.1:)\d+/g, 'PORT')
    .replace(/(?<="(?:time|headersAfter|firstEventAfter|duration)":)[\d.]+/g, '0')
    .replace(/(?<=(?:Recorded 2 events|1 event) in )[\d.]+/, '0')
    .trimEnd();
}

/** Splits a line into words, as a shell does with these. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

/** Starts a command in the folder. Its two outputs are one text, as on a terminal. */
function start(folder: string, words: string[]) {
  const child = spawn(process.execPath, [join(process.cwd(), program('cli')), ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  for (const output of [child.stdout, child.stderr])
    output.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  return { text: () => text, written: () => once(child.stdout, 'data'), ended: once(child, 'close') };
}

test('each command has the output that the page says', async () => {
  const folder = folderWith({ 'orders.sse': orders, 'mocks/orders.sse': orders });
  let port = '';
  const said: string[] = [];
  for (const { line } of commands) {
    const [, text, file] = /^echo '(.*)' > (\S+)$/.exec(line) ?? [];
    const words = wordsOf(line.replace(':8080', `:${port}`)).slice(1);
    if (file !== undefined) {
      writeFileSync(join(folder, file), `${text}\n`);
      said.push('');
    } else if (words[0] === 'serve') {
      const running = start(folder, [...words, '--port', '0']);
      await running.written();
      said.push(running.text());
      // The other commands are for the first.
      port ||= /:(\d+)\//.exec(running.text())?.[1] ?? '';
    } else {
      const running = start(folder, words);
      await running.ended;
      said.push(running.text());
    }
  }
  expect(commands.length).toBeGreaterThan(6);
  expect(said.map(normalised)).toEqual(commands.map(({ output }) => normalised(output)));
});

test.each(modules.map((code, index) => [index + 1, code]))('example %d of the API runs to its end', async (_, code) => {
  const folder = folderWith({ 'orders.sse': orders });
  const api = pathToFileURL(join(process.cwd(), inject('programs'), 'index.mjs')).href;
  writeFileSync(join(folder, 'example.mjs'), String(code).replace("'sse-counter'", `'${api}'`));
  const child = spawn(process.execPath, ['example.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (part) => (text += part));
  expect([...(await once(child, 'close')), text]).toEqual([0, null, text]);
  expect(text).toMatch(/^\S/);
});
