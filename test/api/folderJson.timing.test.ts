// JSON beside the files of a folder, as a hostile repository or a client that doesn't read would use it.
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { serveEventStream } from '../../src/api';
import { folderOf } from '../support/mock/mockFolder';
import { JSONS } from '../support/page/hostileServer';
import { drawn } from '../support/random/drawn';
import { ask } from '../support/servers/testServer';
import { longestGo } from '../support/time/longestGo';
import { ownTimeOf } from '../support/time/ownTime';

const MEGABYTE = 1024 * 1024;
const CHAT = ':@ method POST\ndata: chunk\n\n:@ end\n';

async function serve(files: Record<string, string>) {
  const mock = await serveEventStream(await folderOf(files));
  onTestFinished(() => mock.close());
  return { root: `http://127.0.0.1:${mock.port}`, port: mock.port };
}

test('a megabyte of JSON is served whole, and one byte more isn’t, which is said', async () => {
  const json = `["${'x'.repeat(MEGABYTE - 4)}"]`;
  const { root } = await serve({ 'a.sse': CHAT, 'a.json': json });
  expect((await ask(`${root}/a`, { method: 'POST' })).body === json).toBe(true);
  await expect(serve({ 'a.sse': CHAT, 'a.json': `${json} ` })).rejects.toThrow(
    'a.json isn’t served: JSON beside a file may have 1 MB. Shorten it.',
  );
});

test.each(drawn(['digits', 'zeros', 'deep'], 1))(
  'a megabyte of JSON of %s doesn’t stall the process, also where it breaks off',
  async (name) => {
    const json = JSONS[name].slice(0, MEGABYTE);
    const files = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`${at}.sse`, CHAT]));
    const whole = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`${at}.json`, json]));
    expect(await longestGo(serve({ ...files, ...whole }))).toBeLessThan(100);
    const broken = await folderOf({ 'a.sse': CHAT, 'a.json': json.slice(0, -1) });
    const refused = serveEventStream(broken).then(
      () => expect.fail(),
      (error: Error) => expect(error.message).toMatch(/^a\.json is no JSON: .*JSON/),
    );
    expect(await longestGo(refused)).toBeLessThan(200);
  },
);

test('JSON is checked once, and not again for each of three hundred clients', async () => {
  const { root } = await serve({ 'a.sse': CHAT, 'a.json': `[${'{},'.repeat(340_000)}1]` });
  const asked = async () => {
    for (let count = 0; count < 300; count += 1) await headOf(root);
  };
  expect(await ownTimeOf(asked)).toBeLessThan(800);
}, 20_000);

/** Asks for the JSON, and leaves when its head has come. */
async function headOf(root: string): Promise<void> {
  const socket = connect(Number(new URL(root).port), '127.0.0.1');
  socket.write('POST /a HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}');
  await once(socket, 'data');
  socket.destroy();
}
