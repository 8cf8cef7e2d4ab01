import { describe, expect, test } from 'vitest';
import { NO_DELAYS } from '../../src/script/delays';
import { eventsInRound, resumePosition, sharedPosition } from '../../src/script/position';
import type { Script } from '../../src/script/script';
import { filledBytes } from '../support/mock/filled';
import { newScript } from '../support/mock/newScript';
import { fuzz } from '../support/random/fuzz';
import { pick } from '../support/random/random';

const script = (text: string) => newScript(`:@ fill\n${text}`);

/** Returns the round in which a client with the id resumes, and what it gets of that round; undefined if the id is unknown. */
function resumed(file: Script, id: string): string | undefined {
  const position = resumePosition(file, id);
  if (!position) return undefined;
  const { from, round = 0 } = position;
  const steps = file.steps.slice(from, file.loop ?? file.steps.length);
  return `${round}: ${filledBytes({ ...file, steps }, { before: round * eventsInRound(file) })}`;
}

const TWO = 'id: order-{{n}}\ndata: a\n\nid: order-{{n}}\ndata: b\n\n';
const LOOP = ':@ wait 1s\n:@ loop\n';

describe('an id with the event’s number', () => {
  test('resumes behind that event', () => {
    const file = script(TWO);
    expect(resumed(file, 'order-1')).toBe('0: id: order-2\ndata: b\n\n');
    expect(resumed(file, ' order-2 ')).toBe('0: ');
  });

  test('resumes in its round of a loop, in which numbers go on', () => {
    const file = script(TWO + LOOP);
    expect(resumed(file, 'order-1')).toBe('0: id: order-2\ndata: b\n\n');
    expect(resumed(file, 'order-4')).toBe('1: ');
    expect(resumed(file, 'order-2001')).toBe('1000: id: order-2002\ndata: b\n\n');
  });

  test.each([
    'order-0',
    'order-3',
    'order-01',
    'order-+1',
    'order-1.0',
    'order-1e0',
    'order-',
    'order-1x',
    'xorder-1',
    'order',
    '1',
    'order-٣',
    'order-9007199254740992',
    'order-{{n}}',
    '',
  ])('%j can’t have been sent by a file without a loop', (id) => {
    expect(resumePosition(script(TWO), id)).toBeUndefined();
  });

  test('of a loop, no number is too large up to 2^53', () => {
    expect(resumePosition(script(TWO + LOOP), `order-${Number.MAX_SAFE_INTEGER}`)?.round).toBe(2 ** 52 - 1);
    for (const number of ['9007199254740992', '99999999999999999', '0'])
      expect(resumePosition(script(TWO + LOOP), `order-${number}`)).toBeUndefined();
  });

  test('is unknown where the event of that number has another id', () => {
    const file = script('id: a{{n}}\ndata\n\ndata: x\n\nid: b{{n}}\ndata\n\n:@ wait 1s\n:@ loop\nid: c{{n}}\ndata\n\n');
    const known = (id: string) => resumePosition(file, id)?.round;
    expect(['a1', 'a2', 'a3', 'b3', 'a4', 'b6', 'a6'].map(known)).toEqual([
      0,
      undefined,
      undefined,
      0,
      1,
      1,
      undefined,
    ]);
    // Behind the loop, nothing is ever sent.
    expect(known('c4')).toBeUndefined();
  });

  test('comes after a literal id of the same text, and the first template in the file counts', () => {
    const file = script(
      'id: {{n}}\ndata: a\n\nid: 1\ndata: b\n\nid: 1{{n}}\ndata: c\n\ndata: d\n\n:@ wait 1s\n:@ loop\n',
    );
    expect(resumePosition(file, '1')).toMatchObject({ from: 2, round: undefined });
    expect(resumePosition(file, '13')).toMatchObject({ from: 1, round: 3 });
    expect(resumePosition(file, '17')).toMatchObject({ from: 1, round: 4 });
  });

  test('may be one of a block without data, which has the number of the next event', () => {
    const file = script('id: {{n}}\n\ndata: a\n\nid: e{{n}}\n\n:@ wait 1s\n:@ loop\n');
    expect(resumed(file, '1')).toBe('0: data: a\n\nid: e2\n\n');
    expect(resumed(file, '3')).toBe('2: data: a\n\nid: e4\n\n');
    expect(resumed(file, 'e2')).toBe('0: ');
    expect(resumed(file, 'e3')).toBe('1: ');
    expect(resumed(file, 'e1')).toBeUndefined();
    // A file of no events at all has the same number in all rounds.
    expect(resumed(script('id: {{n}}\n\n:@ wait 1s\n:@ loop\n'), '1')).toBe('0: ');
    expect(resumed(script('id: {{n}}\n\n:@ wait 1s\n:@ loop\n'), '2')).toBeUndefined();
  });

  test('twice in one event, its first place counts', () => {
    const file = script('id: {{n}}\n\nid: {{n}}\ndata: a\n\ndata: b\n\n');
    expect(resumed(file, '1')).toBe('0: id: 1\ndata: a\n\ndata: b\n\n');
  });

  test('loses surrounding whitespace, as in the header, and braces that are written twice', () => {
    const file = script('id:  {{{{ {{n}} \ndata: a\n\nid:\t{{n}}\ndata: b\n\nid: {{{{c\ndata: c\n\n');
    expect(resumePosition(file, '{{ 1')?.from).toBe(1);
    expect(resumePosition(file, '2')?.from).toBe(2);
    expect(resumePosition(file, '{{c')?.from).toBe(3);
  });

  test('passes over the fault that ended the connection, as any id does', () => {
    const file = script('id: {{n}}\ndata: a\n\n:@ drop\ndata: b\n\nid: {{n}}\ndata: c\n\n:@ end\n');
    expect(resumePosition(file, '1')).toMatchObject({ from: 1, faultsFrom: 4 });
    expect(resumePosition(file, '3')).toMatchObject({ from: 4, faultsFrom: 4 });
  });

  test('with NUL, or longer than any header, is ignored', () => {
    expect(script('id: \0{{n}}\ndata: a\n\n').numberedPoints).toEqual([]);
    expect(script(`id: ${'a'.repeat(16_384)}{{n}}\ndata: a\n\n`).numberedPoints).toEqual([]);
    expect(script(`id: ${'a'.repeat(16_000)}{{n}}\ndata: a\n\n`).numberedPoints).toHaveLength(1);
  });
});

describe('on a shared timeline', () => {
  const file = script(`${TWO}:@ wait 1s\nid: order-{{n}}\ndata: c\n\n:@ wait 1s\n:@ loop\n`);
  const at = (id: string, now: number) => {
    const { round, start, from } = sharedPosition(file, resumePosition(file, id), 0, {
      time: now,
      now,
      delays: NO_DELAYS,
    });
    return { round, start, from };
  };

  test('a client without an id counts the timeline’s rounds', () => {
    expect(at('', 500)).toEqual({ round: 0, start: 0, from: 2 });
    expect(at('', 7500)).toEqual({ round: 3, start: 6000, from: 3 });
  });

  test('a client goes on in the round of its id', () => {
    expect(at('order-1', 7500)).toEqual({ round: 0, start: 0, from: 1 });
    expect(at('order-9', 7500)).toEqual({ round: 2, start: 4000, from: 3 });
    expect(at('order-10', 7500)).toEqual({ round: 3, start: 6000, from: 1 });
  });

  test('with an id that the timeline hasn’t come to, it begins where the others are', () => {
    expect(at('order-12', 6500)).toEqual({ round: 3, start: 6000, from: 2 });
    expect(at('order-9007199254740991', 6500)).toEqual({ round: 3, start: 6000, from: 2 });
  });
});

test('whichever of its ids a client has seen last, it gets exactly what follows, over loops', async () => {
  await fuzz(100, (random) => {
    const blocks = Array.from({ length: 1 + Math.floor(random() * 8) }, () =>
      pick(['id: {{n}}\ndata: x\n\n', 'id: o-{{n}}\ndata: x\n\n', 'data: x\n\n', ': x\n\n', 'id: p{{n}}\n\n'], random),
    );
    const file = script(`${blocks.join('')}:@ wait 1s\n:@ loop\n`);
    const events = eventsInRound(file);
    const seen = new Set<string>();
    let count = 0;
    for (let round = 0; round < 3; round += 1) {
      for (const [index, step] of file.steps.entries()) {
        if (step.kind !== 'send') continue;
        const bytes = filledBytes({ ...file, steps: [step] }, { before: round * events });
        count = round * events + step.events;
        const [, id] = /^id: (.*)$/m.exec(bytes.toString()) ?? [];
        if (id === undefined || seen.has(id)) continue;
        seen.add(id);
        const position = resumePosition(file, id);
        expect([id, position?.from, position?.round]).toEqual([id, index + 1, round]);
        expect(count).toBe((position?.round ?? 0) * events + (file.steps[index]?.events ?? 0));
      }
    }
  });
});
