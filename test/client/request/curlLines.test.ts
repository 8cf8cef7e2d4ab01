import { expect, test } from 'vitest';
import { curlCommand, publishCommand } from '../../../src/client/request/curlLines';

const url = 'http://127.0.0.1:8080/event';

test('the line that shows a stream is curl without buffering', () => {
  expect(curlCommand(url, 'linux')).toBe('curl -N http://127.0.0.1:8080/event');
  expect(curlCommand(url, 'darwin')).toBe('curl -N http://127.0.0.1:8080/event');
});

test('on Windows the program is named in full, since PowerShell’s curl is another', () => {
  expect(curlCommand(url, 'win32')).toBe('curl.exe -N http://127.0.0.1:8080/event');
});

test('a stream that is asked for by POST is posted for, with nothing', () => {
  expect(curlCommand(url, 'linux', 'POST')).toBe('curl -N -X POST http://127.0.0.1:8080/event');
});

test('the line that publishes needs no quotes, which each shell has its own of', () => {
  expect(publishCommand(url, 'linux')).toBe('curl -d hello http://127.0.0.1:8080/event');
  expect(publishCommand(url, 'win32')).toBe('curl.exe -d hello http://127.0.0.1:8080/event');
});
