// A compromised page that sends arbitrary messages; and secrets that are added, removed or changed while others are kept.
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { window } from 'vscode';
import { listed, notesOn, subjectsOf } from '../../../src/client/requestNotes';
import type { RequestForm } from '../../../src/messages/inspector';
import { inEnglish } from '../../../src/text/translate';
import {
  EMPTY_FORM,
  formOf,
  InspectorBench,
  type InspectorPanel,
  latest,
  serveNoting,
  statusOf,
} from '../../support/inspector/inspectors';
import { readPasted } from '../../support/inspector/readPasted';
import { eventually } from '../../support/servers/testServer';

const isOpen = ({ state }: { state: string }) => state === 'open';

/** Sends that the form was edited, and resolves with the form that is kept. */
async function edit(panel: InspectorPanel, form: RequestForm, done = true): Promise<RequestForm> {
  const count = panel.posted.length;
  panel.say({ type: 'edited', form, done });
  await eventually(() => panel.posted.slice(count).some(({ type }) => type === 'keep'));
  return latest(panel, 'keep')?.form as RequestForm;
}

async function inspectWithKey(bench: InspectorBench, url: string): Promise<InspectorPanel> {
  const panel = await bench.inspect(`curl ${url} -H 'Authorization: Bearer sk-1'`);
  await statusOf(panel, isOpen);
  return panel;
}

async function refusalOf(panel: InspectorPanel): Promise<string> {
  await eventually(() => latest(panel, 'badRequest') !== undefined);
  return latest(panel, 'badRequest')?.reason ?? '';
}

function storedIn(bench: InspectorBench): string[] {
  return [...bench.secrets.values()].flatMap((text) => JSON.parse(text).map(({ value }: { value: string }) => value));
}

/** Starts a server on the default port, which counts its requests; undefined if a port below 1024 isn't permitted. */
async function servePlain(): Promise<{ host: string; asked: () => number } | undefined> {
  let count = 0;
  const server = createServer((_, response) => {
    count += 1;
    response.end();
  });
  const isListening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(80, '127.0.0.2', () => resolve(true));
  });
  if (!isListening) return undefined;
  onTestFinished(() => void server.close());
  return { host: '127.0.0.2', asked: () => count };
}

test('a secret of the path or the query is sent as user and password only if the user agrees, and never if it changes the host', async () => {
  const bench = new InspectorBench();
  const home = await serveNoting();
  const elsewhere = await servePlain();
  const panel = await inspectWithKey(bench, home.url);
  const edited = await edit(panel, { ...formOf(panel), url: `${home.url}?h=Bearer+127.0.0.2/x` });
  expect(edited.url).toBe(`${home.url}?h=Bearer+•••2`);
  const stolen = { ...formOf(panel), url: home.url.replace('//', '//•••2@') };
  panel.say({ type: 'connect', form: stolen });
  expect(await refusalOf(panel)).toContain('the secret •••2 was entered for');
  expect(bench.questions[0]?.detail).toBe('•••2: entered as a part of the URL, sent as user and password of the URL');
  bench.agrees = true;
  panel.posted.length = 0;
  panel.say({ type: 'connect', form: stolen });
  expect(await refusalOf(panel)).toBe('Nothing was sent: with its secrets, the URL leads elsewhere. Enter them again.');
  expect([home.asked.length, elsewhere?.asked() ?? 0]).toEqual([1, 0]);
});

test.each(['x/y', 'x?y', 'x#y', 'x\\y'])(
  'a header’s secret “%s” that would end the host before its time isn’t sent in the URL, whatever the user says',
  async (secret) => {
    const bench = new InspectorBench();
    bench.agrees = true;
    const home = await serveNoting();
    const panel = await bench.inspect(home.url);
    await statusOf(panel, isOpen);
    const form = await edit(panel, { ...formOf(panel), headers: `X-Api-Key: ${secret}` });
    panel.say({ type: 'connect', form: { ...form, url: home.url.replace('//', '//•••1@') } });
    expect(await refusalOf(panel)).toContain('the URL leads elsewhere');
    expect(home.asked).toHaveLength(1);
  },
);

test('an answer covers only the secrets asked about: for one added during the question, there is another question', async () => {
  const bench = new InspectorBench();
  const [home, evil] = [await serveNoting(), await serveNoting()];
  const panel = await inspectWithKey(bench, home.url);
  const base = formOf(panel);
  await edit(panel, { ...base, headers: `${base.headers}\nX-Api-Key: demo` });
  const answers: ((button: string | undefined) => void)[] = [];
  const details: string[] = [];
  Object.assign(window, {
    showWarningMessage: (_: string, { detail }: { detail: string }, _no: string, button: string) => {
      details.push(detail);
      return new Promise((resolve) => answers.push((said) => resolve(said === undefined ? said : button)));
    },
  });
  const form = { ...base, method: 'POST', url: evil.url, headers: 'X-Api-Key: •••2', body: '{"text":"•••3"}' };
  panel.say({ type: 'connect', form });
  await eventually(() => answers.length === 1);
  await edit(panel, { ...base, headers: 'Authorization: Bearer •••1x' });
  answers[0]?.('yes');
  await eventually(() => answers.length === 2);
  expect(details).toEqual([
    '•••2: the header x-api-key',
    '•••3: entered as the header authorization, sent as a part of the body',
  ]);
  // The second request doesn't pass between the two questions either.
  panel.say({ type: 'connect', form });
  answers[1]?.(undefined);
  expect(await refusalOf(panel)).toContain('the secret •••3 was entered for');
  expect([evil.asked.length, answers.length]).toEqual([0, 2]);
});

test('a token after a character that URL parsers strip is masked, also in the log and in the stored state', async () => {
  const bench = new InspectorBench();
  const home = await serveNoting();
  const panel = await bench.inspect(home.url);
  await statusOf(panel, isOpen);
  panel.say({
    type: 'connect',
    form: { ...formOf(panel), url: `\u0001 ${home.url.replace('//', '//TOKEN9@')}\u0002` },
  });
  await eventually(() => home.asked.length === 2 && bench.memory.has('sseCounter.recentRequests'));
  expect(home.asked[1]?.headers.authorization).toBe(`Basic ${Buffer.from('TOKEN9:').toString('base64')}`);
  expect(formOf(panel).url).toBe(home.url.replace('//', '//•••1@'));
  expect(JSON.stringify([panel.posted, bench.log, [...bench.memory.values()]])).not.toContain('TOKEN9');
});

test('a key that was edited but not sent doesn’t replace that of the recent request, and is deleted with its panel', async () => {
  const bench = new InspectorBench();
  const home = await serveNoting();
  const panel = await inspectWithKey(bench, home.url);
  await eventually(() => bench.memory.has('sseCounter.recentRequests'));
  await edit(panel, { ...formOf(panel), headers: 'Authorization: Bearer never-sent' });
  expect(storedIn(bench)).toEqual(['never-sent', 'sk-1']);
  const other = await bench.inspectRecent();
  await eventually(() => home.asked.length === 2);
  expect(home.asked[1]?.headers.authorization).toBe('Bearer sk-1');
  other.dispose();
  panel.dispose();
  await eventually(() => bench.secrets.size === 1);
  await eventually(() => !storedIn(bench).includes('never-sent'));
  expect(storedIn(bench)).toEqual(['sk-1']);
});

test('closing a panel with an edited key doesn’t change the listed key', async () => {
  const bench = new InspectorBench();
  const home = await serveNoting();
  const panel = await inspectWithKey(bench, home.url);
  await eventually(() => bench.memory.has('sseCounter.recentRequests'));
  await edit(panel, { ...formOf(panel), headers: 'Authorization: Bearer never-sent' });
  panel.dispose();
  await eventually(() => storedIn(bench).length === 1);
  expect(storedIn(bench)).toEqual(['sk-1']);
  await bench.inspectRecent();
  await eventually(() => home.asked.length === 2);
  expect(home.asked[1]?.headers.authorization).toBe('Bearer sk-1');
});

test('another key, which may identify another stream, gets no Last-Event-ID of the first', async () => {
  const bench = new InspectorBench();
  const home = await serveNoting();
  const panel = await bench.inspect(`${home.url}?key=room-a`);
  await statusOf(panel, ({ lastEventId }) => lastEventId === '7');
  panel.say({ type: 'disconnect' });
  const same = await edit(panel, { ...formOf(panel), headers: 'X-A: 1' });
  expect(same.lastEventId).toBe('7');
  const other = await edit(panel, { ...formOf(panel), url: `${home.url}?key=room-b` });
  expect(other.lastEventId).toBe('');
  panel.say({ type: 'connect', form: other });
  await eventually(() => home.asked.length === 2);
  expect(home.asked[1]).toMatchObject({ url: '/?key=room-b' });
  expect(home.asked[1]?.headers['last-event-id']).toBeUndefined();
});

test('nothing of a URL is stored before its host is complete, because it may be a token', async () => {
  const bench = new InspectorBench();
  const panel = bench.restore({ id: 'a', form: { ...EMPTY_FORM } });
  const token = 'hunter2secret';
  for (let length = 1; length <= token.length; length += 4)
    expect(await edit(panel, { ...EMPTY_FORM, url: `https://${token.slice(0, length)}` }, false)).toMatchObject({
      url: '',
    });
  const typed = await edit(panel, { ...EMPTY_FORM, url: `https://${token}@example.com/x` }, false);
  expect(typed.url).toBe('https://@example.com/x');
  expect((await edit(panel, { ...EMPTY_FORM, url: 'https://example.com/x' }, false)).url).toBe('https://example.com/x');
  expect((await edit(panel, { ...EMPTY_FORM, url: 'https://example.com' })).url).toBe('https://example.com');
  expect(JSON.stringify(panel.posted)).not.toContain('hunter');
});

test('headers named like a developer’s or vendor’s token are not sent after a redirect to another host', async () => {
  const bench = new InspectorBench();
  const there = await serveNoting();
  const home = await serveNoting((_, response) => response.writeHead(307, { Location: there.url }).end());
  await bench.inspect(
    `curl ${home.url} -H 'developer-token: S1' -H 'X-Splunk-Token: S2' -H 'One-Time-Token: S3' -H 'X-Honeycomb-Team: S4' -H 'X-Config: a="b", token="S5"' -H 'Referer: https://S6@a/' -H 'X-A: kept'`,
  );
  await eventually(() => there.asked.length === 1);
  expect(JSON.stringify(there.asked)).not.toMatch(/S\d/);
  expect(there.asked[0]?.headers['x-a']).toBe('kept');
});

test.each([
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
  ['curl http://a -H "Authorization: ${TOKEN:?SECRET}"', '$TOKEN'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
  ['curl http://a -H "Authorization: ${TOKEN#SECRET}"', '${TOKEN …}'],
  ['curl http://a -H "X: $(pass show SECRET)"', '$(pass …)'],
  ['curl http://a -H "X: $(date)"', '$(date)'],
  ['curl http://a -H "X: `echo SECRET`"', '`echo …`'],
])('of %j no value is shown where a placeholder is named', (text, name) => {
  expect(listed(subjectsOf(readPasted(text).parsed?.notes ?? [], 'placeholder'))).toBe(name);
});

test.each([
  ['curl http://a\nAPI_KEY: SECRET', 'Left out: API_KEY: …'],
  ['curl http://a && http :8080 Authorization:SECRET', 'Authorization: …'],
  ['curl http://a ; login u:SECRET', 'login u: …'],
  ['curl http://a\nAuthorization: Bearer SECRET', 'Left out: Authorization: …'],
  ['curl http://a\nX-Api-Key: a/SECRET', 'Left out: X-Api-Key: …'],
  ['curl http://a; export TOKEN=a\\ SECRET', 'Left out: ; export TOKEN=…'],
])('of %j no value is shown in a note', (text, note) => {
  const shown = notesOn(inEnglish, readPasted(text).parsed?.notes ?? []);
  expect(shown).toContain(note);
  expect(shown).not.toContain('SECRET');
});

test.each(['--pass:SECRET', '--proxy-user:SECRET', '--token=SECRET'])(
  'that curl has no option %s is said without its value',
  (option) => {
    const { problem } = readPasted(`curl http://a ${option}`);
    expect(problem).toContain(`The option ${option.slice(0, -6)}… of curl`);
  },
);
