import { expect, test } from 'vitest';
import { EventStreamParser, type IncomingEvent } from '../../src/sse/parse';
import { parseScript, type Script } from '../../src/sse/script';
import { seeded } from '../server/random';
import { newScript, sentBy } from './newScript';
import { randomPart } from './randomScript';

const SEEDS = Array.from({ length: 1000 }, (_, seed) => seed);
const CONNECTION = ':@ connection\n';

/** With their ends, a byte a character. */
function linesOf(bytes: Buffer): string[] {
  return bytes.toString('latin1').match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** What a part of a file sends, read by other means: the lines that are no directions, one @ less where there are two. */
function sentOf(part: string): Buffer {
  const lines =
    Buffer.from(part)
      .toString('latin1')
      .match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  const sent: string[] = [];
  for (const line of lines) {
    if (line === ':@ no-newline\n') sent.push(sent.pop()?.replace(/[\r\n]+$/, '') ?? '');
    else if (!/^(\xef\xbb\xbf)?:@(?!@)/.test(line)) sent.push(line.replace(/^((?:\xef\xbb\xbf)?:)@@/, '$1@'));
  }
  return Buffer.from(sent.join(''), 'latin1');
}

function read(stream: Uint8Array, options: { continues?: boolean } = {}) {
  const events: IncomingEvent[] = [];
  const parser = new EventStreamParser((event) => events.push(event), options);
  parser.feed(stream);
  return { events, parser };
}

const seen = (events: IncomingEvent[]) => events.map(({ data, event, id }) => ({ data, event, id }));

/** The parts that a seed makes, and the script of the file that they are. */
function make(seed: number): { parts: string[]; script: Script } {
  const random = seeded(seed);
  const parts = Array.from({ length: Math.ceil(random() * 3) }, () => randomPart(random));
  return { parts, script: newScript(parts.join(CONNECTION)) };
}

/** A script of one connection, and what it sends up to each step. */
function* eachStep(seed: number) {
  const script = newScript(randomPart(seeded(seed)));
  const sent: Uint8Array[] = [];
  for (const step of script.steps) {
    if (step.kind !== 'send') continue;
    sent.push(step.bytes);
    yield { step, before: Buffer.concat(sent) };
  }
}

test('what a file sends is the file without the lines that are directions, byte for byte', () => {
  for (const seed of SEEDS) {
    const { parts, script } = make(seed);
    const expected = Buffer.concat(parts.map(sentOf));
    expect([seed, sentBy(script).equals(expected)]).toEqual([seed, true]);
  }
});

test('nothing is wrong with it but for fields', () => {
  for (const seed of SEEDS) {
    const errors = make(seed).script.problems.filter(({ severity }) => severity === 'error');
    expect([seed, errors]).toEqual([seed, []]);
  }
});

test('its events are those that a parser finds on its connections', () => {
  for (const seed of SEEDS) {
    const { parts, script } = make(seed);
    const counts = parts.map((part) => read(sentOf(part)).events.length);
    expect([seed, script.events]).toEqual([seed, counts.reduce((sum, count) => sum + count, 0)]);
  }
});

test('its ids are those that a parser has set at the end of a block, as a header carries them', () => {
  for (const seed of SEEDS) {
    const { parts, script } = make(seed);
    const ids = new Set<string>();
    for (const part of parts) {
      const parser = new EventStreamParser(() => undefined);
      for (const line of linesOf(sentOf(part))) {
        parser.feed(Buffer.from(line, 'latin1'));
        ids.add(parser.lastEventId.trim());
      }
    }
    ids.delete('');
    expect([seed, [...script.resumePoints.keys()]]).toEqual([seed, [...ids]]);
  }
});

test('each step tells how many events have ended, and whether something else may be sent behind it', () => {
  for (const seed of SEEDS) {
    for (const { step, before } of eachStep(seed)) {
      const { events } = read(before);
      expect([seed, step.events]).toEqual([seed, events.length]);
      const published = read(Buffer.concat([before, Buffer.from('data: published\n\n')])).events;
      if (step.closed)
        expect([seed, seen(published).at(-1)]).toMatchObject([
          seed,
          { data: 'published', event: 'message', id: undefined },
        ]);
      if (step.closed) expect([seed, published.length]).toEqual([seed, events.length + 1]);
    }
  }
});

test('who resumes at an id gets all events behind the first that set it, exactly', () => {
  for (const seed of SEEDS) {
    const script = newScript(randomPart(seeded(seed)));
    const { events } = read(sentBy(script));
    for (const [id, { index }] of script.resumePoints) {
      const before = sentBy({ ...script, steps: script.steps.slice(0, index) });
      const behind = sentBy({ ...script, steps: script.steps.slice(index) });
      expect([seed, id, read(before).parser.lastEventId.trim()]).toEqual([seed, id, id]);
      const count = read(before).events.length;
      expect([seed, id, seen(read(behind, { continues: true }).events)]).toEqual([seed, id, seen(events.slice(count))]);
    }
  }
});

test('who resumes gets no piece of an event that was cut off, and all whole ones', () => {
  for (const seed of SEEDS) {
    const { parts, script } = make(seed);
    // One that is of a connection's beginning would stand in the middle here.
    if (parts.some((part) => part.includes('\ufeff'))) continue;
    const steps = script.steps.filter((step) => step.kind !== 'send' || !step.cutOff);
    const whole = parts.flatMap((part) => seen(read(sentOf(part)).events));
    expect([seed, seen(read(sentBy({ ...script, steps })).events)]).toEqual([seed, whole]);
  }
});

test('steps stand in the order of their times and of their lines', () => {
  for (const seed of SEEDS) {
    const { script } = make(seed);
    for (const [index, step] of script.steps.slice(1).entries()) {
      const before = script.steps[index];
      expect(step.offset).toBeGreaterThanOrEqual(before?.offset ?? 0);
      expect(step.line).toBeGreaterThan(before?.line ?? 0);
    }
    expect(script.duration).toBeGreaterThanOrEqual(script.steps.at(-1)?.offset ?? 0);
  }
});

test('what is written over when the file has been read changes nothing', () => {
  const file = new TextEncoder().encode(randomPart(seeded(1)));
  const script = parseScript(file);
  const sent = sentBy(script);
  file.fill(0x78);
  expect(sentBy(script).equals(sent)).toBe(true);
});
