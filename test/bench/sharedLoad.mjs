// The clients of the benchmark of a Redis stream, in a process of their own: sockets that note how late each event is. An event's
// data is the time at which it was added.
import { once } from 'node:events';
import { connect } from 'node:net';
import { quantile } from './quantile.mjs';

/** Number of streams opened at the same time. */
const AT_ONCE = 200;

/** Delays of the events, in milliseconds, and the number of all that came. */
let delays = /** @type {number[]} */ ([]);
let count = 0;
let cut = 0;
let last = 0;
const now = () => performance.timeOrigin + performance.now();

const calls = {
  /** Opens streams, spread over the ports. @param {number} total @param {number[]} ports */
  async open(total, ...ports) {
    let opened = 0;
    const worker = async () => {
      while (opened < total) {
        opened += 1;
        await openStream(ports[opened % ports.length] ?? 0);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return {};
  },

  /** Begins to count anew. */
  async begin() {
    [delays, count, cut] = [[], 0, 0];
    return {};
  },

  /** Returns the figures since then. */
  async end() {
    return { events: count, cut, p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) };
  },

  /** Resolves with the time of the last event, when so many have come. @param {number} wanted */
  async come(wanted) {
    while (count < wanted) await new Promise((resolve) => setTimeout(resolve, 5));
    return { last };
  },
};

process.on(
  'message',
  async (/** @type {{ call: keyof typeof calls, args: [number, ...number[]] }} */ { call, args }) => {
    process.send?.(await calls[call](...args));
  },
);

/** @param {number} port */
async function openStream(port) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.setEncoding('latin1').write(`GET /event HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  await once(socket, 'data');
  let rest = '';
  socket.on('data', (/** @type {string} */ text) => {
    const whole = rest + text;
    const time = now();
    let end = 0;
    for (const match of whole.matchAll(/data: ([\d.]+)\n/g)) {
      end = match.index + match[0].length;
      count += 1;
      delays.push(time - Number(match[1]));
      last = time;
    }
    rest = whole.slice(end);
  });
  socket.once('close', () => {
    cut += 1;
  });
}
