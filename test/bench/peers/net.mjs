// The optimum: the same bytes as ours over bare sockets, without HTTP, guard or limits. One timer per connection.
import { createServer } from 'node:net';

const HEAD = [
  'HTTP/1.1 200 OK',
  'Content-Type: text/event-stream',
  'Cache-Control: no-cache, no-transform',
  'X-Accel-Buffering: no',
  'Connection: keep-alive',
  'Transfer-Encoding: chunked',
  '\r\n',
].join('\r\n');

createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.once('data', (request) => {
    const interval = Number(/interval=(\d+)/.exec(request.toString('latin1'))?.[1] ?? 1000);
    let number = 0;
    socket.write(HEAD);
    const timer = setInterval(() => {
      number += 1;
      const event = `data: ${number}\n\n`;
      socket.write(`${event.length.toString(16)}\r\n${event}\r\n`, 'latin1');
    }, interval);
    socket.on('close', () => clearInterval(timer));
  });
}).listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });
