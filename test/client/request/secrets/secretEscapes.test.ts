// JSON with escapes of its own, anywhere in a request, and text that only looks like escapes.
import { expect, test } from 'vitest';
import { mask, unmask } from '../../../../src/client/request/secrets/secrets';
import type { StreamRequest } from '../../../../src/client/request/streamRequest';
import { get, post } from '../../../support/client/requests';

const S = 'zq7Rw9XkP';

const JSONS = [
  `{"a":"{\\"token\\":\\"${S}\\"}"}`,
  `{"a":[1,"{\\"token\\":\\"${S}\\"}"]}`,
  `{"a":"x","b":"{\\"token\\": \\"${S}\\"}"}`,
  `{"q":"say \\"hi\\"","token":"${S}"}`,
  `{"q":"a \\" b","password":"${S}"}`,
  `{"query":"{ a(b: \\"c\\") }","variables":{"token":"${S}"}}`,
  `{"token":"a\\"${S}"}`,
  `{"a":"C:\\\\","token":"${S}"}`,
];
const CARRIERS: [string, (text: string) => StreamRequest][] = [
  ['a parameter', (text) => get(`http://h/?variables=${text}`)],
  ['an encoded parameter', (text) => get(`http://h/?variables=${encodeURIComponent(text)}`)],
  [
    'a parameter of an address',
    (text) => get(`http://h/?next=${encodeURIComponent(`/x?v=${encodeURIComponent(text)}`)}`),
  ],
  ['a query', (text) => get(`http://h/?${text}`)],
  ['an encoded query', (text) => get(`http://h/?${encodeURIComponent(text)}`)],
  ['a form', (text) => post(`payload=${text}&a=1`)],
  ['an encoded form', (text) => post(`payload=${encodeURIComponent(text)}&a=1`)],
  ['a header', (text) => get('http://h/', ['X-F', text])],
  ['a header’s parameter', (text) => get('http://h/', ['X-F', `a=${text}`])],
  ['a body', (text) => post(text)],
  ['a line of YAML', (text) => post(`a: 1\nb: ${text}\n`)],
  ['a line of YAML in quotes', (text) => post(`a: 1\nb: '${text}'\n`)],
  ['an element', (text) => post(`<a>${text}</a>`)],
  ['an attribute', (text) => post(`<a b='${text}'/>`)],
  ['a setting', (text) => post(`X=1\nPAYLOAD=${text}\n`)],
  ['a string of JSON', (text) => post(JSON.stringify({ x: text }))],
];

function expectMasked(request: StreamRequest): void {
  const { request: masked, secrets } = mask(request);
  expect(JSON.stringify(masked)).not.toContain(S);
  expect(unmask(masked, secrets)).toEqual(request);
  expect(mask(masked, secrets).request).toEqual(masked);
}

test.each(CARRIERS)('secrets in JSON with escapes are masked in %s', (_, requestOf) => {
  for (const text of JSONS) expectMasked(requestOf(text));
});

test.each([
  get(`http://h/?next=C:\\users%2Fcb%3Ftoken%3D${S}`),
  post(JSON.stringify({ a: `C:\\users\\x /cb%3Ftoken%3D${S}` })),
  post(JSON.stringify({ a: `it&#xabc;s /cb%3Ftoken%3D${S}` })),
  post(`a=C:\\users&d=%7B%22token%22%3A%22${S}%22%7D`),
  post(`<a>&#xabc; http%3A%2F%2Fh%2F%3Ftoken%3D${S}</a>`),
  post(`<a>&lt;token&gt;${S}&lt;/token&gt; &#xabc;</a>`),
])('percent signs are decoded despite text that only looks like an escape (case %#)', (request) => {
  expectMasked(request);
});
