// Prompts, fences and comment marks around a pasted command.
import { expect, test } from 'vitest';
import {
  afterPrompt,
  withoutCommentMarks,
  withoutContinuations,
  withoutFences,
} from '../../../src/client/request/prompts';

test.each([
  ['bash', '> '],
  ['zsh', 'quote> '],
  ['zsh, within more', 'cmdsubst dquote> '],
  ['PowerShell', '>> '],
  ['cmd', 'More? '],
])('each continuation line of %s loses its prompt, up to the first line without one', (_, prompt) => {
  const pasted = `curl \\\n${prompt}-H 'a: b' \\\n${prompt}-d c \\\n${prompt}http://h/\necho > file\n${prompt}x`;
  expect(withoutContinuations(pasted, 0)).toBe(`curl \\\n-H 'a: b' \\\n-d c \\\nhttp://h/\necho > file\n${prompt}x`);
});

test('continuation lines to the end of the text lose their prompts, too', () => {
  expect(withoutContinuations('curl \\\n> -v \\\n> http://h/', 0)).toBe('curl \\\n-v \\\nhttp://h/');
});

test('a text whose next line has no prompt, or that has no next line, stays as it is', () => {
  for (const text of ['curl http://h/', 'curl \\\nhttp://h/\n> -v', 'curl http://h/\n'])
    expect(withoutContinuations(text, 0)).toBe(text);
});

test('continuation lines are those after the index', () => {
  const quoted = '> said he\n> and she\ncurl \\\n> http://h/';
  expect(withoutContinuations(quoted, quoted.indexOf('curl'))).toBe('> said he\n> and she\ncurl \\\nhttp://h/');
});

test.each([
  ['$ curl', 2],
  ['% curl', 2],
  ['❯ curl', 2],
  ['PS> curl', 4],
  ['PS C:\\Users\\ada> curl', 17],
  ['C:\\>curl', 4],
  ['ada@emden:~/tide$ curl', 18],
  ['[ada@emden tide]# curl', 18],
  ['(venv) $ curl', 9],
  ['bash-5.2$ curl', 10],
  ['➜  tide git:(main) curl', 19],
])('the command begins behind the prompt of %j', (text, at) => {
  expect(afterPrompt(text, 0)).toEqual({ at, hasPrompt: true });
});

test('blank lines and fences before a command are left behind, and are no prompt', () => {
  expect(afterPrompt('\n\n```sh\ncurl http://h/\n```', 0)).toEqual({ at: 8, hasPrompt: false });
  expect(afterPrompt('```\n\n~~~bash\n$ curl', 0)).toEqual({ at: 15, hasPrompt: true });
  expect(afterPrompt('$curl', 0)).toEqual({ at: 0, hasPrompt: false });
});

test('comment marks of the command and of the lines beside it are taken away, and no others', () => {
  const code = '// Ask:\n// curl \\\n//   -v http://h/\ncall(); // now\n// later';
  expect(withoutCommentMarks(code)).toBe('Ask:\ncurl \\\n  -v http://h/\ncall(); // now\n// later');
  expect(withoutCommentMarks('# a\n\n# curl http://h/\n-- b')).toBe('# a\n\ncurl http://h/\n-- b');
});

test('a command that stands outside of comments, or none at all, leaves the text alone', () => {
  expect(withoutCommentMarks('# curl http://a/\ncurl http://b/')).toBeUndefined();
  expect(withoutCommentMarks('# nothing')).toBeUndefined();
  expect(withoutCommentMarks('curl http://b/')).toBeUndefined();
});

test('fences are taken away wherever they stand', () => {
  expect(withoutFences('```sh\ncurl http://h/\n```\n')).toBe('curl http://h/');
  expect(withoutFences('  ~~~\ncurl -d "```" http://h/\n  ~~~')).toBe('curl -d "```" http://h/');
});
