import { expect, test } from 'vitest';
import { resultsOf } from '../../../support/protocols/reading';

const next = (value: object) => `event: next\ndata: ${JSON.stringify(value)}\n\n`;
const complete = 'event: complete\ndata:\n\n';
const documents = (...payloads: object[]) => {
  const [result] = resultsOf(payloads.map(next).join('') + complete);
  return [
    result?.items.filter(({ kind }) => kind === 'document').map((item) => item.arguments),
    result?.problems.map(({ code }) => code),
  ];
};

test('each result of a subscription is one of its own', () => {
  expect(documents({ data: { n: 1 } }, { data: { n: 2 } })).toEqual([[{ n: 1 }, { n: 2 }], []]);
});

test('ids may be numbers, paths go deeper, and lists are filled', () => {
  expect(
    documents(
      { data: { a: { b: [{ c: {} }] } }, pending: [{ id: 0, path: ['a', 'b', 0] }], hasNext: true },
      { incremental: [{ id: 0, subPath: ['c'], data: { d: { e: 1 } } }], hasNext: true },
      { incremental: [{ id: '0', subPath: ['c'], data: { d: { f: 2 } } }], completed: [{ id: 0 }], hasNext: false },
    ),
  ).toEqual([[{ a: { b: [{ c: { d: { e: 1, f: 2 } } }] } }], []]);
});

test('the dialect of 2022 has paths, and the index of the first item', () => {
  expect(
    documents(
      { data: { port: { name: 'Emden' }, tides: ['a'] }, hasNext: true },
      {
        incremental: [
          { path: ['port'], data: { depth: 5 } },
          { path: ['tides', 1], items: ['b', 'c'] },
        ],
        hasNext: false,
      },
    ),
  ).toEqual([[{ port: { name: 'Emden', depth: 5 }, tides: ['a', 'b', 'c'] }], []]);
});

test('the oldest dialect has its path in the payload', () => {
  expect(
    documents({ data: { port: {} }, hasNext: true }, { data: { depth: 5 }, path: ['port'], hasNext: false }),
  ).toEqual([[{ port: { depth: 5 } }], []]);
});

test('of an event, as many parts are made as have a hundred thousand steps to their places', () => {
  const parts = (count: number, path: string[]) => {
    const data = path.reduceRight<object>((inner, name) => ({ [name]: inner }), { list: [] });
    const part = { id: '0', subPath: ['list'], items: [1] };
    const [items, problems] = documents(
      { data, pending: [{ id: '0', path }], hasNext: true },
      { incremental: Array(count).fill(part), hasNext: false },
    );
    return [JSON.stringify(items).match(/1/g)?.length, problems];
  };
  expect(parts(5000, ['a', 'b', 'c', 'd'])).toEqual([5000, []]);
  expect(parts(1000, Array(199).fill('a'))).toEqual([500, ['limit']]);
});

test('a part that fails, or that leads nowhere, changes nothing', () => {
  const first = { data: { port: {} }, pending: [{ id: '0', path: ['port'] }], hasNext: true };
  expect(documents(first, { completed: [{ id: '0', errors: [{ message: 'No depth' }] }], hasNext: false })).toEqual([
    [{ port: {} }],
    ['fragment'],
  ]);
  expect(documents(first, { incremental: [{ id: '9', data: {} }], hasNext: false })).toEqual([
    [{ port: {} }],
    ['patch'],
  ]);
});

test('names such as __proto__ are names', () => {
  const [[document] = []] = documents(
    { data: {}, pending: [{ id: '0', path: [] }], hasNext: true },
    JSON.parse('{"incremental":[{"id":"0","data":{"__proto__":{"x":1}}}],"hasNext":false}'),
  ) as unknown[][];
  expect(JSON.stringify(document)).toBe('{"__proto__":{"x":1}}');
  expect({}).not.toHaveProperty('x');
});

test('errors are items, and the end is missed', () => {
  expect(
    resultsOf(next({ errors: [{ message: 'No such field', extensions: { code: 'BAD' } }] }) + complete),
  ).toMatchObject([
    {
      items: [{ kind: 'error', name: 'BAD', text: 'No such field' }],
      complete: true,
      problems: [{ code: 'error', event: 1 }],
    },
  ]);
  expect(resultsOf(next({ data: {} }))).toMatchObject([
    { complete: false, problems: [{ code: 'unfinished', event: 1 }] },
  ]);
});

test('operations on one connection are told apart by their ids', () => {
  const stream = [
    next({ id: 'x', payload: { data: { a: {} }, hasNext: true } }),
    next({ id: 'y', payload: { data: { b: 1 } } }),
    next({ id: 'x', payload: { incremental: [{ path: ['a'], data: { n: 1 } }], hasNext: false } }),
    'event: complete\ndata: {"id":"x"}\n\nevent: complete\ndata: {"id":"y"}\n\n',
  ];
  expect(resultsOf(stream.join(''))).toMatchObject([
    {
      items: [
        { id: 'x', arguments: { a: { n: 1 } } },
        { id: 'y', arguments: { b: 1 } },
      ],
      complete: true,
      problems: [],
    },
  ]);
});
