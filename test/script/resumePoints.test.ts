import { describe, expect, test } from 'vitest';
import type { Script, Step } from '../../src/script/script';
import { brief, newScript } from '../support/mock/newScript';
import { fuzz } from '../support/random/fuzz';

const FAULTS = ['drop', 'reset', 'end', 'stall', 'status'];

/** Returns the steps played to a client that resumes with an id: those that send, and the faults that aren't skipped. */
function playedFrom(script: Script, id: string): Step[] {
  const point = script.resumePoints.get(id);
  if (!point) throw new Error(`There is no id ${id}.`);
  return script.steps.filter((step, index) => {
    if (index < point.index) return false;
    return index >= point.faultsFrom || !(step.kind === 'send' ? step.cutOff : FAULTS.includes(step.kind));
  });
}

const resumed = (text: string, id: string) => playedFrom(newScript(text), id).map(brief);
const ids = (text: string) => [...newScript(text).resumePoints.keys()];
const cutOff = (text: string) =>
  newScript(text).steps.flatMap((step) => (step.kind === 'send' && step.cutOff ? [`${Buffer.from(step.bytes)}`] : []));

describe('the ids', () => {
  test.each<[string, string[]]>([
    ['id: 1\ndata: a\n\n', ['1']],
    ['id:1\n\nid:  2 \n\nid: 数\n\n', ['1', '2', '数']],
    ['id:  \n\nid: \t\n\n', []],
    ['id: 1\nevent: x\n\n', ['1']],
    ['id: 1\nid: 2\ndata: a\n\n', ['2']],
    ['id: 1\nid: 2\0\ndata: a\n\n', ['1']],
    ['id: 1\nid\ndata: a\n\n', []],
    ['id: 1\ndata: a\n', []],
    ['id: \0\n\n', []],
    ['id\n\nid:\n\nid: \n\n', []],
    ['ID: 1\n\n id: 1\n\n', []],
    [':id: 1\n\n:@@ id: 1\n\n', []],
    ['id: 1\r\rid: 2\r\n\r\nid: 3\n\n', ['1', '2', '3']],
    ['id: 1\n:@ wait 1s\n\n', ['1']],
    ['id: 1\n:@ drop\ndata: a\n\n', ['1']],
    ['id: 1\n:@ drop\n:@ connection\ndata: a\n\n', []],
  ])('%j sets %j, each with the blank line that ends its block', (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });
});

describe('where a client goes on', () => {
  test('after the event that it has seen', () => {
    const text = ': hi\n\nid: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\nid: 3\n\ndata: d\n\n';
    expect(resumed(text, '1')).toEqual(['> data: b\n\nid: 2\ndata: c\n\n', '> id: 3\n\n', '> data: d\n\n']);
    expect(resumed(text, '2')).toEqual(['> id: 3\n\n', '> data: d\n\n']);
    expect(resumed(text, '3')).toEqual(['> data: d\n\n']);
  });

  test('past the fault that ended its connection, with the whole event that this cut off', () => {
    const text = 'id: 1\ndata: a\n\nid: 2\ndata: b\n:@ drop\ndata: c\n\nid: 3\ndata: d\n\n:@ reset\nid: 4\n\n:@ end\n';
    expect(resumed(text, '1')).toEqual([
      '> id: 2\ndata: b\n',
      '> data: c\n\n',
      '> id: 3\ndata: d\n\n',
      'reset',
      '> id: 4\n\n',
      'end',
    ]);
    expect(resumed(text, '2')).toEqual(['> id: 3\ndata: d\n\n', 'reset', '> id: 4\n\n', 'end']);
    expect(resumed(text, '3')).toEqual(['> id: 4\n\n', 'end']);
  });

  test('past all faults up to the next id, as any of them may have ended the connection', () => {
    const text = 'id: 1\n\n:@ drop\n:@ status 503\ndata: a\n\n:@ stall\ndata: b\n\n:@ reset\nid: 2\n\n:@ end\n';
    expect(resumed(text, '1')).toEqual(['> data: a\n\n', '> data: b\n\n', '> id: 2\n\n', 'end']);
  });

  test('a block that resets the id counts as setting one, too: faults after it are played', () => {
    expect(resumed('id: 1\n\n:@ drop\nid\ndata: a\n\n:@ reset\nid: 2\n\n', '1')).toEqual([
      '> id\ndata: a\n\n',
      'reset',
      '> id: 2\n\n',
    ]);
  });

  test('with a repeated id, after its first block, and past the faults up to the id that follows its last one', () => {
    const text = 'id: 1\n\n:@ drop\nid: 1\n\n:@ drop\nid: 2\n\n:@ reset\nid: 1\n\n:@ drop\nid: 3\n\n:@ end\n';
    expect(resumed(text, '1')).toEqual(['> id: 1\n\n', '> id: 2\n\n', '> id: 1\n\n', '> id: 3\n\n', 'end']);
    expect(resumed(text, '2')).toEqual(['> id: 1\n\n', 'drop', '> id: 3\n\n', 'end']);
  });
});

describe('the part that a recorded connection cut off', () => {
  const CUT = ['id: 1\ndata: a\n\n', 'id: 2\ndata: ha\n', ':@ no-newline\n', ':@ drop\n', ':@ connection\n'].join('');

  test('is not sent to a client that resumes', () => {
    const text = `${CUT}id: 2\ndata: half\n\n`;
    expect(cutOff(text)).toEqual(['id: 2\ndata: ha']);
    expect(resumed(text, '1')).toEqual(['> id: 2\ndata: half\n\n']);
    expect(ids(text)).toEqual(['1', '2']);
    expect(newScript(text)).toMatchObject({ events: 2, problems: [] });
  });

  test('is the whole event, regardless of pauses within it', () => {
    expect(
      cutOff('data: a\n\n: b\nevent: c\n:@ wait 1s\ndata: d\n:@ wait 1s\n: e\n:@ wait 1s\n:@ connection\n'),
    ).toEqual(['event: c\n', 'data: d\n', ': e\n']);
  });

  test('is a comment only if it has no line end', () => {
    expect(cutOff('data: a\n\n: b\n: c\n:@ connection\n')).toEqual([]);
    expect(cutOff('data: a\n\n: b\n: c\n:@ no-newline\n:@ connection\n')).toEqual([': c']);
  });

  test('is nothing of the previous connection', () => {
    expect(cutOff('data: a\n:@ connection\n:@ connection\n: b\n:@ connection\ndata: c\n\n:@ connection\n')).toEqual([
      'data: a\n',
    ]);
  });

  test('does not continue after it: its data and its id are gone', () => {
    const text = 'id: 1\ndata: a\n:@ drop\n:@ connection\n\nevent: x\n\n';
    expect(newScript(text)).toMatchObject({ events: 0, resumePoints: new Map() });
  });
});

test('a client that always resumes with its last id reaches the end of any file, whichever ids are repeated', async () => {
  await fuzz(200, (random) => {
    const parts = Array.from({ length: 20 }, () => {
      const id = Math.floor(random() * 5);
      return random() < 0.4 ? `:@ ${FAULTS[Math.floor(random() * 4)]}\n` : `id: ${id}\ndata: ${id}\n\n`;
    });
    const script = newScript(`id: first\n\n${parts.join('')}`);
    const faults = script.steps.filter(({ kind }) => kind !== 'send').length;
    let id = 'first';
    let isOver = false;
    let connections = 0;
    for (; !isOver && connections <= faults; connections += 1) {
      const steps = playedFrom(script, id);
      const end = steps.findIndex(({ kind }) => kind !== 'send');
      const got = steps.slice(0, end < 0 ? steps.length : end).map(brief);
      id = /id: (\d)\n/.exec(got.at(-1) ?? '')?.[1] ?? id;
      isOver = end < 0;
    }
    expect(isOver).toBe(true);
  });
});
