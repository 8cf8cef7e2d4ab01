import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { env, window } from 'vscode';
import { StreamAddress } from '../../../../src/extension/shared/server/streamAddress';
import { fake } from '../../../support/vscode/index';

const said: [text: string, milliseconds: number][] = [];

beforeEach(() => {
  [said.length, fake.done.length] = [0, 0];
  const setStatusBarMessage = (text: string, milliseconds: number) => void said.push([text, milliseconds]);
  Object.assign(window, { setStatusBarMessage });
});

test('the stream is below the server’s root, and requested by GET', () => {
  const address = new StreamAddress('http://127.0.0.1:8080/');
  expect([address.url, address.method]).toEqual(['http://127.0.0.1:8080/event', 'GET']);
  expect(address.curl).toContain('http://127.0.0.1:8080/event');
  expect(address.publish).toContain('http://127.0.0.1:8080/event');
});

test('for a stream requested by POST, curl uses POST, and publishes to another path', () => {
  const address = new StreamAddress('http://127.0.0.1:8080/', 'POST');
  expect([address.url, address.method]).toEqual(['http://127.0.0.1:8080/event', 'POST']);
  expect(address.curl).toContain('POST');
  expect(address.publish).toContain('http://127.0.0.1:8080/publish');
});

test('each text can be copied, which the status bar shows for 3 s', async () => {
  const address = new StreamAddress('http://127.0.0.1:8080/');
  await address.copyUrl();
  await address.copyCurl();
  await address.copyPublish();
  expect(fake.done).toEqual([
    ['copy', address.url],
    ['copy', address.curl],
    ['copy', address.publish],
  ]);
  expect(said).toHaveLength(3);
  expect(said[0]).toEqual([`Copied: ${address.url}`, 3000]);
});

test('curl is run in a new terminal, which is shown', () => {
  const made: unknown[] = [];
  const createTerminal = (name: string) => {
    made.push(name);
    return { show: () => void made.push('shown'), sendText: (text: string) => void made.push(text) };
  };
  Object.assign(window, { createTerminal });
  const address = new StreamAddress('http://127.0.0.1:8080/');
  address.runCurl();
  expect(made).toEqual(['SSE Counter: curl', 'shown', address.curl]);
});

test('curl is quoted for the shell that terminals have when it is run, not for that of before', async () => {
  const sent: string[] = [];
  const createTerminal = () => ({ show: () => undefined, sendText: (text: string) => void sent.push(text) });
  Object.assign(window, { createTerminal });
  onTestFinished(() => void Object.assign(env, { shell: '' }));
  const address = new StreamAddress('http://127.0.0.1:8080/', 'GET', "/a';id");
  Object.assign(env, { shell: '/usr/bin/pwsh' });
  address.runCurl();
  expect(sent).toEqual(["curl -N 'http://127.0.0.1:8080/a'';id'"]);
  await address.copyCurl();
  await address.copyPublish();
  expect(fake.done).toEqual([
    ['copy', sent[0]],
    ['copy', "curl -d hello 'http://127.0.0.1:8080/a'';id'"],
  ]);
});

test('in Restricted Mode, no terminal is opened where a repository’s settings have a part in it, which is said', () => {
  const [made, warned]: [unknown[], string[]] = [[], []];
  Object.assign(window, {
    createTerminal: (name: string) => {
      made.push(name);
      return { show: () => undefined, sendText: () => undefined };
    },
    showWarningMessage: async (text: string) => void warned.push(text),
  });
  const address = new StreamAddress('http://127.0.0.1:8080/');
  const set = (repositorySettings: object, isTrusted: boolean) =>
    Object.assign(fake, { repositorySettings, isTrusted });
  onTestFinished(() => void set({}, true));
  set({ terminal: { integrated: { profiles: {} } } }, false);
  address.runCurl();
  expect(made).toEqual([]);
  expect(warned).toEqual([expect.stringMatching(/^No terminal was opened in Restricted Mode: the settings of this/)]);
  set({ terminal: { integrated: { profiles: {} } } }, true);
  address.runCurl();
  set({}, false);
  address.runCurl();
  expect(made).toHaveLength(2);
  expect(warned).toHaveLength(1);
});

test('a browser opens the server’s root', async () => {
  await new StreamAddress('http://127.0.0.1:8080/').openInBrowser();
  expect(fake.done).toEqual([['open', 'http://127.0.0.1:8080/']]);
});

test.skipIf(process.platform === 'win32')('a path of a file’s is quoted for the shell of the user', () => {
  const path = '/a;id';
  Object.assign(env, { shell: '/bin/bash' });
  expect(new StreamAddress('http://127.0.0.1:8080/', 'GET', path).curl).toBe("curl -N 'http://127.0.0.1:8080/a;id'");
  Object.assign(env, { shell: '/usr/bin/pwsh' });
  expect(new StreamAddress('http://127.0.0.1:8080/', 'GET', path).publish).toBe(
    "curl -d hello 'http://127.0.0.1:8080/a;id'",
  );
  Object.assign(env, { shell: '' });
});
