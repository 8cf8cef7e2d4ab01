// A text that is more than a URL, pasted into the URL field of a panel: the extension reads it, and fills in the form.
import { expect, onTestFinished, test, vi } from 'vitest';
import { env } from 'vscode';
import { AskedPerson } from '../../../support/inspector/askedPerson';
import { inspectByHand } from '../../../support/inspector/inspectByHand';
import { formOf, InspectorBench, latest, serveNoting } from '../../../support/inspector/inspectors';
import { eventually } from '../../../support/servers/testServer';
import { fake } from '../../../support/vscode/index';

test('the form is filled in with secrets masked, and nothing is sent before Connect', async () => {
  const { panel, bench } = await inspectByHand();
  const { url, asked } = await serveNoting();
  panel.say({
    type: 'paste',
    text: `$ curl ${url}x -o out \\\n  -H 'Authorization: Bearer k-secret' -d '{"a":1}' # more\n`,
  });
  await eventually(() => formOf(panel).url === `${url}x`);
  expect(latest(panel, 'form')).toMatchObject({
    form: { method: 'POST', body: '{"a":1}', reconnect: false },
    pasted: expect.stringMatching(/^The form was filled in from the pasted text\. Ignored here: -o\./),
  });
  expect(formOf(panel).headers).toContain('Authorization: Bearer •••');
  expect([asked, JSON.stringify(panel.posted).includes('k-secret')]).toEqual([[], false]);
  panel.say({ type: 'connect', form: formOf(panel) });
  await eventually(() => asked.length === 1);
  expect(asked[0]).toMatchObject({ method: 'POST', body: '{"a":1}', headers: { authorization: 'Bearer k-secret' } });
  expect(bench.questions).toEqual([]);
});

test('“Copy as fetch” is accepted as well', async () => {
  const { panel } = await inspectByHand();
  panel.say({ type: 'paste', text: 'fetch("http://127.0.0.1:1/f", {\n  "method": "PUT",\n  "body": "b"\n});' });
  await eventually(() => formOf(panel).method === 'PUT');
  expect(formOf(panel)).toMatchObject({ url: 'http://127.0.0.1:1/f', body: 'b' });
});

/** Returns a command so long that it is read in a worker thread. */
const long = (url: string) => `curl ${url} -d '${'x'.repeat(20_000)}'`;

test('of two pastes the later one is shown in the form, even if the first takes longer', async () => {
  const { panel } = await inspectByHand();
  panel.say({ type: 'paste', text: long('http://127.0.0.1:1/long') });
  panel.say({ type: 'paste', text: 'curl http://127.0.0.1:1/short' });
  await eventually(() => formOf(panel).url === 'http://127.0.0.1:1/short');
  panel.say({ type: 'paste', text: long('http://127.0.0.1:1/third') });
  await eventually(() => formOf(panel).url === 'http://127.0.0.1:1/third');
  const shown = panel.posted.flatMap((message) => (message.type === 'form' ? [message.form.url] : []));
  expect(shown).not.toContain('http://127.0.0.1:1/long');
});

test('a paste is given up when its panel is closed: nothing keeps a secret in it', async () => {
  const { panel, bench, url } = await inspectByHand();
  panel.say({ type: 'paste', text: `${long('http://127.0.0.1:1/a')} -H 'Authorization: Bearer k-secret'` });
  panel.dispose();
  // It is read behind the other one.
  const next = await bench.inspect(`${url}next`);
  next.say({ type: 'paste', text: long('http://127.0.0.1:1/b') });
  await eventually(() => formOf(next).url === 'http://127.0.0.1:1/b');
  expect([...bench.secrets.values()]).toEqual([]);
});

test('Connect during the reading of a paste sends nothing, with a message; an edit of the form ends the reading, with a message', async () => {
  const { panel } = await inspectByHand();
  const { url, asked } = await serveNoting();
  const form = { ...formOf(panel), url };
  panel.say({ type: 'paste', text: long('http://127.0.0.1:1/long') });
  panel.say({ type: 'connect', form });
  await eventually(
    () => latest(panel, 'badRequest')?.reason === 'Nothing was sent: the pasted text is still being read.',
  );
  await eventually(() => formOf(panel).url === 'http://127.0.0.1:1/long');
  expect(asked).toEqual([]);
  panel.say({ type: 'paste', text: long('http://127.0.0.1:1/other') });
  panel.say({ type: 'edited', form: { ...formOf(panel), url: 'http://127.0.0.1:1/typed' }, done: true });
  await eventually(() => latest(panel, 'badRequest')?.reason.startsWith('The form wasn’t filled in') === true);
  panel.say({ type: 'paste', text: 'curl http://127.0.0.1:1/last' });
  await eventually(() => formOf(panel).url === 'http://127.0.0.1:1/last');
  const shown = panel.posted.flatMap((message) => (message.type === 'form' ? [message.form.url] : []));
  expect(shown).not.toContain('http://127.0.0.1:1/other');
});

test('the problem of an invalid text is shown at the form, which stays as it is', async () => {
  const { panel, url } = await inspectByHand();
  panel.say({ type: 'paste', text: 'curl --no-such-option http://a/' });
  await eventually(() => latest(panel, 'badRequest') !== undefined);
  expect(latest(panel, 'badRequest')?.reason).toBe(
    'The given text can’t be used: The option --no-such-option of curl is not known here. Remove it to go on.',
  );
  expect(formOf(panel).url).toBe(url);
  panel.posted.length = 0;
  panel.say({ type: 'paste', text: 'x'.repeat(1024 * 1024 + 1) });
  await eventually(() => latest(panel, 'badRequest') !== undefined);
  expect(latest(panel, 'badRequest')?.reason).toContain('The text is longer than 1 MB.');
});

test('a text that our page would never send is logged, and nothing else happens', async () => {
  const { panel, bench } = await inspectByHand();
  bench.log.length = 0;
  panel.posted.length = 0;
  panel.say({ type: 'paste', text: 'x'.repeat(1024 * 1024 + 2) });
  panel.say({ type: 'paste', text: 5 } as never);
  expect(bench.log).toEqual(Array(2).fill('A page sent a malformed message: paste'));
  expect(panel.posted).toEqual([]);
});

test('its placeholders are asked for at once, and its values wait for Connect', async () => {
  const { panel } = await inspectByHand();
  const { url, asked } = await serveNoting();
  const person = new AskedPerson();
  panel.say({ type: 'paste', text: `curl ${url} -H "Authorization: Bearer $TOKEN"` });
  await person.give('k-secret');
  await eventually(() => formOf(panel).headers === 'Authorization: Bearer •••1');
  // The second form doesn't replace text that was typed meanwhile.
  expect(panel.posted.filter((message) => message.type === 'form').map(({ pasted }) => pasted !== undefined)).toEqual([
    ...Array(panel.posted.filter((message) => message.type === 'form').length - 2).fill(false),
    true,
    false,
  ]);
  expect(asked).toEqual([]);
  panel.say({ type: 'connect', form: formOf(panel) });
  await eventually(() => asked.length === 1);
  expect(asked[0]?.headers.authorization).toBe('Bearer k-secret');
});

test('a form that is edited while a long command is read with its value stays as edited, with a message', async () => {
  const { panel } = await inspectByHand();
  const person = new AskedPerson();
  panel.say({ type: 'paste', text: `${long('http://127.0.0.1:1/long')} -H "X-A: $TOKEN"` });
  await eventually(() => formOf(panel).headers.includes('X-A: $TOKEN'));
  const edited = { ...formOf(panel), url: 'http://127.0.0.1:1/typed' };
  await person.give('k-value');
  panel.say({ type: 'edited', form: edited, done: true });
  await eventually(() => latest(panel, 'badRequest')?.reason.startsWith('The values weren’t filled in') === true);
  expect(formOf(panel).headers).toContain('X-A: $TOKEN');
});

test('a value entered after the paste was undone, or the form edited, changes nothing, with a message', async () => {
  const { panel } = await inspectByHand();
  const { url } = await serveNoting();
  const person = new AskedPerson();
  const before = formOf(panel);
  panel.say({ type: 'paste', text: `curl ${url} -H "X-A: $TOKEN"` });
  await eventually(() => formOf(panel).headers === 'X-A: $TOKEN');
  panel.say({ type: 'edited', form: before, done: true });
  await eventually(() => latest(panel, 'keep')?.form.url === before.url);
  await person.give('value');
  await eventually(() => latest(panel, 'badRequest') !== undefined);
  expect(latest(panel, 'badRequest')?.reason).toBe('The values weren’t filled in: the form has been edited since.');
  expect(formOf(panel).headers).toBe('X-A: $TOKEN');
  expect(panel.posted.filter((message) => message.type === 'form').map(({ form }) => form.headers)).not.toContain(
    'X-A: value',
  );
});

test('a form restored to its state before the paste has its secrets again', async () => {
  const { url, asked } = await serveNoting();
  const bench = new InspectorBench();
  const panel = await bench.inspect(`curl ${url} -H 'Authorization: Bearer old-secret'`);
  await eventually(() => asked.length === 1);
  const before = formOf(panel);
  panel.say({ type: 'paste', text: `curl ${url}new -H 'X-Api-Key: new-secret'` });
  await eventually(() => formOf(panel).url === `${url}new`);
  panel.say({ type: 'edited', form: before, done: true });
  await eventually(() => latest(panel, 'keep')?.form.url === url);
  panel.say({ type: 'connect', form: before });
  await eventually(() => asked.length === 2);
  expect(asked[1]?.headers.authorization).toBe('Bearer old-secret');
  expect([...bench.secrets].join()).not.toContain('new-secret');
  expect(fake.errors).toEqual([]);
});

test('the clipboard is read for a page that is seen alone, which has the button', async () => {
  const { panel } = await inspectByHand();
  const readText = vi.spyOn(env.clipboard, 'readText').mockResolvedValue('curl http://127.0.0.1:1/copied');
  onTestFinished(() => readText.mockRestore());
  panel.show(false);
  panel.say({ type: 'paste' });
  // Messages are read in order.
  panel.say({ type: 'paste', text: 'curl http://127.0.0.1:1/given' });
  await eventually(() => formOf(panel).url === 'http://127.0.0.1:1/given');
  expect(readText).not.toHaveBeenCalled();
  panel.show(true);
  panel.say({ type: 'paste' });
  await eventually(() => formOf(panel).url === 'http://127.0.0.1:1/copied');
});
