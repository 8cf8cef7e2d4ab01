// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the script that would replace them
// Changes that a script makes to the constants of a call: if they aren't known, the user is asked for the values.
import { expect, test } from 'vitest';
import { CurlError, parseRequest } from '../../../../src/client/request/curl';

const CALL = 'fetch("http://a/",{method:"POST",headers:h,body:JSON.stringify(m)});';

/** Returns the values that are asked for, or the reason why there is no request. */
function askedFor(script: string): string[] {
  try {
    return parseRequest(script).notes.flatMap(({ code, subject }) => (code === 'placeholder' ? [subject] : []));
  } catch (error) {
    if (error instanceof CurlError) return [error.code];
    throw error;
  }
}

test.each([
  'm.push(1)',
  'm.list.push(1)',
  'm?.push(1)',
  'm.push?.(1)',
  'm!.push(1)',
  'm["push"](1)',
  'm.push(1), m.push(2)',
  'm.push(1) > 1 && x()',
  'm.push(...x)',
  'm.unshift({role: "system"}).x()',
  'm.at(0).push(1)',
  'm.push(1 as number)',
  'm.sort`x`',
  'delete m[0]',
  'm.a.b.c.d.e.f = 1',
  'm.a.b.c.d.e.f.g.h.i.j.k = 1',
  'm.a += 1',
  'm.a ??= 1',
  'm.a++',
  '--m.a',
  'm[name] = 1',
  'm.__proto__ = {a: 1}',
  'if (x) m.a = 1',
  'if (x) { m.a = 1 }',
  'x && m.set("a", 1)',
  'for (const x of y) { m.a = x }',
  'list.forEach((x) => { m.a = x })',
  'function later() { m.a = 1 }',
  'Object.assign(m, {a: 1})',
  'Object.defineProperty(m, "a", {value: 1})',
  'addTo(m)',
  'addTo(x, m, y)',
  'const o = m; o.a = 1',
  'const o = m[0]; o.a = 1',
  'const { list } = m; list.push(1)',
])('a constant that is changed by %s is asked for', (statement) => {
  for (const value of ['{}', '[]', 'new URLSearchParams()'])
    expect(askedFor(`const h = {}; const m = ${value}; ${statement}; ${CALL}`), value).toContain('${m}');
});

test.each([
  'delete h.A',
  'h.append("B", ...x)',
  'if (x) h.append("B", "1")',
  'x ? h.append("B", "1") : 0',
  'withToken(h)',
])('headers that are changed by %s are asked for', (statement) => {
  const script = `const m = 1; const h = {A: "1"}; ${statement}; fetch("http://a/", {headers: {...h}, body: h})`;
  expect(askedFor(script.replace('{...h}', '{}'))).toEqual(['${h}']);
});

test.each([
  'const k = () => "x"; fetch("http://a/", {headers: {A: k}})',
  'const k = function () {}; fetch("http://a/", {headers: {A: k}})',
  'function other() { const k = "x"; } fetch("http://a/", {headers: {A: k}})',
  'if (a) { var k = "x" } fetch("http://a/", {headers: {A: k}})',
  'const k = btoa("あ"); fetch("http://a/", {headers: {A: k}})',
  'const k = JSON.stringify({a: 1}, ["b"]); fetch("http://a/", {headers: {A: k}})',
  'const k = JSON.stringify({toJSON() { return 1; }}); fetch("http://a/", {headers: {A: k}})',
  'const k = {__proto__: {a: 1}}; fetch("http://a/", {headers: {A: k}})',
  'const k = new URL("b", x); fetch("http://a/", {headers: {A: k}})',
])('a value that isn’t known is asked for: %s', (script) => {
  expect(askedFor(script)).toContain('${k}');
});

test.each(['headers: {A: () => "x"}', 'body: () => "x"', 'body: JSON.stringify({a() {}})', 'headers() {}'])(
  'a function isn’t accepted as a value: %s',
  (option) => {
    expect(askedFor(`fetch("http://a/", {${option}})`)).toEqual(['fetch']);
  },
);

test.each([
  ['// m.push(1)\nm.a = 1', '{"a":1}'],
  ['/* m.push(1) */ m["a"] = 1', '{"a":1}'],
  ['const s = "m.push(1) {"; m.a = 1', '{"a":1}'],
  ["const s = 'it\\'s m.push(1) {'; m.a = 1", '{"a":1}'],
  ['const s = `m.push(1) {`; m.a = 1', '{"a":1}'],
  ['const s = /"{/; m.a = 1', '{"a":1}'],
  ['console.log(m.toString(), m); m.a = 1', '{"a":1}'],
  ['other.push(m.a); m.a = 1', '{"a":1}'],
  ['async function go() { m.a = 1', '{"a":1}'],
  ['try { m.a = 1', '{"a":1}'],
])('a constant that is changed by %s has the value %s', (statement, body) => {
  const { request } = parseRequest(`const h = {}; const m = {}; ${statement}; ${CALL}`);
  expect(request.body).toBe(body);
});

test('code after the call is ignored, and reported', () => {
  const { request, notes } = parseRequest(`const h = {}; const m = [1]; ${CALL} m.push(2); h.A = "1"`);
  expect(request).toMatchObject({ headers: [['Content-Type', 'text/plain;charset=UTF-8']], body: '[1]' });
  expect(notes).toEqual([{ code: 'rest', subject: 'm.push(2); h.A = "1"' }]);
});

test('a call in a fence of Markdown is read', () => {
  const script = `Call it so:\n\`\`\`js\nconst m = {};\nm.a = 1;\nconst h = {};\n${CALL}\n\`\`\``;
  expect(parseRequest(script).request.body).toBe('{"a":1}');
});

test('a URL that is passed to a function is asked for', () => {
  expect(askedFor('const u = new URL("http://a/"); sign(u); fetch(u)')).toEqual(['${u}']);
  expect(askedFor('const u = "http://a/"; log(u); fetch(u)')).toEqual([]);
});

test.each([
  ['new URLSearchParams()', ''],
  ['new URLSearchParams([["a", "1"], ["a", "2"]])', 'a=1&a=2'],
  ['new URL("../b", "http://c/d/e")', 'http://c/b'],
  ['btoa("é")', '6Q=='],
])('%s is %s', (expression, body) => {
  expect(parseRequest(`fetch("http://a/", {method: "POST", body: ${expression}})`).request.body).toBe(body);
});

test.each([
  ['q.set("b", "x")', 'a=1&b=x&c=4'],
  ['q.set("d", "x")', 'a=1&b=2&b=3&c=4&d=x'],
  ['q.delete("b")', 'a=1&c=4'],
  ['q.append("b", "x")', 'a=1&b=2&b=3&c=4&b=x'],
])('%s makes the query that Node makes', (statement, body) => {
  const script = `const q = new URLSearchParams("a=1&b=2&b=3&c=4"); ${statement}; fetch("http://a/", {body: q})`;
  expect(parseRequest(script).request.body).toBe(body);
});
