// A server that sends events as fast as they are read, or at a fixed rate: for the inspector and curl.
import { createServer } from 'node:http';

const TICK = 10;

createServer((request, response) => {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const [events, rate] = [Number(query.get('events') ?? 0), Number(query.get('rate') ?? 0)];
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  let number = 0;
  const next = () => {
    number += 1;
    return `id: ${number}\ndata: {"number":${number},"text":"${'lorem ipsum '.repeat(5)}"}\n\n`;
  };
  if (rate > 0) {
    const start = performance.now();
    const timer = setInterval(() => {
      let text = '';
      while (number < ((performance.now() - start) * rate) / 1000) text += next();
      response.write(text);
    }, TICK);
    response.on('close', () => clearInterval(timer));
  } else {
    while (number < events) response.write(next());
    if (query.has('end')) response.end();
  }
}).listen(Number(process.argv[2]), '127.0.0.1');
