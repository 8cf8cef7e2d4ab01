import { expect, test } from 'vitest';
import { curlCommand, publishCommand } from '../../../src/client/request/curlLines';

const url = 'http://127.0.0.1:8080/event';

test('the command that shows a stream turns off curl’s buffering', () => {
  expect(curlCommand(url, 'linux')).toBe('curl -N http://127.0.0.1:8080/event');
  expect(curlCommand(url, 'darwin')).toBe('curl -N http://127.0.0.1:8080/event');
});

test('on Windows curl is named in full, since PowerShell’s curl is another program', () => {
  expect(curlCommand(url, 'win32')).toBe('curl.exe -N http://127.0.0.1:8080/event');
});

test('a stream that needs POST gets a POST without a body', () => {
  expect(curlCommand(url, 'linux', 'POST')).toBe('curl -N -X POST http://127.0.0.1:8080/event');
});

test('the command that publishes needs no quotes, which differ between shells', () => {
  expect(publishCommand(url, 'linux')).toBe('curl -d hello http://127.0.0.1:8080/event');
  expect(publishCommand(url, 'win32')).toBe('curl.exe -d hello http://127.0.0.1:8080/event');
});
