// Files on one path, begun by POST and resumed by GET, as in MCP.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveEventStream } from '../../src/api';
import { ask } from '../support/servers/testServer';

/** Serves files on `/mcp`; resolves with a function that asks for it. */
async function serve(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'sse-resumed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), `:@ path /mcp\n${text}`);
  const mock = await serveEventStream(folder);
  onTestFinished(() => mock.close());
  return {
    post: async (body: string) => (await ask(`${mock.url}mcp`, { method: 'POST', body })).body,
    get: async (id?: string, headers: Record<string, string> = {}) => {
      const asked = { headers: { ...headers, ...(id === undefined ? {} : { 'Last-Event-ID': id }) } };
      const { status, body } = await ask(`${mock.url}mcp`, asked);
      return status === 200 ? body : status;
    },
  };
}

/** Returns a file of two events with ids. */
const two = (top: string, name: string) =>
  `:@ method POST, GET\n${top}id: ${name}1\ndata: ${name}1\n\nid: ${name}2\ndata: ${name}2\n\n:@ wait 1ms\n:@ end\n`;

test('a GET is resumed by the file that has its id, whichever body the POST had, and whichever number', async () => {
  const { post, get } = await serve({
    'a.sse': two(':@ when body /method = a\n', 'a'),
    'b.sse': two(':@ when body /method = b\n', 'b'),
    'c.sse': two(':@ when request 3\n', 'c'),
  });
  expect(await post('{"method": "b"}')).toContain('data: b1');
  expect(await get('b1')).toBe('id: b2\ndata: b2\n\n');
  expect(await post('{}')).toContain('data: c1');
  expect(await get('c1')).toBe('id: c2\ndata: c2\n\n');
  expect(await get('a1')).toBe('id: a2\ndata: a2\n\n');
});

test('a GET is refused if no file has its id, or if it has none; so is a POST that no file fits', async () => {
  const { post, get } = await serve({
    'a.sse': two(':@ when body /method = a\n', 'a'),
    'b.sse': two(':@ when body /method = b\n:@ when header X-Tenant = 7\n', 'b'),
  });
  expect([await get('x1'), await get(), await get('b1')]).toEqual([404, 405, 404]);
  expect(await get('b1', { 'X-Tenant': '7' })).toBe('id: b2\ndata: b2\n\n');
  expect(await post('{"method": "c"}')).toContain('No file on this path fits this request');
});

test('a GET without an id may have a file of its own', async () => {
  const { get } = await serve({
    'a.sse': two(':@ when body /method = a\n', 'a'),
    'z.sse': 'data: standalone\n\n:@ end\n',
  });
  expect([await get(), await get('a1'), await get('x')]).toEqual([
    'data: standalone\n\n',
    'id: a2\ndata: a2\n\n',
    'data: standalone\n\n',
  ]);
});
