// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the shell that would replace them
// Variables and files of a pasted script whose values are no longer known: the user is asked for them.
import { expect, test } from 'vitest';
import { CurlError, parseRequest } from '../../../../src/client/request/curl';

/** Returns the values that are asked for, and the body as far as it is known. */
function read(script: string): { asked: string[]; body: string | undefined } {
  const { request, notes } = parseRequest(script);
  const asked = notes.flatMap(({ code, subject }) => (code === 'placeholder' || code === 'file' ? [subject] : []));
  return { asked, body: request.body };
}

test.each([
  'T=$(x)',
  'T+=$(x)',
  'unset T',
  'unset -v T',
  'read T',
  'read -r T < f',
  'read T U <<< "x y"',
  'printf -v T x',
  'mapfile T < f',
  'for T in a b; do',
  'for T in a b; do x; done',
  'select T in a b; do',
  'let T=1',
  '((T++))',
  'T[1]=x',
  'declare -u T=abc',
  'declare -i T=1+2',
  ': "${T:=b}"',
  'eval "T=b"',
  'if x; then T=b; fi',
  'if x; then\n  T=b\nfi',
  'if x; then\n  T=b\nelse',
  'if x; then\n  if y; then\n    T=b\n  fi\nfi',
  'while x; do\n  T=b\ndone < f',
  'case $x in\na)\n  T=b\n  ;;',
  'f() {\n  T=b\n}',
  'f() { T=b; }; f',
  '(\nT=b\n)\n',
  'x && T=b',
  'x || T=b',
  '[ -n "$T" ] || T=b',
  'T=b || T=c',
  'T=b x',
  'T=b; echo x || T=c',
  'echo x | T=c',
  'IFS=, read -r T U <<< "a,b"',
  'declare -n T=U',
])('after “%s” of bash, the value is asked for', (statement) => {
  const { asked, body } = read(`T=old\n${statement}\ncurl http://a/ -d "$T"`);
  expect(asked).toEqual(['$T']);
  expect(body).toBe('$T');
});

test.each([
  ['T=b', 'b'],
  ['T=b && U=c', 'b'],
  ['T=b | cat', 'old'],
  ['export T', 'old'],
  ['T+=b', 'oldb'],
  ['if [ -z "$T" ]; then echo "T is missing"; exit 1; fi', 'old'],
  ['f() {\n  U=b\n}', 'old'],
  ['if x; then\n  U=b\nfi', 'old'],
  ['if x; then\n  U=b\nfi\nT=b', 'b'],
  ['if x; then\n  T=b', 'b'],
  ['npm start # as T', 'old'],
  ['read T <<E\nb\nc\nE', 'b'],
  ['read -r -d "" T <<E\nb\nc\nE', 'b\nc'],
])('after “%s” of bash, the value is known', (statement, value) => {
  expect(read(`T=old\n${statement}\ncurl http://a/ -d "$T"`)).toEqual({ asked: [], body: value });
});

test('a value appended to an unknown one is asked for', () => {
  expect(read('T+=b\ncurl http://a/ -d "$T"').asked).toEqual(['$T']);
  expect(read('T=\nT+=b\ncurl http://a/ -d "$T"')).toEqual({ asked: [], body: 'b' });
});

test.each([
  'sed -i s/a/b/ f.json',
  'rm f.json',
  'jq . x > f.json',
  'mv x "f.json"',
  'cp x ./f.json',
  'if x; then\n  echo b > f.json\nfi',
])('after “%s”, a file that was written is asked for', (statement) => {
  expect(read(`echo a > f.json\n${statement}\ncurl http://a/ -d @f.json`).asked).toEqual(['f.json']);
});

test('a file contains what another one had when it was written', () => {
  const script = 'echo a > f\ncat f > g\necho b >> f\ncat f > h\necho c > f\ncurl http://a/ --data-binary';
  expect(read(`${script} @g`)).toEqual({ asked: [], body: 'a\n' });
  expect(read(`${script} @h`)).toEqual({ asked: [], body: 'a\nb\n' });
  expect(read(`${script} @f`)).toEqual({ asked: [], body: 'c\n' });
});

test('a file that is appended to another one more than 200 times is asked for', () => {
  const script = (count: number) => `${'cat f > g\ncat g > f\n'.repeat(count)}curl http://a/ -d @f`;
  expect(read(`echo a > f\n${script(99)}`)).toEqual({ asked: [], body: 'a' });
  expect(read(`echo a > f\n${script(100)}`).asked).toEqual(['f']);
});

test.each([
  '$T = x',
  '$T = "a".Replace("a", "b")',
  '$T = "a" + "b"',
  '$T = "a"+"b"',
  '$T = "a" | x',
  '$T += "b"',
  '$T++',
  '$T, $U = "a", "b"',
  '[string]$T = "b"',
  '$script:T = "b"',
  '$T[0] = "b"',
  '$T.A = "b"',
  '$T.Add("b")',
  'Remove-Variable T',
  'Set-Variable -Name "T" -Value "b"',
  'foreach ($T in $x) {',
  'if ($x) { $T = "b" }',
  'if ($x) {\n  $T = "b"\n}',
  'try {\n  $T = "b"\n} catch {',
])('after “%s” of PowerShell, the value is asked for', (statement) => {
  const { asked, body } = read(`$T = "old"\n${statement}\ncurl.exe http://a/ -d "$T"`);
  expect(asked).toEqual(['$T']);
  expect(body).toBe('$T');
});

test.each([
  ['$T = "b"', 'b'],
  ["$T = 'it''s' # b", "it's"],
  ['$T = "a`"b"', 'a"b'],
  ['Write-Host "T=$T"', 'old'],
  ['if ($x -eq 1) {\n  $U = "b"\n}', 'old'],
])('after “%s” of PowerShell, the value is known', (statement, value) => {
  expect(read(`$T = "old"\n${statement}\ncurl.exe http://a/ -d "$T"`)).toEqual({ asked: [], body: value });
});

test.each([
  'set "T=%U%"',
  'set T=%U%',
  'set /p T=Token:',
  'set /a T=1+1',
  'set /a "T=1+1"',
  'set T = b',
  'if x==y set T=b',
  'if x==y (\nset T=b\n)',
  'if x==y (\nset T=b\n) else (',
  'for %%i in (a b) do set t=%%i',
])('after “%s” of cmd, the value is asked for', (statement) => {
  const { asked, body } = read(`@echo off\nset T=old\n${statement}\ncurl "http://a/" -d "%T%"`);
  expect(asked).toEqual(['%T%']);
  expect(body).toBe('%T%');
});

test.each([
  ['set T=b', 'b'],
  ['if not defined T (echo no T & exit /b 1)', 'old'],
  ['if x==y (\nset U=b\n)', 'old'],
])('after “%s” of cmd, the value is known', (statement, value) => {
  expect(read(`@echo off\nset T=old\n${statement}\ncurl "http://a/" -d "%T%"`)).toEqual({ asked: [], body: value });
});

test('a part of a variable of cmd is asked for', () => {
  expect(read('@echo off\nset T=old\ncurl "http://a/" -d "%T:~0,2%"').asked).toEqual(['%T:~0,2%']);
  expect(read('@echo off\ncurl "http://a/" -d "50%of: 30%"').asked).toEqual([]);
});

test('files that each contain the one before are read', () => {
  const files = Array.from({ length: 190 }, (_, at) => `cat f${at} > f${at + 1}`).join('\n');
  expect(read(`echo a > f0\n${files}\ncurl http://a/ -d @f190`).body).toBe('a');
});

test('a text that overflows the stack or the length of a string is too complex', () => {
  class Endless extends Map<string, string> {
    override get(): string {
      return this.get();
    }
  }
  for (const text of ['curl http://a/ -d $A', 'http://a/<a>'])
    expect(() => parseRequest(text, { values: new Endless() })).toThrow(new CurlError('tooComplex'));
});
