// better-sse, as in its README.
import { createServer } from 'node:http';
import { createSession } from 'better-sse';

createServer(async (request, response) => {
  const interval = Number(/interval=(\d+)/.exec(request.url ?? '')?.[1] ?? 1000);
  const session = await createSession(request, response);
  let number = 0;
  const timer = setInterval(() => {
    number += 1;
    session.push(number);
  }, interval);
  session.once('disconnected', () => clearInterval(timer));
}).listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });
