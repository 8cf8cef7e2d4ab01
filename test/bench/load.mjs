// The clients of the benchmark, in a process of their own: sockets that read event streams and record each event's time.
import { once } from 'node:events';
import { connect } from 'node:net';
import { quantile } from './quantile.mjs';

/** Number of streams opened at the same time. */
const AT_ONCE = 1000;
/** Number of streams opened at the same time when the time to the headers is measured. */
const FEW_AT_ONCE = 20;

/**
 * An open stream.
 * @typedef {object} Stream
 * @property {import('node:net').Socket} socket
 * @property {number} start time of opening, as far as the client can tell, in milliseconds
 * @property {number} next the next number expected
 * @property {string} rest beginning of an incomplete line
 */

/** @type {Set<Stream>} */
const streams = new Set();
/** Records of a measurement: each event's time, and its delay. */
let times = /** @type {number[]} */ ([]);
let delays = /** @type {number[]} */ ([]);
let faults = { lost: 0, doubled: 0, cut: 0 };
let measuring = false;

process.on(
  'message',
  async (/** @type {{ call: keyof typeof calls, args: [number, number, number] }} */ { call, args }) => {
    process.send?.(await calls[call](...args));
  },
);

const calls = {
  /** Opens streams up to a total of `count`. @param {number} port @param {number} count @param {number} interval */
  async open(port, count, interval) {
    let opening = 0;
    const worker = async () => {
      while (streams.size + opening < count) {
        opening += 1;
        await openStream(port, interval);
        opening -= 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return {};
  },

  /** Opens streams at a steady rate, whatever the server does; resolves with the median time to the headers. @param {number} port @param {number} count @param {number} rate a second */
  async openAtRate(port, count, rate) {
    const begin = performance.now();
    const latencies = /** @type {Promise<number>[]} */ ([]);
    while (latencies.length < count) {
      const due = Math.min(count, ((performance.now() - begin) * rate) / 1000);
      while (latencies.length < due) latencies.push(openStream(port, 60_000));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return { headers: quantile(await Promise.all(latencies), 0.5) };
  },

  /** Records all events for the given time. @param {number} milliseconds */
  async measure(milliseconds) {
    [times, delays, faults, measuring] = [[], [], { lost: 0, doubled: 0, cut: 0 }, true];
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    measuring = false;
    const late = { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99), max: quantile(delays, 1) };
    return { events: delays.length, delays: late, trend: trend(milliseconds), ...faults };
  },

  /** Opens additional streams, a few at a time; resolves with the times until their headers were received. @param {number} port @param {number} count */
  async latency(port, count) {
    const latencies = /** @type {number[]} */ ([]);
    while (latencies.length < count) {
      const few = Array.from({ length: FEW_AT_ONCE }, () => openStream(port, 1000));
      latencies.push(...(await Promise.all(few)));
    }
    return { latencies };
  },
};

/** @param {number} port @param {number} interval @returns {Promise<number>} milliseconds until the headers were received */
async function openStream(port, interval) {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  /** @type {Stream} */
  const stream = { socket, start: 0, next: 1, rest: '' };
  socket.once('close', () => {
    streams.delete(stream);
    if (measuring) faults.cut += 1;
  });
  await once(socket, 'connect');
  const asked = performance.now();
  socket.setEncoding('latin1').write(`GET /event?interval=${interval} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  const [first] = await once(socket, 'data');
  const came = performance.now();
  // A server that sends its headers with the first event has opened the stream an interval earlier.
  stream.start = first.includes('data: ') ? came - interval : came;
  streams.add(stream);
  read(stream, first.slice(first.indexOf('\r\n\r\n') + 4), interval);
  socket.on('data', (/** @type {string} */ text) => read(stream, text, interval));
  return came - asked;
}

/** @param {Stream} stream @param {string} text @param {number} interval */
function read(stream, text, interval) {
  const now = performance.now();
  const whole = stream.rest + text;
  let end = 0;
  for (const match of whole.matchAll(/data: ?"?(\d+)"?\n/g)) {
    end = match.index + match[0].length;
    note(stream, Number(match[1]), now, interval);
  }
  stream.rest = whole.slice(end);
}

/** @param {Stream} stream @param {number} number @param {number} now @param {number} interval */
function note(stream, number, now, interval) {
  if (measuring) {
    if (number > stream.next) faults.lost += number - stream.next;
    if (number < stream.next) faults.doubled += 1;
    times.push(now);
    delays.push(now - (stream.start + number * interval));
  }
  stream.next = number + 1;
}

/** Returns the increase of the delay from the first sixth of the events to the last, in milliseconds. @param {number} milliseconds */
function trend(milliseconds) {
  const begin = times[0] ?? 0;
  const mean = (/** @type {(part: number) => boolean} */ isOf) => {
    const chosen = delays.filter((_, index) => isOf(((times[index] ?? 0) - begin) / milliseconds));
    return chosen.reduce((sum, delay) => sum + delay, 0) / chosen.length;
  };
  return mean((part) => part > 5 / 6) - mean((part) => part < 1 / 6);
}
