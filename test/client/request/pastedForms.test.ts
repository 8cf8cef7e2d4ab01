// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the script that would replace them
import { describe, expect, test } from 'vitest';
import { CurlError, type Given, parseRequest, type RequestNote } from '../../../src/client/request/curl';
import { CURL_CASES } from '../../support/pasted/curlCases';
import type { PastedForm } from '../../support/pasted/pastedForm';
import { BASH_FORMS } from '../../support/pasted/pastedForms';
import { FETCH_FORMS } from '../../support/pasted/pastedFormsOfFetch';
import { WINDOWS_FORMS } from '../../support/pasted/pastedFormsOfWindows';

const isAsked = ({ code }: RequestNote) => code === 'placeholder' || code === 'file';

/** Parses a form with the given values; returns the notes as pairs, the error as its code and subject. */
function outcomeOf(text: string, given?: Given) {
  try {
    const { request, notes } = parseRequest(text, given);
    return { request, notes, pairs: notes.map(({ code, subject }) => [code, subject]) };
  } catch (error) {
    if (error instanceof CurlError)
      return { error: error.subject === undefined ? [error.code] : [error.code, error.subject] };
    throw error;
  }
}

function check({ lines, values = {}, files = {}, notes, request, left = [], error }: PastedForm): void {
  const text = lines.join('\n');
  const given = { values: new Map(Object.entries(values)), files: new Map(Object.entries(files)) };
  const [first, second] = [outcomeOf(text), outcomeOf(text, given)];
  expect(first.error).toEqual(error);
  expect(second.error).toEqual(error);
  if (error) return;
  expect(first.pairs).toEqual(notes);
  expect(second.request).toEqual(request);
  expect(second.notes?.filter(isAsked).map(({ code, subject }) => [code, subject])).toEqual(left);
}

describe.each([
  ['a form for bash', BASH_FORMS],
  ['a form for Windows', WINDOWS_FORMS],
  ['a call of fetch', FETCH_FORMS],
  ['from the field', CURL_CASES],
])('%s:', (_, forms) => {
  test.each(forms)('$title', (form) => check(form));
});

test('the forms are distinct, and name their sources', () => {
  const forms = [...BASH_FORMS, ...WINDOWS_FORMS, ...FETCH_FORMS];
  expect(new Set(forms.map(({ lines }) => lines.join('\n'))).size).toBe(forms.length);
  expect(forms.filter(({ source }) => source === '')).toEqual([]);
  expect(forms.length).toBeGreaterThanOrEqual(85);
});

test.each([
  ['parameters', `curl http://a/ -d "\${${'$aaaa'.repeat(180_000)}`],
  ['quotes in a command in a word', `curl http://a/ -d "$(${"'a'".repeat(200_000)}`],
  ['commands in a word', `curl http://a/ -d "${"$(a'".repeat(200_000)}`],
  ['parentheses in a command in a word', `curl http://a/ -d $(${'(b)'.repeat(300_000)}`],
  ['braces', `curl http://a/ -d ${'{a'.repeat(400_000)}`],
  ['arrays', `${'A=('.repeat(300_000)}\ncurl http://a/`],
  ['here-documents', `curl http://a/ ${'<<A '.repeat(100_000)}\n${' A\n'.repeat(100_000)}`],
  ['quotes in PowerShell', `curl.exe http://a/ \`\n ${'"{\\"'.repeat(150_000)}`],
])('a long text with unclosed %s is read to the end', (_, text) => {
  expect(outcomeOf(text)).toBeDefined();
});

test('constants that refer to each other many times over are read to the end', () => {
  const changes = (name: string, other: string) => `const ${name} = {};${`${name}.x = ${other};`.repeat(190)}`;
  const text = `${changes('a', 'b')}${changes('b', 'a')}fetch("http://a/", { headers: a })`;
  expect(outcomeOf(text)).toBeDefined();
});

test('a constant may be changed 200 times; with more the call is rejected', () => {
  const appended = (count: number) =>
    `const h = new Headers();${"h.append('a', 'b');".repeat(count)}fetch('https://a.example.test/', { headers: h })`;
  expect(outcomeOf(appended(200)).request?.headers).toHaveLength(200);
  expect(outcomeOf(appended(201)).error).toEqual(['fetch', '${h}']);
});

test('a here-document ends at the unindented delimiter, if that is within 4,096 characters', () => {
  const body = (length: number) =>
    outcomeOf(`curl -d @- http://a/ <<E\n  E\n${'x'.repeat(length)}\nE\n`).request?.body?.length;
  expect(body(4000)).toBe(4003);
  expect(body(5000)).toBe(0);
});
