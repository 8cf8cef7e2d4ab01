import { expect, test } from 'vitest';
import { parseScript } from '../../src/script/parseScript';
import type { Step } from '../../src/script/script';
import { ScriptWriter } from '../../src/script/scriptWriter';
import { fuzz } from '../support/random/fuzz';
import { type RandomConnection, randomRecording } from '../support/random/randomRecording';

const STREAM = { method: 'GET', status: 200, isEventStream: true };

function newWriter() {
  const pieces: Uint8Array[] = [];
  // A piece may be a view of a chunk: copy it at once.
  const writer = new ScriptWriter((bytes) => pieces.push(Buffer.from(bytes)));
  return { writer, bytes: () => Buffer.concat(pieces), text: () => Buffer.concat(pieces).toString() };
}

/** Returns the file of one connection that opens at 0 and receives these chunks at these times. */
function fileOf(...chunks: [text: string, time: number][]): string {
  const { writer, text } = newWriter();
  writer.response(STREAM, 0);
  for (const [chunk, time] of chunks) writer.bytes(Buffer.from(chunk), time);
  writer.finish();
  return text();
}

function write(connections: RandomConnection[]): Buffer {
  const { writer, bytes } = newWriter();
  for (const { openedAt, chunks, end, endedAt } of connections) {
    writer.response(STREAM, openedAt);
    for (const chunk of chunks) writer.bytes(chunk.bytes, chunk.time);
    writer.end(end, endedAt);
  }
  return bytes();
}

/** Returns the times at which the file sends each byte: a list for each connection, including an unfinished last one. */
function sentTimes(
  steps: readonly Step[],
): { bytes: Buffer; times: number[]; end: string | undefined; over: number }[] {
  const connections = [];
  let [bytes, times]: [Uint8Array[], number[]] = [[], []];
  let opening = 0;
  for (const step of steps) {
    if (step.kind === 'send') {
      bytes.push(step.bytes);
      for (const _ of step.bytes) times.push(step.offset - opening);
    } else {
      connections.push({ bytes: Buffer.concat(bytes), times, end: step.kind, over: step.offset - opening });
      [bytes, times, opening] = [[], [], step.offset];
    }
  }
  return [...connections, { bytes: Buffer.concat(bytes), times, end: undefined, over: Number.NaN }];
}

/** Returns the expected time of each byte: that of its line's end (a CR is enough), or of the last line's last byte. */
function wantedTimes({ openedAt, chunks }: RandomConnection): number[] {
  const came = chunks.flatMap(({ bytes, time }) => Array.from(bytes, () => time - openedAt));
  const stream = Buffer.concat(chunks.map(({ bytes }) => bytes));
  const times: number[] = [];
  for (let at = 0; at < stream.length; at += 1) {
    const isCR = stream[at] === 13;
    if (!isCR && stream[at] !== 10 && at + 1 < stream.length) continue;
    const time = came[at] ?? 0;
    if (isCR && stream[at + 1] === 10) at += 1;
    while (times.length <= at) times.push(time);
  }
  return times;
}

test('random recordings: a file has no errors, sends the same bytes, and each line at its time', async () => {
  await fuzz(100, (random) => {
    const connections = randomRecording(random);
    const { steps, problems } = parseScript(write(connections));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const sent = sentTimes(steps);
    for (const [index, connection] of connections.entries()) {
      const { bytes, times, end, over } = sent[index] ?? { bytes: Buffer.of(), times: [] };
      expect(bytes.equals(Buffer.concat(connection.chunks.map((chunk) => chunk.bytes)))).toBe(true);
      const wanted = wantedTimes(connection);
      expect(times).toHaveLength(wanted.length);
      expect(times.every((time, at) => Math.abs(time - (wanted[at] ?? 0)) <= 1)).toBe(true);
      // A client that begins another connection has dropped this one.
      const isLast = index === connections.length - 1;
      expect(end).toBe(connection.end ?? (isLast ? undefined : 'drop'));
      if (connection.end) expect(Math.abs((over ?? 0) - (connection.endedAt - connection.openedAt))).toBeLessThan(1);
    }
  });
});

test('the chunks that a stream is divided into at one time make no difference', async () => {
  await fuzz(10, (random) => {
    const connections = randomRecording(random);
    const atOnce = (bytes: Buffer[]) => bytes.map((chunk) => ({ bytes: chunk, time: 5 }));
    const whole = connections.map((one) => Buffer.concat(one.chunks.map(({ bytes }) => bytes)));
    const cut = write(connections.map((one) => ({ ...one, chunks: atOnce(one.chunks.map(({ bytes }) => bytes)) })));
    const joined = write(connections.map((one, index) => ({ ...one, chunks: atOnce([whole[index] ?? Buffer.of()]) })));
    expect(cut.equals(joined)).toBe(true);
  });
});

test('a pause before a line is written before it, and a pause within a line is moved before that line', () => {
  expect(fileOf(['data: a\n\nda', 80], ['ta: b\n', 1330], ['\n', 1330.4])).toBe(
    ':@ wait 80ms\ndata: a\n\n:@ wait 1.25s\ndata: b\n\n',
  );
});

test('a pause between CR and LF is ignored, and the line’s time is that of its CR', () => {
  expect(fileOf(['data: a\r', 10], ['\ndata: b\r', 30], ['\r', 60])).toBe(
    ':@ wait 10ms\ndata: a\r\n:@ wait 20ms\ndata: b\r:@ wait 30ms\n\r',
  );
});

test('complete lines are written at once, even if their LF may still follow; an incomplete line is buffered', () => {
  const { writer, text } = newWriter();
  writer.response(STREAM, 0);
  writer.bytes(Buffer.from('data: a\ndata: b\r'), 0);
  expect(text()).toBe('data: a\ndata: b\r');
  writer.bytes(Buffer.from('\ndat'), 0);
  expect(text()).toBe('data: a\ndata: b\r\n');
  writer.end(undefined, 0);
  expect(text()).toBe('data: a\ndata: b\r\ndat\n:@ no-newline\n');
});

test('fractions of a millisecond don’t add up', () => {
  const ticks = Array.from({ length: 1000 }, (_, index): [string, number] => [': x\n', (index + 1) * 0.4]);
  expect(parseScript(Buffer.from(fileOf(...ticks))).duration).toBe(400);
});

test('a pause of more than a day becomes several', () => {
  const file = fileOf([':\n', 2 * 86_400_000 + 5]);
  expect(file).toBe(':@ wait 86400s\n:@ wait 86400s\n:@ wait 5ms\n:\n');
  expect(parseScript(Buffer.from(file)).problems).toEqual([]);
});

test('lines that look like directives are read back as the comments that they were', () => {
  expect(fileOf([':@ drop\n:@@\n\uFEFF:@\ndata::@\n::@\n:@', 0])).toBe(
    ':@@ drop\n:@@@\n\uFEFF:@@\ndata::@\n::@\n:@@\n:@ no-newline\n',
  );
});

test('a line of 5 MB is passed through: 1 MB of it is buffered, and the pauses in the rest are written after it', () => {
  const { writer, bytes } = newWriter();
  writer.response(STREAM, 0);
  const piece = Buffer.alloc(250_000, 'x');
  let most = 0;
  for (let came = 0; came < 20; came += 1) {
    writer.bytes(came === 0 ? Buffer.from(`:@ ${'x'.repeat(249_997)}`) : piece, 100 * came);
    most = Math.max(most, (came + 1) * 250_000 - bytes().length);
  }
  writer.bytes(Buffer.from('\ndata: b\n'), 5000);
  const { steps, problems } = parseScript(bytes());
  expect(most).toBeLessThanOrEqual(1024 * 1024);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(steps.map(({ offset }) => offset)).toEqual([400, 5000]);
  expect(steps.map((step) => step.kind === 'send' && step.bytes.length)).toEqual([5_000_001, 8]);
});

test.each([
  ['', '\n:@ no-newline\n'],
  ['\n', '\n'],
  ['\r', '\r'],
  ['\r\n', '\r\n'],
  ['\r\n\n', '\r\n:@ wait 70ms\n\n'],
])('a line of 2 MB that ends with %j, in chunks of a byte, is read back unchanged', (end, written) => {
  const line = Buffer.alloc(2 * 1024 * 1024, 'x');
  const { writer, text } = newWriter();
  writer.response(STREAM, 0);
  writer.bytes(line, 10);
  for (const byte of Buffer.from(end)) writer.bytes(Buffer.of(byte), 80);
  writer.finish();
  expect(text()).toBe(`:@ wait 10ms\n${line}${written}`);
});

test('66 KB of lines that look like directives, two pieces each, are coalesced into blocks, and all written by the call’s end', () => {
  const pieces: number[] = [];
  const writer = new ScriptWriter((bytes) => pieces.push(bytes.length));
  writer.response(STREAM, 0);
  for (let call = 1; call <= 10; call += 1) {
    writer.bytes(Buffer.from(':@\n'.repeat(22_000)), 0);
    expect(pieces.reduce((sum, size) => sum + size, 0)).toBe(call * 88_000);
  }
  expect(pieces).toHaveLength(20);
});

test('a large piece is written without a copy', () => {
  const pieces: Uint8Array[] = [];
  const writer = new ScriptWriter((bytes) => pieces.push(bytes));
  writer.response(STREAM, 0);
  const chunk = Buffer.from(`data: ${'x'.repeat(100_000)}\n`);
  writer.bytes(chunk, 5);
  expect(pieces.map((piece) => piece.length)).toEqual([12, 100_007]);
  expect(pieces[1]?.buffer).toBe(chunk.buffer);
});

test('a connection’s end, the refusal of the next request, and the next connection are written', () => {
  const { writer, text } = newWriter();
  writer.response({ method: 'POST', status: 200, isEventStream: true }, 1000);
  writer.bytes(Buffer.from('id: 1\ndata: a\n\ndata: b'), 1010);
  writer.end('reset', 1050);
  writer.response({ method: 'POST', status: 503, isEventStream: false, retryAfter: 2 }, 2000);
  writer.response({ method: 'POST', status: 200, isEventStream: true }, 9000);
  writer.bytes(Buffer.from('data: b\n\n'), 9005);
  writer.end('end', 9005);
  writer.response({ method: 'POST', status: 204, isEventStream: false }, 9500);
  expect(text()).toBe(
    [
      ':@ method POST\n:@ wait 10ms\nid: 1\ndata: a\n\ndata: b\n:@ no-newline\n:@ wait 40ms\n:@ reset\n',
      ':@ status 503 retry-after 2\n:@ connection\n:@ wait 5ms\ndata: b\n\n:@ end\n:@ status 204\n',
    ].join(''),
  );
  const script = parseScript(Buffer.from(text()));
  expect(script).toMatchObject({ method: 'POST', problems: [] });
  const cutOff = script.steps.flatMap((step) => (step.kind === 'send' && step.cutOff ? [step] : []));
  expect(cutOff.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['data: b']);
});

test('a connection closed by the client has no end, unless another one follows: then it was dropped', () => {
  const { writer, text } = newWriter();
  writer.response(STREAM, 0);
  writer.bytes(Buffer.from('data: a\n'), 0);
  writer.end(undefined, 500);
  expect(text()).toBe('data: a\n');
  writer.response(STREAM, 1000);
  expect(text()).toBe('data: a\n:@ drop\n:@ connection\n');
});

test('a response that is neither a stream nor a refusal is not recorded', () => {
  const { writer, text } = newWriter();
  writer.response({ method: 'GET', status: 200, isEventStream: false, retryAfter: 1 }, 0);
  writer.bytes(Buffer.from('<html>'), 0);
  writer.end('end', 0);
  expect(text()).toBe('');
});

test.each([[-1], [0.5], [100_000], [Number.NaN]])('a Retry-After of %s s is left out', (retryAfter) => {
  const { writer, text } = newWriter();
  writer.response({ method: 'GET', status: 429, isEventStream: false, retryAfter }, 0);
  expect(text()).toBe(':@ status 429\n');
});
