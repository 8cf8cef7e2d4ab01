// A pasted command whose body is a file, which is read in the workspace only, and sent only after a question.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { window } from 'vscode';
import { readWorkspaceFile } from '../../../../src/extension/inspector/pasted/workspaceFile';
import { AskedPerson } from '../../../support/inspector/askedPerson';
import { isOpen } from '../../../support/inspector/inspectByHand';
import {
  formOf,
  InspectorBench,
  type InspectorPanel,
  latest,
  serveNoting,
  statusOf,
} from '../../../support/inspector/inspectors';
import { eventually } from '../../../support/servers/testServer';
import { fake, Uri } from '../../../support/vscode/index';

/** Folder that contains the workspace's folders, and files outside of them. */
let home: string;
let [one, two] = ['', ''];
const activeEditor = Object.getOwnPropertyDescriptor(window, 'activeTextEditor') ?? {};

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'sse-counter-body-')));
  [one, two] = [join(home, 'one'), join(home, 'two')];
  for (const folder of [one, two, join(one, 'deep')]) mkdirSync(folder);
  Object.assign(fake, { folders: [one, two], isTrusted: true });
  fake.panels.length = 0;
});

afterEach(() => {
  rmSync(home, { recursive: true });
  fake.folders = [];
  Object.defineProperty(window, 'activeTextEditor', activeEditor);
});

/** Makes an editor with that file the active one. */
function edit(path: string): void {
  const document = { uri: new Uri(path) };
  Object.defineProperty(window, 'activeTextEditor', { value: { document }, configurable: true });
}

/** Inspects the text. Modal dialogs are answered as the bench says. */
async function paste(text: string, bench = new InspectorBench()) {
  bench.agrees = true;
  const panel = await bench.inspect(text);
  return { bench, panel };
}

const reasonAt = (panel: InspectorPanel) => latest(panel, 'badRequest')?.reason;

test('a file is sent after a question that names its real path, its size and the host, and is stored nowhere', async () => {
  const { url, host, asked } = await serveNoting();
  const text = `{"password":"file-secret","text":"${'x'.repeat(1170)}"}`;
  writeFileSync(join(two, 'real.json'), text);
  symlinkSync(join(two, 'real.json'), join(one, 'req.json'));
  const { bench, panel } = await paste(`curl ${url} -H 'Authorization: Bearer k-secret' --json @req.json`);
  await statusOf(panel, isOpen);
  expect(bench.questions).toEqual([
    { message: `Send the file ${join(two, 'real.json')} (1.2 kB) to ${host}?`, detail: '', button: `Send to ${host}` },
  ]);
  expect(asked).toMatchObject([{ method: 'POST', body: text, headers: { 'content-type': 'application/json' } }]);
  expect(formOf(panel)).toMatchObject({ body: '', bodyFile: 'req.json' });
  await eventually(() => bench.memory.has('sseCounter.recentRequests'));
  const kept = JSON.stringify([panel.posted, [...bench.memory], [...bench.secrets], bench.log]);
  expect(kept).not.toMatch(/file-secret|xxx/);
  expect(kept).toContain('k-secret');
});

test('a copied command has a note that it lacks the body, which is read from a file', async () => {
  const { url } = await serveNoting();
  writeFileSync(join(one, 'req.json'), 'a');
  const { panel } = await paste(`curl ${url} -d @req.json`);
  await statusOf(panel, isOpen);
  panel.say({ type: 'copyCurl' });
  await eventually(() => latest(panel, 'copied') !== undefined);
  expect(latest(panel, 'copied')?.note).toBe('Copied without the body, which is read from req.json');
});

test('if the user declines, nothing is sent, and the panel says so; Connect asks again', async () => {
  const { url, host, asked } = await serveNoting();
  const path = join(one, 'req.json');
  writeFileSync(path, 'a');
  const bench = new InspectorBench();
  const panel = await bench.inspect(`curl ${url} -d @req.json`);
  expect(reasonAt(panel)).toBe(
    `Nothing was sent: you didn’t allow the file ${path} to go to ${host}. Connect asks again.`,
  );
  expect(asked).toEqual([]);
  bench.agrees = true;
  panel.say({ type: 'connect', form: formOf(panel) });
  await eventually(() => asked.length === 1);
  expect(asked[0]?.body).toBe('a');
});

test('a file is read for each request; the question is repeated for changed content, and for another host', async () => {
  const [here, there] = [await serveNoting(), await serveNoting()];
  writeFileSync(join(one, 'a'), '1');
  const { bench, panel } = await paste(`curl ${here.url} -d @a`);
  await statusOf(panel, isOpen);
  const connect = async (url: string, count: number) => {
    panel.say({ type: 'connect', form: { ...formOf(panel), url } });
    await eventually(() => here.asked.length + there.asked.length === count);
  };
  await connect(here.url, 2);
  expect(bench.questions).toHaveLength(1);
  writeFileSync(join(one, 'a'), '2');
  await connect(here.url, 3);
  expect(bench.questions).toHaveLength(2);
  await connect(there.url, 4);
  expect(bench.questions.at(-1)?.message).toContain(there.host);
  expect([...here.asked, ...there.asked].map(({ body }) => body)).toEqual(['1', '1', '2', '2']);
});

test('placeholders are asked for first, so that the question names the final host', async () => {
  const { host, asked } = await serveNoting();
  writeFileSync(join(one, 'a'), 'text');
  const bench = new InspectorBench();
  bench.agrees = true;
  const person = new AskedPerson();
  const done = bench.inspector.inspect('curl http://$HOST/ -H "Authorization: Bearer $TOKEN" -d @a');
  await person.give(host, 'k');
  await done;
  await eventually(() => asked.length === 1);
  expect(asked).toMatchObject([{ body: 'text', headers: { authorization: 'Bearer k' } }]);
  expect(bench.questions.map(({ message }) => message)).toEqual([`Send the file ${join(one, 'a')} (4 B) to ${host}?`]);
});

test('each of several files has its question, and they are joined as by curl', async () => {
  const { url, asked } = await serveNoting();
  writeFileSync(join(one, 'a'), '1\n');
  writeFileSync(join(one, 'b'), '2\n');
  const { bench, panel } = await paste(`curl ${url} -d @a -d x=1 --data-binary @b`);
  await statusOf(panel, isOpen);
  expect(bench.questions).toHaveLength(2);
  expect([asked[0]?.body, formOf(panel).bodyFile]).toEqual(['1&x=1&2\n', 'a, b']);
});

test('after a reload the panel says that the file has to be given again; nothing is sent without it', async () => {
  const { url, asked } = await serveNoting();
  writeFileSync(join(one, 'a'), 'text');
  const { bench, panel } = await paste(`curl ${url} -d @a`);
  await statusOf(panel, isOpen);
  const state = latest(panel, 'form');
  const again = new InspectorBench(bench);
  const back = again.restore(JSON.parse(JSON.stringify({ id: state?.id, form: state?.form })));
  const reason =
    'Nothing was sent: the body is the text of a, which is not remembered. Paste the command again, or write a body in its place.';
  expect(reasonAt(back)).toBe(reason);
  back.posted.length = 0;
  back.say({ type: 'connect', form: state?.form ?? formOf(back) });
  await eventually(() => reasonAt(back) === reason);
  expect(asked).toHaveLength(1);
  const { bodyFile: _, ...form } = state?.form ?? formOf(back);
  back.say({ type: 'connect', form: { ...form, body: 'typed' } });
  await eventually(() => asked.length === 2);
  expect(asked[1]?.body).toBe('typed');
});

test('a recent request that had a file isn’t sent without it', async () => {
  const { url, asked } = await serveNoting();
  writeFileSync(join(one, 'a'), 'text');
  const { bench } = await paste(`curl ${url} -d @a`);
  await eventually(() => asked.length === 1 && bench.memory.has('sseCounter.recentRequests'));
  const panel = await bench.inspectRecent();
  expect(reasonAt(panel)).toContain('Nothing was sent: the body is the text of a, which is not remembered.');
  expect(asked).toHaveLength(1);
});

test('a redirect to another host doesn’t take it along', async () => {
  const there = await serveNoting();
  const home = await serveNoting((_, response) => response.writeHead(307, { Location: there.url }).end());
  writeFileSync(join(one, 'a'), 'harmless');
  const { panel } = await paste(`curl ${home.url} -d @a`);
  const { nextStep } = await statusOf(panel, ({ nextStep }) => nextStep !== undefined);
  expect([nextStep?.step, there.asked]).toEqual(['sendTo', []]);
});

test('if the request is continued in another way, the file’s text stays out of the form', async () => {
  const { url, asked } = await serveNoting((_, response) =>
    response.writeHead(200, { 'Content-Type': 'a/b' }).end('x'),
  );
  writeFileSync(join(one, 'a'), 'file-text');
  const { bench, panel } = await paste(`curl ${url} -d @a`);
  await statusOf(panel, ({ nextStep }) => nextStep?.step === 'readAsStream');
  panel.say({ type: 'nextStep', step: 'readAsStream' });
  await eventually(() => asked.length === 2);
  expect(asked[1]?.body).toBe('file-text');
  expect(JSON.stringify([panel.posted, [...bench.memory]])).not.toContain('file-text');
});

test('a file’s text in the URL would be stored, so nothing is sent', async () => {
  writeFileSync(join(one, 'a'), 'X-A: file-text');
  const { panel } = await paste('curl http://127.0.0.1:1/ -G -d @a');
  expect(reasonAt(panel)).toBe(
    'Nothing was sent: a file can be the body of a request, and no part of its URL or headers. Write its text there, and remove the file.',
  );
  expect(JSON.stringify(panel.posted)).not.toContain('file-text');
});

test('a relative path is looked up in the active editor’s folder, and then in each workspace folder', async () => {
  writeFileSync(join(two, 'only'), 'two');
  for (const [folder, text] of [
    [one, 'one'],
    [two, 'two'],
    [join(one, 'deep'), 'deep'],
    [home, 'outside'],
  ] as const)
    writeFileSync(join(folder, 'a'), text);
  const read = async (named: string, first?: string) => (await readWorkspaceFile(named, first)).text;
  expect(await read('a')).toBe('one');
  expect(await read('only')).toBe('two');
  expect(await read('a', join(one, 'deep'))).toBe('deep');
  expect(await read('../../two/a', join(one, 'deep'))).toBe('two');
  expect(await read('only', join(one, 'deep'))).toBe('two');
  expect(await read(join(two, 'a'))).toBe('two');
  // Because the editor's file isn't in the workspace.
  expect(await read('a', home)).toBe('one');
});

test('the folder is that of the editor that was active at the time of the paste', async () => {
  const { url, asked } = await serveNoting();
  writeFileSync(join(one, 'a'), 'one');
  writeFileSync(join(one, 'deep', 'a'), 'deep');
  edit(join(one, 'deep', 'notes.md'));
  await paste(`curl ${url} -d @a`);
  await eventually(() => asked.length === 1);
  expect(asked[0]?.body).toBe('deep');
});

test.each([
  ['a path of another place', () => join(home, 'a')],
  ['one that leads out', () => '../a'],
  ['one that leads out, and in again by a link', () => '../in'],
  ['a link to a file outside', () => 'link'],
  ['a file behind a link to a folder outside', () => 'folder/a'],
  ['a sibling whose name begins as the folder’s', () => '../one-more/a'],
])('%s is outside of the workspace, and not asked about', async (_, named) => {
  mkdirSync(join(home, 'one-more'));
  writeFileSync(join(home, 'a'), 'outside');
  writeFileSync(join(home, 'one-more', 'a'), 'outside');
  symlinkSync(join(home, 'a'), join(one, 'link'));
  symlinkSync(home, join(one, 'folder'));
  writeFileSync(join(one, 'inside'), 'inside');
  symlinkSync(join(one, 'inside'), join(home, 'in'));
  const { bench, panel } = await paste(`curl http://127.0.0.1:1/ -d @${named()}`);
  expect(reasonAt(panel)).toBe(
    `Nothing was sent: ${named()} is outside of the workspace. Open the folder that it is in, or write a body in its place.`,
  );
  expect(bench.questions).toEqual([]);
});

test('in Restricted Mode no file is read, and the panel says so', async () => {
  writeFileSync(join(one, 'a'), 'text');
  fake.isTrusted = false;
  const { bench, panel } = await paste('curl http://127.0.0.1:1/ -d @a');
  expect(reasonAt(panel)).toMatch(/^Nothing was sent: no file is read in Restricted Mode\. Trust the workspace/);
  expect(bench.questions).toEqual([]);
});

test.each([
  ['of no folder', [], 'to read a, open the folder that it is in.'],
  ['of a folder elsewhere', ['/folder/'], 'to read a, open the folder that it is in.'],
  ['that is gone', ['/nowhere/at/all'], 'to read a, open the folder that it is in.'],
])('in a workspace %s none is read', async (_, folders, reason) => {
  fake.folders = folders;
  await expect(readWorkspaceFile('a', undefined)).rejects.toThrow(`Nothing was sent: ${reason}`);
});

test('a missing file, a folder, a pipe, and a file that isn’t UTF-8 are refused in words', async () => {
  execFileSync('mkfifo', [join(one, 'pipe')]);
  symlinkSync(join(one, 'loop'), join(one, 'loop'));
  writeFileSync(join(one, 'latin'), Buffer.from([0x61, 0xe9]));
  const reason = async (named: string) => {
    const error: unknown = await readWorkspaceFile(named, undefined).catch((caught) => caught);
    return (error as Error).message;
  };
  expect(await reason('none')).toContain('there is no file none in the workspace. Correct its path');
  expect(await reason('deep')).toContain('deep is a folder, a device or a pipe.');
  expect(await reason('pipe')).toContain('pipe is a folder, a device or a pipe.');
  expect(await reason('latin')).toContain('latin isn’t valid UTF-8, and bodies are text here.');
  expect(await reason('loop')).toContain('loop can’t be read: a link that leads to itself');
  expect(await reason('a\0b')).toContain('can’t be read: ');
});

test('a file of 1 MB is read, but a larger one refused in words', async () => {
  writeFileSync(join(one, 'a'), 'x'.repeat(1024 * 1024));
  expect(await readWorkspaceFile('a', undefined)).toMatchObject({ size: 1024 * 1024, path: join(one, 'a') });
  writeFileSync(join(one, 'a'), 'x'.repeat(1024 * 1024 + 1));
  await expect(readWorkspaceFile('a', undefined)).rejects.toThrow('a is larger than 1 MB.');
});

test('twenty files are read, but none of more', async () => {
  const { url, asked } = await serveNoting();
  const options = Array.from({ length: 21 }, (_, index) => {
    writeFileSync(join(one, `f${index}`), String(index % 10));
    return `-d @f${index}`;
  });
  await paste(`curl ${url} ${options.slice(1).join(' ')}`);
  await eventually(() => asked.length === 1);
  const { panel } = await paste(`curl ${url} ${options.join(' ')}`);
  expect(reasonAt(panel)).toBe('Nothing was sent: no more than 20 files are read for one request. Name fewer.');
  expect(asked).toHaveLength(1);
});

test('a long path is cut in its middle, so that the host stays visible', async () => {
  const { url, host, asked } = await serveNoting();
  const deep = join(one, ...Array.from({ length: 4 }, (_, index) => String(index).repeat(200)));
  mkdirSync(deep, { recursive: true });
  writeFileSync(join(deep, 'name.json'), 'a');
  const { bench } = await paste(`curl ${url} -d @${join(deep, 'name.json')}`);
  await eventually(() => asked.length === 1);
  expect(bench.questions[0]?.message).toMatch(
    new RegExp(`^Send the file ${one}/0+….*name\\.json \\(1 B\\) to ${host}\\?$`),
  );
});

test('after a paste is undone, the body is that of the previous command, even if both name the same file', async () => {
  const [a, b] = [await serveNoting(), await serveNoting()];
  writeFileSync(join(one, 'req.json'), '{"q":1}');
  const { panel } = await paste(`curl ${a.url} --json @req.json`);
  await statusOf(panel, isOpen);
  const before = formOf(panel);
  panel.say({ type: 'paste', text: `curl ${b.url} -d client_secret=b-secret -d @req.json` });
  await eventually(() => formOf(panel).url === b.url);
  expect(formOf(panel).bodyFile).toBe('req.json (2)');
  panel.say({ type: 'edited', form: before, done: true });
  panel.say({ type: 'connect', form: before });
  await eventually(() => a.asked.length === 2);
  expect(a.asked.map(({ body }) => body)).toEqual(['{"q":1}', '{"q":1}']);
});

test('the parts of a body that aren’t files are sent to no other host', async () => {
  const [a, b] = [await serveNoting(), await serveNoting()];
  writeFileSync(join(one, 'req.json'), '{"q":1}');
  const { panel } = await paste(`curl ${a.url} -d client_secret=a-secret -d @req.json`);
  await statusOf(panel, isOpen);
  panel.say({ type: 'connect', form: { ...formOf(panel), url: b.url } });
  await eventually(() => reasonAt(panel) !== undefined);
  expect(reasonAt(panel)).toBe(
    `Nothing was sent: the body has more than a file, and was pasted for ${new URL(a.url).origin}. Paste the command with the new address.`,
  );
  expect(b.asked).toEqual([]);
});
