import { expect, test } from 'vitest';
import { parseScript } from '../../src/script/parseScript';
import type { Script } from '../../src/script/script';
import { EventStreamParser, type IncomingEvent } from '../../src/stream/parse';
import { newScript, sentBy } from '../support/mock/newScript';
import { fuzz } from '../support/random/fuzz';
import { seeded } from '../support/random/random';
import { randomPart } from '../support/random/randomScript';

/** Number of files. */
const FILES = 100;
const CONNECTION = ':@ connection\n';

/** Returns the lines with their ends, with a character for each byte. */
function linesOf(bytes: Buffer): string[] {
  return bytes.toString('latin1').match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** Returns the bytes that a part of a file sends, found by other means: lines without directives, unescaped. */
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

/** Returns random parts of a file, and the script of the whole file. */
function make(random: () => number): { parts: string[]; script: Script } {
  const parts = Array.from({ length: Math.ceil(random() * 3) }, () => randomPart(random));
  return { parts, script: newScript(parts.join(CONNECTION)) };
}

/** Yields each step of a script of one connection, with the bytes sent up to it. */
function* eachStep(random: () => number) {
  const script = newScript(randomPart(random));
  const sent: Uint8Array[] = [];
  for (const step of script.steps) {
    if (step.kind !== 'send') continue;
    sent.push(step.bytes);
    yield { step, before: Buffer.concat(sent) };
  }
}

test('a file sends its own bytes, without the lines that are directives', async () => {
  await fuzz(FILES, (random) => {
    const { parts, script } = make(random);
    const expected = Buffer.concat(parts.map(sentOf));
    expect(sentBy(script).equals(expected)).toBe(true);
  });
});

test('it has no errors', async () => {
  await fuzz(FILES, (random) => {
    const errors = make(random).script.problems.filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
  });
});

test('its events are those that a stream parser finds on its connections', async () => {
  await fuzz(FILES, (random) => {
    const { parts, script } = make(random);
    const counts = parts.map((part) => read(sentOf(part)).events.length);
    expect(script.events).toBe(counts.reduce((sum, count) => sum + count, 0));
  });
});

test('its ids are those that a stream parser has at the ends of blocks, without surrounding whitespace', async () => {
  await fuzz(FILES, (random) => {
    const { parts, script } = make(random);
    const ids = new Set<string>();
    for (const part of parts) {
      const parser = new EventStreamParser(() => undefined);
      for (const line of linesOf(sentOf(part))) {
        parser.feed(Buffer.from(line, 'latin1'));
        ids.add(parser.lastEventId.trim());
      }
    }
    ids.delete('');
    expect([...script.resumePoints.keys()]).toEqual([...ids]);
  });
});

test('each step has the number of events that have ended, and whether a publication may be sent after it', async () => {
  await fuzz(FILES, (random) => {
    for (const { step, before } of eachStep(random)) {
      const { events } = read(before);
      expect(step.events).toBe(events.length);
      const published = read(Buffer.concat([before, Buffer.from('data: published\n\n')])).events;
      if (step.closed)
        expect(seen(published).at(-1)).toMatchObject({ data: 'published', event: 'message', id: undefined });
      if (step.closed) expect(published).toHaveLength(events.length + 1);
    }
  });
});

test('a client that resumes with an id gets exactly the events after the first block that sets it', async () => {
  await fuzz(FILES, (random) => {
    const script = newScript(randomPart(random));
    const { events } = read(sentBy(script));
    for (const [id, { index }] of script.resumePoints) {
      const before = sentBy({ ...script, steps: script.steps.slice(0, index) });
      const behind = sentBy({ ...script, steps: script.steps.slice(index) });
      expect(read(before).parser.lastEventId.trim()).toBe(id);
      const count = read(before).events.length;
      expect([id, seen(read(behind, { continues: true }).events)]).toEqual([id, seen(events.slice(count))]);
    }
  });
});

test('a client that resumes gets all complete events, and no part of an event that was cut off', async () => {
  await fuzz(FILES, (random) => {
    const { parts, script } = make(random);
    // The mark at a connection's beginning would be in the middle here.
    if (parts.some((part) => part.includes('\ufeff'))) return;
    const steps = script.steps.filter((step) => step.kind !== 'send' || !step.cutOff);
    const whole = parts.flatMap((part) => seen(read(sentOf(part)).events));
    expect(seen(read(sentBy({ ...script, steps })).events)).toEqual(whole);
  });
});

test('steps are in the order of their times and of their lines', async () => {
  await fuzz(FILES, (random) => {
    const { script } = make(random);
    for (const [index, step] of script.steps.slice(1).entries()) {
      const before = script.steps[index];
      expect(step.offset).toBeGreaterThanOrEqual(before?.offset ?? 0);
      expect(step.line).toBeGreaterThan(before?.line ?? 0);
    }
    expect(script.duration).toBeGreaterThanOrEqual(script.steps.at(-1)?.offset ?? 0);
  });
});

test('overwriting the file’s bytes after parsing changes nothing', () => {
  const file = new TextEncoder().encode(randomPart(seeded(1)));
  const script = parseScript(file);
  const sent = sentBy(script);
  file.fill(0x78);
  expect(sentBy(script).equals(sent)).toBe(true);
});
