import { expect, onTestFinished, test } from 'vitest';
import { serveEventStream } from '../../src/api';
import { folderOf } from '../support/mock/mockFolder';
import { ask } from '../support/servers/testServer';

const EVENT = 'data: 1\n\n';
const LONG = `${`${'\u3042'.repeat(80)}/`.repeat(8)}`;

test('the page on / lists files as long as their paths have 100,000 letters, and says how many it doesn’t list', async () => {
  // Each has more than 5,760 letters as a path.
  const files = Array.from({ length: 50 }, (_, at) => `${LONG}${at + 10}.sse`);
  const mock = await serveEventStream(await folderOf(Object.fromEntries(files.map((name) => [name, EVENT]))));
  onTestFinished(() => mock.close());
  const root = `http://127.0.0.1:${mock.port}`;
  const { body } = await ask(`${root}/`, { headers: { accept: 'text/html' } });
  expect(body).toContain('50 streams, of which 17 are listed: their paths are long');
  expect(body.match(/<li>/g)).toHaveLength(17);
  expect((await ask(`${root}/nothing`)).body).toBe('Not found. The page on / lists the streams.\n');
});

test('an apostrophe counts as the five letters that it is in a command line, where a browser laid them out for 0.3 s', async () => {
  // Each has 2,011 letters as a path, and 10,011 in a command line.
  const files = Array.from({ length: 20 }, (_, at) => `${`${"'".repeat(200)}/`.repeat(10)}${at + 10}.sse`);
  const mock = await serveEventStream(await folderOf(Object.fromEntries(files.map((name) => [name, EVENT]))));
  onTestFinished(() => mock.close());
  const { body } = await ask(`http://127.0.0.1:${mock.port}/`, { headers: { accept: 'text/html' } });
  expect(body).toContain('20 streams, of which 9 are listed');
});
