import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { sendRequest } from '../../../src/client/http/sendRequest';
import { ReadingLimit } from '../../../src/turns/readingLimit';
import { Turns } from '../../../src/turns/turns';
import { get } from '../../support/client/requests';
import { open, serveInTurn } from '../../support/servers/streamServer';

class SeenLimit extends ReadingLimit {
  readonly added: Socket[] = [];
  readonly noted = new Set<Socket>();

  override add(socket: Socket): void {
    this.added.push(socket);
    super.add(socket);
  }

  override note(socket: Socket): void {
    this.noted.add(socket);
    super.note(socket);
  }
}

test('what a request reads is under the limit: another stream that takes too long pauses it, and it another', async () => {
  const { url } = await serveInTurn(open('data: 1\n\n'));
  const reading = new SeenLimit(new Turns());
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  await sendRequest(get(url), controller.signal, { reading });
  expect(reading.added).toHaveLength(1);
  expect([...reading.noted]).toEqual(reading.added);
});
