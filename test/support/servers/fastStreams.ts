// Streams that come faster than they can be processed, from a server in a process of its own.
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import type { SubscriptionOptions } from '../../../src/client/http/subscriptionOptions';
import { Inspection } from '../../../src/client/inspection';
import { runScript } from '../programs/clientProcess';

/** A server whose paths select the stream: a text repeated a number of times, or random events of a seed, coded or not. */
const SERVER = `
  const { gzipSync } = require('node:zlib');
  const crypto = require('node:crypto');
  const [key, cert] = ['key', 'pem'].map((end) => require('node:fs').readFileSync(process.argv[1] + '/localhost.' + end));
  const HEAD = 'HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Type: text/event-stream\\r\\n';
  const CHUNKED = HEAD + 'Transfer-Encoding: chunked\\r\\n\\r\\n';
  const all = {
    chunks: () => CHUNKED + '6\\r\\ndata\\n\\n\\r\\n'.repeat(200000) + '0\\r\\n\\r\\n',
    halves: () => CHUNKED + '5\\r\\ndata\\n\\r\\n1\\r\\n\\n\\r\\n'.repeat(100000) + '0\\r\\n\\r\\n',
    bytes: () => CHUNKED + '1\\r\\n:\\r\\n'.repeat(200000) + '0\\r\\n\\r\\n',
    whole: () => HEAD + '\\r\\n' + 'data\\n\\n'.repeat(200000),
    early: () => 'HTTP/1.1 103 Early Hints\\r\\n\\r\\n'.repeat(100000) + CHUNKED + '0\\r\\n\\r\\n',
    large: () => HEAD + '\\r\\n' + ('data:' + 'x'.repeat(1e6) + '\\n\\n').repeat(20),
    random: (seed) => {
      let random = seed + 1;
      const next = (below) => (random = (random * 48271) % 2147483647) % below;
      let text = '';
      for (let n = 0; n < 10000; n += 1) text += 'id:' + n + '\\ndata:' + 'x'.repeat(next(40)) + '\\n\\n';
      const coded = seed % 2 === 1;
      const body = coded ? gzipSync(text, { level: seed % 10 }) : Buffer.from(text);
      const pieces = [Buffer.from(coded ? HEAD + 'Content-Encoding: gzip\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n' : CHUNKED)];
      for (let at = 0; at < body.length; ) {
        const size = 1 + next(30);
        const piece = body.subarray(at, (at += size));
        pieces.push(Buffer.from(piece.length.toString(16) + '\\r\\n'), piece, Buffer.from('\\r\\n'));
      }
      return Buffer.concat([...pieces, Buffer.from('0\\r\\n\\r\\n')]);
    },
  };
  const answer = (socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (request) => {
      const [name, seed] = /GET .(.*) HTTP/.exec(request)[1].split('-');
      socket.end(Buffer.from(all[name](Number(seed))));
    });
  };
  const servers = [require('node:net').createServer(answer), require('node:tls').createServer({ key, cert }, answer)];
  let listening = 0;
  for (const server of servers)
    server.listen(0, '127.0.0.1', () => (listening += 1) === 2 && process.send(servers.map((one) => one.address().port)));
`;

/** Starts the server. @returns its roots for HTTP and HTTPS */
export async function serve(): Promise<[plain: string, secure: string]> {
  const [[plain, secure]] = (await once(runScript(SERVER, import.meta.dirname), 'message')) as [number[]];
  return [`http://127.0.0.1:${plain}/`, `https://127.0.0.1:${secure}/`];
}

/** Reads the stream to its end. */
export async function read(url: string, options: Pick<SubscriptionOptions, 'reading'> = {}): Promise<Inspection> {
  let changed = () => {};
  const inspection = new Inspection(() => changed());
  onTestFinished(() => inspection.close());
  inspection.connect(
    { method: 'GET', url, headers: [], insecure: true },
    { reconnect: false, lastEventId: '', ...options },
  );
  while (inspection.running)
    await new Promise<void>((resolve) => {
      changed = resolve;
    });
  return inspection;
}
