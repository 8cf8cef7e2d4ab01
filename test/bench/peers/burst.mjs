// The optimum: a file's bytes over bare sockets, as fast as they are taken.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n';
const [, , port, file = ''] = process.argv;
const bytes = readFileSync(file);

createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.once('data', () => {
    socket.write(HEAD);
    socket.end(bytes);
  });
}).listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 }, () => console.log('listening'));
