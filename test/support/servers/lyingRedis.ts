import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Returns the reply to a command, as bytes of RESP; undefined to be honest. It may write more, before. */
export type Liar = (command: readonly string[], socket: Socket) => string | undefined;

/** A server that speaks the protocol of Redis, and says whatever a test wants. Honest where the liar has no answer. */
export async function startLyingRedis(liar: Liar): Promise<{ url: string; sockets: ReadonlySet<Socket> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      for (let found = commandIn(text); found; found = commandIn(text)) {
        text = text.slice(found.end);
        const reply = liar(found.words, socket) ?? honest(found.words);
        if (reply !== undefined) socket.write(reply, 'latin1');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

/** Returns a text as RESP. */
export function bulk(text: string): string {
  return `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
}

/** Returns replies as one. */
export function list(...replies: string[]): string {
  return `*${replies.length}\r\n${replies.join('')}`;
}

function honest([name = '', kind = '']: readonly string[]): string | undefined {
  if (name === 'XREAD') return undefined;
  if (name === 'XADD') return bulk('9-0');
  if (name === 'XRANGE') return list();
  if (name === 'XINFO' && kind === 'STREAM')
    return list(bulk('length'), ':0\r\n', bulk('last-generated-id'), bulk('0-0'));
  return '+OK\r\n';
}

/** Returns the first command of a text, and the index behind it; undefined if it isn't whole. */
function commandIn(text: string): { words: string[]; end: number } | undefined {
  const [head = '', count = '0'] = /^\*(\d+)\r\n/.exec(text) ?? [];
  if (head === '') return undefined;
  const words: string[] = [];
  let at = head.length;
  for (let left = Number(count); left > 0; left -= 1) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at, at + 20));
    if (!size) return undefined;
    const from = at + size[0].length;
    at = from + Number(size[1]) + 2;
    if (at > text.length) return undefined;
    words.push(text.slice(from, at - 2));
  }
  return { words, end: at };
}
