// Files of a folder that aren't served: the words for them, and the room that they leave to the others.
import { writeFileSync } from 'node:fs';
import { stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ScriptError, serveEventStream } from '../../src/api';
import { MAX_JSON, MAX_SEARCHED, MAX_SIZE } from '../../src/folder/folderLimits';
import { findIn } from '../../src/folder/foundFiles';
import { readJson } from '../../src/folder/jsonFile';
import { StreamFolder } from '../../src/folder/streamFolder';
import { Turns } from '../../src/turns/turns';
import { folderOf } from '../support/mock/mockFolder';
import { longTest } from '../support/time/longRun';

const MEGABYTE = 1024 * 1024;
const EVENT = 'data: 1\n\n';

async function read(files: Record<string, string>) {
  const folder = await folderOf(files);
  return new StreamFolder(() => findIn(folder), new Turns()).read();
}

/** Returns V8's words about a text that is no JSON. */
function faultOf(text: string): string {
  const json = readJson(new TextEncoder().encode(text));
  return 'reason' in json ? json.reason : expect.fail();
}

test('JSON that is too large to be read takes no room from the files after it', async () => {
  const json = ' '.repeat(60 * MEGABYTE);
  const { scripts, problems } = await read({ 'a.sse': EVENT, 'a.json': json, 'b.sse': comments(10 * MEGABYTE) });
  expect(scripts.map(({ name }) => name)).toEqual(['a.sse', 'b.sse']);
  expect(problems).toEqual([{ file: 'a.json', code: 'largeJson' }]);
});

test('JSON of a byte more than its limit is refused by its size alone', async () => {
  const folder = await folderOf({ 'a.sse': EVENT, 'a.json': `1${' '.repeat(MAX_JSON)}` });
  expect((await stat(join(folder, 'a.json'))).size).toBe(MAX_JSON + 1);
  const { problems } = await new StreamFolder(() => findIn(folder), new Turns()).read();
  expect(problems).toEqual([{ file: 'a.json', code: 'largeJson' }]);
});

test('the errors of files that haven’t changed aren’t looked at again: a folder may have a million', async () => {
  const folder = await folderOf({ 'a.sse': ':@ x\n'.repeat(1000) });
  const reader = new StreamFolder(() => findIn(folder), new Turns());
  const before = await reader.read();
  const [problem] = before.problems;
  if (problem?.code !== 'script') return expect.unreachable();
  expect(problem.problems).toHaveLength(1000);
  let looks = 0;
  problem.problems = new Proxy<typeof problem.problems>(problem.problems, {
    get: (all, name) => {
      looks += 1;
      return Reflect.get(all, name);
    },
  });
  expect(await reader.read()).toBe(before);
  expect(looks).toBe(0);
});

test('an error has the first thousand errors of a folder’s files', async () => {
  const folder = await folderOf({ 'a.sse': ':@ x\n'.repeat(600), 'b.sse': ':@ x\n'.repeat(600), 'c.sse': ':@ x\n' });
  const error: unknown = await serveEventStream(folder).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ScriptError);
  expect((error as ScriptError).problems).toHaveLength(1000);
});

test('of a folder, 20,000 files and folders are searched, and it is told if there are more', async () => {
  const names = Array.from({ length: MAX_SEARCHED - 1 }, (_, n) => `${n}.txt`);
  const folder = await folderOf({ 'a.sse': EVENT });
  for (const name of names) writeFileSync(join(folder, name), '');
  expect((await findIn(folder)).isCut).toBe(false);
  await writeFile(join(folder, 'one more.txt'), '');
  expect((await findIn(folder)).isCut).toBe(true);
});

longTest('files may have 64 MB together, and not a byte more', async () => {
  const folder = await folderOf({ 'a.sse': EVENT, 'b.sse': '' });
  // Sparse: a line of NULs, which is read fast.
  await truncate(join(folder, 'b.sse'), MAX_SIZE - EVENT.length);
  const files = new StreamFolder(() => findIn(folder), new Turns());
  expect((await files.read()).problems).toEqual([]);
  await writeFile(join(folder, 'c.sse'), ':');
  expect((await files.read()).problems).toEqual([{ file: 'c.sse', code: 'tooLarge' }]);
});

test('what is wrong with JSON is said by its own text, also where that has strings of digits', () => {
  expect(faultOf('["1",q]')).toMatch(/^Unexpected token '?q'?.*"\["1",q\]"|^Unexpected token '?q'?.*position 5/);
  expect(faultOf('{"a" "1"}')).not.toContain('"x');
});

test('what is wrong with JSON of thousands of strings of digits is said without a quotation, and V8 isn’t given them', () => {
  const parse = vi.spyOn(JSON, 'parse');
  const fault = faultOf(`[${'"12",'.repeat(2001)}q]`);
  const [[given] = []] = parse.mock.calls;
  parse.mockRestore();
  expect(given).not.toMatch(/"\d{1,9}"/);
  expect(fault).toMatch(/^Unexpected token '?q'? in JSON/);
});

/** Returns a file of comments, which take no more memory than their size. @param size in bytes */
function comments(size: number): string {
  return `:${'x'.repeat(998)}\n`.repeat(Math.ceil(size / 1000)).slice(0, size);
}
