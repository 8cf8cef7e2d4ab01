// Actions of the inspector outside of its panel: the clipboard, editors, files and messages.
import { existsSync, readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { env, Uri, window } from 'vscode';
import { temporaryFile } from '../../support/client/recordings';
import { inspectByHand } from '../../support/inspector/inspectByHand';
import { formOf, latest } from '../../support/inspector/inspectors';
import { eventually } from '../../support/servers/testServer';
import { fake } from '../../support/vscode/index';

beforeEach(() => {
  fake.done.length = 0;
});

test('an event is copied as it came, and its data are opened beside; for a missing event nothing happens', async () => {
  const { panel } = await inspectByHand('data: {\ndata: }\n\n');
  panel.say({ type: 'copyEvent', number: 2 });
  panel.say({ type: 'openData', number: 2 });
  panel.say({ type: 'copyEvent', number: 1 });
  await eventually(() => fake.done.length === 1);
  panel.say({ type: 'openData', number: 1 });
  await eventually(() => fake.done.length === 2);
  expect(fake.done).toEqual([
    ['copy', 'data: {\ndata: }\n\n'],
    ['show', { content: '{}', language: 'json' }, { viewColumn: -2, preview: true }],
  ]);
});

test('a failure is shown in a message and logged', async () => {
  const { panel, bench } = await inspectByHand('data: a\n\n');
  vi.spyOn(env.clipboard, 'writeText').mockRejectedValueOnce(new Error('There is no clipboard'));
  panel.say({ type: 'copyEvent', number: 1 });
  await eventually(() => fake.errors.length === 1);
  expect(fake.errors[0]).toContain('SSE Counter: There is no clipboard');
  expect(String(bench.log.at(-1))).toContain('There is no clipboard');
  expect(fake.done).toEqual([]);
});

test.each([
  ['ndjson', 'ndjson', 'NDJSON'],
  ['json', 'json', 'JSON'],
  ['sse', 'sse', 'Event Stream'],
] as const)('events are saved as %s, to a file that is asked for', async (format, ending, kind) => {
  const { panel } = await inspectByHand('data: a\n\n');
  const asked: { defaultUri: Uri; filters: unknown }[] = [];
  Object.assign(Uri, { file: Uri.parse });
  Object.assign(window, { showSaveDialog: async (options: never) => void asked.push(options) });
  panel.say({ type: 'save', format });
  await eventually(() => asked.length === 1);
  expect(asked[0]).toMatchObject({ title: 'Save Events', filters: { [kind]: [format] } });
  expect(asked[0]?.defaultUri.path).toMatch(new RegExp(`/127\\.0\\.0\\.1-[\\d-]{10}\\.${ending}$`));
});

test('a recording suggests the stream’s name; stopping without a recording does nothing', async () => {
  const { panel } = await inspectByHand();
  const asked: { title: string; defaultUri: Uri }[] = [];
  Object.assign(Uri, { file: Uri.parse });
  Object.assign(window, { showSaveDialog: async (options: never) => void asked.push(options) });
  panel.say({ type: 'record', recording: false });
  panel.say({ type: 'record', recording: true });
  await eventually(() => asked.length === 1);
  expect(asked[0]).toMatchObject({ title: 'Record Event Stream' });
  expect(asked[0]?.defaultUri.path).toMatch(/\/127\.0\.0\.1-[\d-]{10}\.sse$/);
});

test('events are saved with the request that was made, also where the panel is closed while the user is asked for the file', async () => {
  const { panel, url } = await inspectByHand('data: a\n\n');
  const path = temporaryFile('a.json');
  const withProgress = async (_: object, task: (progress: object, token: object) => Promise<unknown>) =>
    task({ report: () => undefined }, { isCancellationRequested: false });
  const showSaveDialog = async () => {
    panel.say({ type: 'edited', form: { ...formOf(panel), url: 'http://b/' }, done: true });
    await eventually(() => latest(panel, 'keep')?.form.url === 'http://b/');
    panel.dispose();
    return { scheme: 'file', fsPath: path, path };
  };
  Object.assign(window, { showSaveDialog, withProgress, showInformationMessage: async () => undefined });
  panel.say({ type: 'save', format: 'json' });
  await eventually(() => existsSync(path));
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ request: { url }, events: [{ data: 'a' }] });
});
