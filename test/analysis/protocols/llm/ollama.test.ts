import { expect, test } from 'vitest';
import { eventsOfLines, read, resultsOfJson } from '../../../support/protocols/reading';

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

const DIGEST = `sha256:${'ab12'.repeat(16)}`;
const protocolOf = (...lines: object[]) =>
  read(eventsOfLines(lines.map((one) => `${JSON.stringify(one)}\n`).join(''))).protocol;

test('a pull, a push and a create are recognised as such, and no answer is made of them', () => {
  const layer = { status: 'pulling ab12ab12ab12', digest: DIGEST, total: 2142590208 };
  const pull = [{ status: 'pulling manifest' }, layer, { ...layer, completed: 241970 }, { status: 'success' }];
  expect(protocolOf(...pull)).toBe('ollama-progress');
  expect(resultsOfJson(...pull)).toEqual([]);
  // All layers are there already.
  expect(protocolOf({ status: 'pulling manifest' }, { status: 'writing manifest' }, { status: 'success' })).toBe(
    'ollama-progress',
  );
  expect(protocolOf({ status: 'retrieving manifest' }, { ...layer, status: 'pushing ab12ab12ab12' })).toBe(
    'ollama-progress',
  );
  const made = { status: `using already created layer ${DIGEST}` };
  expect(protocolOf({ status: 'reading model metadata' }, { status: 'creating system layer' }, made)).toBe(
    'ollama-progress',
  );
});

test.each([
  ['a state of something else', [{ status: 'success' }, { status: 'success' }]],
  ['a pull of Docker', [{ status: 'Pulling from library/x', id: 'latest' }, { status: 'Download complete' }]],
  ['a line with more in it', [{ status: 'pulling manifest', progress: 1 }, { status: 'success' }]],
  ['a layer without a digest', [{ status: 'pulling ab12ab12ab12', total: 1 }]],
  ['a first line alone', [{ status: 'pulling manifest' }]],
])('%s isn’t', (_, lines) => {
  expect(protocolOf(...lines)).toBeUndefined();
});

test('read as an answer because the user says so, a pull makes no text', () => {
  const events = eventsOfLines(`${JSON.stringify({ status: 'pulling manifest' })}\n`);
  expect(read(events, { protocol: 'ollama' }).results()[0]?.items ?? []).toEqual([]);
});
