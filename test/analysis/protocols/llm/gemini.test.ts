import { expect, test } from 'vitest';
import { resultsOfJson } from '../../../support/protocols/reading';

const chunk = (parts: object[], candidate: object = {}, more: object = {}) => ({
  candidates: [{ content: { role: 'model', parts }, ...candidate }],
  modelVersion: 'g',
  responseId: 'q',
  ...more,
});
const STOP = { finishReason: 'STOP' };

test('calls that come in one chunk are several, and text behind them is another', () => {
  const call = (name: string) => ({ functionCall: { name, args: {} } });
  const [result] = resultsOfJson(
    chunk([{ text: 'a' }, call('tide'), call('moon'), { text: 'b' }]),
    chunk([{ text: 'c' }], STOP),
  );
  expect(result?.items.map(({ kind, text, name }) => [kind, text ?? name])).toEqual([
    ['text', 'a'],
    ['tool', 'tide'],
    ['tool', 'moon'],
    ['text', 'bc'],
  ]);
});

test('a signature on an empty text is no text', () => {
  const [result] = resultsOfJson(chunk([{ text: 'a' }]), chunk([{ text: '', thoughtSignature: 'c2ln' }], STOP));
  expect(result).toMatchObject({ items: [{ text: 'a' }], complete: true, problems: [] });
});

test('candidates that interleave are texts of their own', () => {
  const [result] = resultsOfJson(
    ...[
      chunk([{ text: 'a' }], { index: 0 }),
      chunk([{ text: 'x' }], { index: 1 }),
      chunk([{ text: 'b' }], { index: 0, ...STOP }),
    ],
    chunk([{ text: 'y' }], { index: 1, finishReason: 'MAX_TOKENS' }),
  );
  expect(result).toMatchObject({
    items: [{ text: 'ab' }, { text: 'xy', id: '1' }],
    stop: 'STOP',
    complete: true,
    problems: [],
  });
});

test('arguments in pieces are put together by their paths', () => {
  const call = (functionCall: object) => chunk([{ functionCall }]);
  const piece = (jsonPath: string, value: object) => ({ partialArgs: [{ jsonPath, ...value }], willContinue: true });
  const [result] = resultsOfJson(
    call({ name: 'tide', willContinue: true }),
    call(piece('$.port', { stringValue: 'Em', willContinue: true })),
    call(piece('$.port', { stringValue: 'den' })),
    call(piece('$.days[0].n', { numberValue: 3 })),
    call(piece("$['is it']", { boolValue: false })),
    call(piece('$.none', { nullValue: null })),
    call({}),
    call({ name: 'moon' }),
    chunk([], STOP),
  );
  expect(result?.items.map(({ name, arguments: its }) => [name, its])).toEqual([
    ['tide', { 'port': 'Emden', 'days': [{ n: 3 }], 'is it': false, 'none': null }],
    ['moon', {}],
  ]);
  expect(result?.problems).toEqual([]);
});

test('a path that would leave a hole changes nothing, and is a problem', () => {
  const call = { name: 'tide', partialArgs: [{ jsonPath: '$.days[9]', numberValue: 3 }] };
  expect(resultsOfJson(chunk([{ functionCall: call }], STOP))[0]?.problems).toEqual([{ code: 'patch', event: 1 }]);
});

test('figures are replaced by later ones, and not erased', () => {
  const usage = (fields: object) => ({ usageMetadata: fields });
  const [result] = resultsOfJson(
    chunk([{ text: 'a' }], {}, usage({ promptTokenCount: 4, candidatesTokenCount: 1, cachedContentTokenCount: 2 })),
    chunk([{ text: 'b' }], {}, usage({ trafficType: 'ON_DEMAND' })),
    chunk([], STOP, usage({ candidatesTokenCount: 2 })),
  );
  expect(result?.usage).toEqual({ input: 4, output: 2, cached: 2 });
});

test('a prompt that is blocked ends it', () => {
  expect(
    resultsOfJson({ promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: { promptTokenCount: 4 } }),
  ).toMatchObject([{ items: [], stop: 'SAFETY', complete: true, problems: [{ code: 'blocked', event: 1 }] }]);
});

test('an end without a reason is missed, and an error isn’t taken for one', () => {
  expect(resultsOfJson(chunk([{ text: 'a' }]))).toMatchObject([
    { complete: false, problems: [{ code: 'unfinished' }] },
  ]);
  expect(
    resultsOfJson(chunk([{ text: 'a' }]), { error: { code: 503, message: 'Overloaded', status: 'UNAVAILABLE' } }),
  ).toMatchObject([
    {
      items: [{ text: 'a' }, { kind: 'error', text: 'Overloaded', name: '503' }],
      complete: false,
      problems: [{ code: 'error', event: 2 }],
    },
  ]);
});

test('chunks may come in envelopes, and another answer behind the end', () => {
  const results = resultsOfJson(
    { response: chunk([{ text: 'a' }], STOP) },
    { response: chunk([{ text: 'b' }], STOP, { responseId: 'z' }) },
  );
  expect(results).toMatchObject([
    { protocol: 'gemini', items: [{ text: 'a' }] },
    { protocol: 'gemini', items: [{ text: 'b' }] },
  ]);
});

test('an answer is read from its first chunk on, though usage, model and id come with the last alone, or never', () => {
  const part = (text: string, more: object = {}) => ({
    candidates: [{ content: { role: 'model', parts: [{ text }] }, ...more }],
  });
  const last = { ...part('ap', { finishReason: 'STOP' }), usageMetadata: { promptTokenCount: 1 } };
  expect(resultsOfJson(part('Ne'), last)).toMatchObject([
    { protocol: 'gemini', items: [{ text: 'Neap', events: [1, 2] }], complete: true },
  ]);
  expect(resultsOfJson(part('Ne'), part('ap'))[0]?.items).toMatchObject([{ text: 'Neap' }]);
});
