// Rows of the inspector's table.
import { expect, test } from 'vitest';
import { EventRows } from '../../../../src/extension/inspector/table/eventRows';
import type { EventRow, ToInspectorPage } from '../../../../src/messages/inspector';
import { Turns } from '../../../../src/turns/turns';
import { streamByHand } from '../../../support/client/recordedByHand';
import { eventually } from '../../../support/servers/testServer';

async function rowsOf(stream: string, count: number, addedBy: (number: number) => EventRow['adds'] = () => undefined) {
  const { inspection, write } = await streamByHand();
  write(stream);
  await eventually(() => inspection.history.count === count);
  const posted: Extract<ToInspectorPage, { type: 'rows' }>[] = [];
  const post = (message: (typeof posted)[number]) => posted.push(message);
  const rows = new EventRows({ inspection, turns: new Turns(), post, addedBy, beginningAt: () => undefined });
  const ask = async (from: number, to: number, columns?: string[]) => {
    await rows.send({ type: 'rows', generation: inspection.view.generation, from, to, ...(columns && { columns }) });
    return posted.at(-1)?.rows ?? [];
  };
  return { ask, posted, inspection };
}

const event = (data: object, type = 'message') => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

test('a row tells what differs from the row before, also of the first in a message', async () => {
  const { ask } = await rowsOf(event({ a: 1, n: 1 }) + event({ a: 1, n: 2 }) + event({ a: 1, n: 3 }), 3);
  expect((await ask(0, 3)).map(({ differs }) => differs)).toEqual([undefined, '… n: 2', '… n: 3']);
  expect((await ask(2, 3)).map(({ differs }) => differs)).toEqual(['… n: 3']);
});

test('with a filter, the row before is the one shown before', async () => {
  const stream = event({ a: 1, n: 1 }, 'x') + event({ b: 1 }, 'y') + event({ a: 1, n: 2 }, 'x');
  const { ask, inspection } = await rowsOf(stream, 3);
  expect((await ask(0, 3)).map(({ differs }) => differs)).toEqual([undefined, undefined, undefined]);
  inspection.view.filter({ event: '', text: '', isRegExp: false, hidden: ['y'] });
  // On a busy machine, a search takes more than a turn.
  await eventually(() => inspection.view.rows === 2);
  expect((await ask(0, 2)).map(({ number, differs }) => [number, differs])).toEqual([
    [1, undefined],
    [3, '… n: 2'],
  ]);
});

test('a row that adds to an answer tells only that', async () => {
  const adds = { text: '+"a"', isError: false, at: undefined };
  const { ask } = await rowsOf(event({ a: 1, n: 1 }) + event({ a: 1, n: 2 }), 2, () => adds);
  expect((await ask(0, 2))[1]).toMatchObject({ adds });
  expect((await ask(0, 2))[1]?.differs).toBeUndefined();
});

test('values at the requested paths come with each row; those of events above 64 KB are only marked', async () => {
  const large = event({ user: { id: 2 }, text: 'x'.repeat(70_000) });
  const { ask, posted } = await rowsOf(event({ user: { id: 1 } }) + large, 2);
  expect((await ask(0, 2, ['user.id', 'none'])).map(({ values }) => values)).toEqual([
    ['1', ''],
    ['…', '…'],
  ]);
  expect(posted.at(-1)?.columns).toEqual(['user.id', 'none']);
  expect((await ask(0, 1))[0]?.values).toBeUndefined();
});

test('an event of type error, and one with an error in its data, are errors without a known protocol', async () => {
  const stream = event({ a: 1 }, 'error') + event({ error: { message: 'no' } }) + event({ error: null });
  const { ask } = await rowsOf(stream, 3);
  expect((await ask(0, 3)).map(({ isError }) => isError)).toEqual([true, true, undefined]);
});
