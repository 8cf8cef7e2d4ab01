import { expect, test } from 'vitest';
import { resultsOfJson } from '../../../support/protocols/reading';

const line = (fields: object, done = false) => ({ model: 'o', done, ...fields });

test('calls come whole, and generated text is added up', () => {
  const call = (name: string, args: object) => ({ function: { name, arguments: args } });
  expect(
    resultsOfJson(
      line({ message: { tool_calls: [call('tide', { p: 1 }), call('moon', {})] } }),
      line({ message: {} }, true),
    ),
  ).toMatchObject([
    {
      items: [
        { name: 'tide', arguments: { p: 1 } },
        { name: 'moon', arguments: {} },
      ],
      complete: true,
    },
  ]);
  expect(
    resultsOfJson(line({ response: 'Ne' }), line({ response: 'ap', thinking: 'hm' }), line({ response: '' }, true))[0]
      ?.items,
  ).toMatchObject([
    { kind: 'text', text: 'Neap' },
    { kind: 'reasoning', text: 'hm' },
  ]);
});

test('an error line is an error, and a line behind the last another answer', () => {
  expect(resultsOfJson(line({ response: 'a' }), { error: 'out of memory' })).toMatchObject([
    {
      items: [{ text: 'a' }, { kind: 'error', text: 'out of memory' }],
      complete: false,
      problems: [{ code: 'error', event: 2 }],
    },
  ]);
  expect(
    resultsOfJson(line({ response: 'a' }, true), line({ response: 'b' }, true)).map(({ items }) => items[0]?.text),
  ).toEqual(['a', 'b']);
});
