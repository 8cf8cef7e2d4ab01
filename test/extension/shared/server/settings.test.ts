import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { type Extension, window } from 'vscode';
import { readSettings } from '../../../../src/extension/shared/server/settings';
import { fake } from '../../../support/vscode/index';

const packageJSON: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
const extension = { packageJSON } as Extension<unknown>;
const right = { port: 8080, maxConnections: 100, allowedOrigins: ['http://localhost:5173', 'http://localhost:*'] };
const warned: { message: string; buttons: string[] }[] = [];
let choice: string | undefined;

beforeEach(() => {
  [warned.length, fake.done.length, choice] = [0, 0, undefined];
  fake.settings = { ...right };
  fake.repositorySettings = {};
  Object.assign(window, {
    showWarningMessage: async (message: string, ...buttons: string[]) => {
      warned.push({ message, buttons });
      return choice;
    },
  });
});

test('valid settings are returned, without a message', () => {
  expect(readSettings(extension)).toEqual(right);
  expect(warned).toEqual([]);
});

test.each([
  ['port', 0],
  ['port', 65_535],
  ['maxConnections', 1],
  ['maxConnections', 65_535],
  ['allowedOrigins', []],
])('%s may be %j', (name, value) => {
  fake.settings[name] = value;
  expect(readSettings(extension)).toEqual({ ...right, [name]: value });
  expect(warned).toEqual([]);
});

test.each([
  ['port', -1, 8080],
  ['port', 65_536, 8080],
  ['port', 80.5, 8080],
  ['port', '80', 8080],
  ['port', null, 8080],
  ['maxConnections', 0, 1000],
  ['maxConnections', 65_536, 1000],
])('%s may not be %j: its default is used, and the range is told', (name, value, used) => {
  fake.settings[name] = value;
  expect(readSettings(extension)).toEqual({ ...right, [name]: used });
  const range = name === 'port' ? 'from 0 to 65535' : 'from 1 to 65535';
  const message = `The setting sseCounter.${name} must be a whole number ${range}, not ${JSON.stringify(value)}; ${used} is used.`;
  expect(warned).toEqual([{ message, buttons: ['Open Settings'] }]);
});

test.each([['http://a'], [['http://a', 5]], [['http://a', 'http://a/path']], [['a']], [{ 0: 'http://a', length: 1 }]])(
  'allowedOrigins may not be %j: the default is used',
  (value) => {
    fake.settings['allowedOrigins'] = value;
    expect(readSettings(extension).allowedOrigins).toEqual(
      ['http', 'https'].flatMap((scheme) => ['localhost', '127.0.0.1', '[::1]'].map((host) => `${scheme}://${host}:*`)),
    );
    expect(warned.map(({ message }) => message)).toEqual([
      `The setting sseCounter.allowedOrigins must be a list of origins such as http://localhost:5173 or http://localhost:*, not ${JSON.stringify(value)}; the default is used.`,
    ]);
  },
);

test('settings that the user has not set have their defaults, whatever a repository has put in their place', () => {
  fake.settings = { port: 9000 };
  fake.repositorySettings = {
    'sseCounter.port': 1024,
    'sseCounter.maxConnections': -1,
    'sseCounter.allowedOrigins': ['https://evil.test'],
  };
  const { allowedOrigins, ...rest } = readSettings(extension);
  expect(rest).toEqual({ port: 9000, maxConnections: 1000 });
  expect(allowedOrigins).toContain('http://localhost:*');
  expect(allowedOrigins).not.toContain('https://evil.test');
  expect(warned).toEqual([]);
});

test('of a long value the beginning is shown, so that the message says which default is used', () => {
  Object.assign(fake.settings, { port: 'x'.repeat(5e6), allowedOrigins: Array.from({ length: 10_000 }, () => 'x y') });
  expect(readSettings(extension)).toEqual({ ...right, port: 8080, allowedOrigins: expect.any(Array) });
  expect(warned[0]?.message).toMatch(/not "x{98}…; 8080 is used\. The setting .*; the default is used\.$/);
});

test('all invalid settings are in one message, whose button opens the settings', async () => {
  fake.settings = { port: -1, maxConnections: 0, allowedOrigins: 'http://a' };
  choice = 'Open Settings';
  readSettings(extension);
  expect(warned).toHaveLength(1);
  for (const name of ['port', 'maxConnections', 'allowedOrigins'])
    expect(warned[0]?.message).toContain(`.${name} must`);
  expect(warned[0]?.message).toContain('not "http://a"; the default is used.');
  await expect.poll(() => fake.done).toEqual([['workbench.action.openSettings', 'sseCounter']]);
});

test('a user who chooses no button gets no settings', async () => {
  fake.settings['port'] = -1;
  readSettings(extension);
  await new Promise((resolve) => setImmediate(resolve));
  expect(fake.done).toEqual([]);
});
