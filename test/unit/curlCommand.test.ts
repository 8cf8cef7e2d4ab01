import { expect, test } from 'vitest';
import { curlCommand } from '../../src/server/curlCommand';

const url = 'http://127.0.0.1:8080/event';

test('the line that shows a stream is curl without buffering', () => {
  expect(curlCommand(url, 'linux')).toBe('curl -N http://127.0.0.1:8080/event');
  expect(curlCommand(url, 'darwin')).toBe('curl -N http://127.0.0.1:8080/event');
});

test('on Windows the program is named in full, since PowerShell’s curl is another', () => {
  expect(curlCommand(url, 'win32')).toBe('curl.exe -N http://127.0.0.1:8080/event');
});
