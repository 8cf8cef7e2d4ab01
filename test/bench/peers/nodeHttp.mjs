// The server of a typical tutorial: node:http, and setInterval for each client.
import { createServer } from 'node:http';

createServer((request, response) => {
  const interval = Number(/interval=(\d+)/.exec(request.url ?? '')?.[1] ?? 1000);
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache',
    'Connection': 'keep-alive',
  });
  response.flushHeaders();
  let number = 0;
  const timer = setInterval(() => {
    number += 1;
    response.write(`data: ${number}\n\n`);
  }, interval);
  response.on('close', () => clearInterval(timer));
}).listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });
