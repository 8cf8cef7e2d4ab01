import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { parseRequest } from '../../../src/client/request/curl';
import { curlCommand, publishCommand } from '../../../src/client/request/curlLines';
import { filePath } from '../../../src/folder/filePath';
import { parseScript } from '../../../src/script/parseScript';

const url = 'http://127.0.0.1:8080/event';

test('the command that shows a stream turns off curl’s buffering', () => {
  expect(curlCommand(url, 'posix')).toBe('curl -N http://127.0.0.1:8080/event');
  expect(curlCommand(url, 'pwsh')).toBe('curl -N http://127.0.0.1:8080/event');
});

test('on Windows curl is named in full, since PowerShell’s curl is another program', () => {
  expect(curlCommand(url, 'powershell')).toBe('curl.exe -N http://127.0.0.1:8080/event');
  expect(curlCommand(url, 'cmd')).toBe('curl.exe -N http://127.0.0.1:8080/event');
});

test('a stream that needs POST gets a POST without a body', () => {
  expect(curlCommand(url, 'posix', 'POST')).toBe('curl -N -X POST http://127.0.0.1:8080/event');
});

test('the command that publishes sends a word', () => {
  expect(publishCommand(url, 'posix')).toBe('curl -d hello http://127.0.0.1:8080/event');
  expect(publishCommand(url, 'powershell')).toBe('curl.exe -d hello http://127.0.0.1:8080/event');
});

/** Paths that a file's `:@ path` may say, and names that a file of a folder may have. */
const PATHS = [
  ...['/a;touch$IFS$9x', '/$(id)', '/a&id', "/a'$(id)'b", '/a(b)', '/!!', '/*,+=:@.~', '/%41'].map(
    (said) => parseScript(Buffer.from(`:@ path ${said}\n\ndata: 1\n\n`)).reply.path ?? expect.fail(said),
  ),
  ...['a|id.sse', '[a-z].sse', '`id`.sse', '$(id)/b.sse', '"&id&".sse', "'.sse", 'a\nid.sse', '‘;id;’.sse'].map(
    filePath,
  ),
];

test.skipIf(process.platform === 'win32')('no path that a file says runs anything in a terminal', () => {
  for (const path of PATHS)
    for (const [command, words] of [
      [curlCommand(`http://127.0.0.1:8080${path}`, 'posix'), ['-N']],
      [publishCommand(`http://127.0.0.1:8080${path}`, 'posix'), ['-d', 'hello']],
    ] as const) {
      const stub = `curl() { printf '%s\\n' "$@"; }\n${command}\n`;
      const passed = execFileSync('bash', ['--norc', '-c', stub], { encoding: 'utf8' }).trimEnd().split('\n');
      expect(passed.filter((word) => word !== '-g')).toEqual([...words, `http://127.0.0.1:8080${path}`]);
    }
});

test('an apostrophe of a path ends no word in Nushell and Elvish, which count as POSIX: a backslash is a letter there', () => {
  expect(curlCommand(`http://127.0.0.1:8080/a';id;'`, 'posix')).toBe(`curl -N 'http://127.0.0.1:8080/a'"'"';id;'"'"''`);
});

test('the command is read back as the request that it makes, whatever the path', () => {
  for (const path of PATHS)
    for (const shell of ['posix', 'cmd', 'powershell'] as const) {
      const command = curlCommand(`http://127.0.0.1:8080${path}`, shell, 'POST');
      expect(parseRequest(command).request).toMatchObject({ method: 'POST', url: `http://127.0.0.1:8080${path}` });
    }
});

test('in cmd and PowerShell, what a path would run is quoted', () => {
  expect(curlCommand('http://127.0.0.1:8080/a&calc&', 'cmd')).toBe('curl.exe -N "http://127.0.0.1:8080/a&calc&"');
  expect(curlCommand('http://127.0.0.1:8080/a;calc', 'powershell')).toBe("curl.exe -N 'http://127.0.0.1:8080/a;calc'");
  expect(curlCommand('http://127.0.0.1:8080/%41%PATH%41', 'cmd')).toBe(
    'curl.exe -N "http://127.0.0.1:8080/%"4"1%"P"ATH%"4"1"',
  );
  expect(publishCommand('http://127.0.0.1:8080/$(calc)', 'pwsh')).toBe("curl -d hello 'http://127.0.0.1:8080/$(calc)'");
});

test('curl takes brackets of a path for themselves', () => {
  expect(curlCommand('http://127.0.0.1:8080/[1-9]', 'posix')).toBe("curl -N -g 'http://127.0.0.1:8080/[1-9]'");
  expect(publishCommand('http://127.0.0.1:8080/[1-9]', 'posix')).toBe("curl -d hello -g 'http://127.0.0.1:8080/[1-9]'");
});
