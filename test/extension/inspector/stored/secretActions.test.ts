// Single secrets that the user shows or copies, and commands with and without them.
import { beforeEach, expect, test, vi } from 'vitest';
import { window } from 'vscode';
import { shellOf } from '../../../../src/extension/shared/server/userShell';
import type { MaskPlace } from '../../../../src/messages/secrets';
import {
  formOf,
  InspectorBench,
  type InspectorPanel,
  latest,
  serveNoting,
  statusOf,
} from '../../../support/inspector/inspectors';
import { eventually } from '../../../support/servers/testServer';
import { fake } from '../../../support/vscode/index';

const isOpen = ({ state }: { state: string }) => state === 'open';

beforeEach(() => {
  fake.done.length = 0;
});

async function inspect(bench: InspectorBench, options = `-H 'Authorization: Bearer sk-1'`) {
  const server = await serveNoting((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Set-Cookie': ['a=cookie-1', 'b=cookie-2'] });
    response.write('id: 7\ndata: a\n\n');
  });
  const panel = await bench.inspect(`curl ${server.url} ${options}`);
  await statusOf(panel, isOpen);
  await eventually(() => latest(panel, 'masks') !== undefined && latest(panel, 'response') !== undefined);
  return { panel, ...server };
}

/** Returns the location of a masked header of the response that the page shows. @param index among the masked ones */
function masked(panel: InspectorPanel, index: number): MaskPlace {
  return { header: latest(panel, 'response')?.masked[index] ?? -1 };
}

const posted = (panel: InspectorPanel) => JSON.stringify(panel.posted);
const copies = () => fake.done.filter(([name]) => name === 'copy').map(([, text]) => text);
/** Resolves when all messages sent before have been handled. */
const settled = (panel: InspectorPanel) => {
  const count = panel.posted.length;
  panel.say({ type: 'wire', generation: 0, from: 0, to: 1 });
  return eventually(() => panel.posted.slice(count).some(({ type }) => type === 'wire'));
};

test('the page receives the form’s masks with their locations, but no secret', async () => {
  const { panel } = await inspect(new InspectorBench(), `-H 'X-Api-Key: k-secret' -d '{"password":"p-secret"}'`);
  expect(latest(panel, 'masks')?.masks).toEqual([
    { number: 1, place: 'the header x-api-key' },
    { number: 2, place: 'password in the body' },
  ]);
  expect(posted(panel)).not.toMatch(/-secret|cookie-/);
});

test('a secret is shown, and no other with it, if the user agrees in VS Code; there is one question for each', async () => {
  const bench = new InspectorBench();
  const { panel } = await inspect(bench, `-H 'X-Api-Key: k-secret' -H 'Authorization: Bearer a-secret'`);
  panel.say({ type: 'showSecret', at: { mask: 1 } });
  await eventually(() => bench.questions.length === 1);
  await settled(panel);
  expect(bench.questions[0]).toMatchObject({ message: 'Show the secret of the header x-api-key?', button: 'Show' });
  expect(posted(panel)).not.toContain('-secret');
  bench.agrees = true;
  for (let time = 0; time < 2; time += 1) {
    const shown = () => panel.posted.filter(({ type }) => type === 'secret');
    panel.say({ type: 'showSecret', at: { mask: 1 } });
    await eventually(() => shown().length > time);
    expect(shown().at(-1)).toEqual({ type: 'secret', at: { mask: 1 }, text: 'k-secret' });
  }
  expect(bench.questions).toHaveLength(2);
  expect(posted(panel)).not.toContain('a-secret');
  expect(JSON.stringify([bench.log, [...bench.memory]])).not.toContain('-secret');
});

test('a secret is copied if the user agrees, without reaching the page; permission to copy isn’t permission to show', async () => {
  const bench = new InspectorBench();
  const said = vi.spyOn(window, 'setStatusBarMessage');
  const { panel } = await inspect(bench);
  panel.say({ type: 'copySecret', at: { mask: 1 } });
  await eventually(() => bench.questions.length === 1);
  await settled(panel);
  expect([bench.questions[0]?.message, copies()]).toEqual(['Copy the secret of the header authorization?', []]);
  bench.agrees = true;
  panel.say({ type: 'copySecret', at: { mask: 1 } });
  await eventually(() => latest(panel, 'copied') !== undefined);
  expect(latest(panel, 'copied')).toEqual({ type: 'copied', what: { mask: 1 }, note: 'Copied' });
  expect([copies(), bench.questions.length]).toEqual([['sk-1'], 2]);
  expect(said).toHaveBeenLastCalledWith('Copied: the secret of the header authorization', expect.anything());
  expect(posted(panel)).not.toContain('sk-1');
  panel.say({ type: 'showSecret', at: { mask: 1 } });
  await eventually(() => latest(panel, 'secret') !== undefined);
  expect(bench.questions).toHaveLength(3);
  // Now the page has the secret.
  panel.say({ type: 'copySecret', at: { mask: 1 } });
  await eventually(() => copies().length === 2);
  expect(bench.questions).toHaveLength(3);
});

test('masked headers of a response are shown and copied one by one, and others aren’t secrets', async () => {
  const bench = new InspectorBench();
  const { panel } = await inspect(bench);
  bench.agrees = true;
  panel.say({ type: 'showSecret', at: masked(panel, 1) });
  await eventually(() => latest(panel, 'secret') !== undefined);
  expect(latest(panel, 'secret')?.text).toBe('b=cookie-2');
  expect(bench.questions[0]?.message).toBe('Show the secret of the header Set-Cookie?');
  panel.say({ type: 'copySecret', at: masked(panel, 0) });
  await eventually(() => copies().length === 1);
  expect(copies()).toEqual(['a=cookie-1']);
  expect(posted(panel)).not.toContain('cookie-1');
  panel.say({ type: 'showSecret', at: { header: 0 } });
  await settled(panel);
  expect(bench.questions).toHaveLength(2);
});

test.each<MaskPlace>([{ mask: 0 }, { mask: 2 }, { mask: 1e15 }, { header: 1e15 }])(
  'of %j, which is no mask, nothing is asked or shown',
  async (at) => {
    const bench = new InspectorBench();
    bench.agrees = true;
    const { panel } = await inspect(bench);
    for (const type of ['showSecret', 'copySecret'] as const) panel.say({ type, at });
    await settled(panel);
    expect([bench.questions, copies(), latest(panel, 'secret')]).toEqual([[], [], undefined]);
  },
);

test.each([{}, { mask: '1' }, { mask: -1 }, { mask: 1.5 }, { header: null }, undefined])(
  'a message for a secret at %j is malformed',
  async (at) => {
    const bench = new InspectorBench();
    const { panel } = await inspect(bench);
    panel.say({ type: 'showSecret', at } as never);
    await eventually(() => bench.log.some((line) => line.includes('malformed message: showSecret')));
    expect(bench.questions).toEqual([]);
  },
);

test('a hidden page gets no secret, and causes no question', async () => {
  const bench = new InspectorBench();
  bench.agrees = true;
  const { panel } = await inspect(bench);
  panel.show(false);
  for (const type of ['showSecret', 'copySecret'] as const) panel.say({ type, at: { mask: 1 } });
  panel.show(true);
  await settled(panel);
  expect([bench.questions, copies(), latest(panel, 'secret')]).toEqual([[], [], undefined]);
});

test('a secret that has left the form during the question isn’t shown, and there is no second question meanwhile', async () => {
  const bench = new InspectorBench();
  const { panel } = await inspect(bench);
  let response: (button: string) => void = () => undefined;
  let asked = 0;
  Object.assign(window, {
    showWarningMessage: () => {
      asked += 1;
      return new Promise((resolve) => {
        response = resolve;
      });
    },
  });
  panel.say({ type: 'showSecret', at: { mask: 1 } });
  panel.say({ type: 'copySecret', at: { mask: 1 } });
  await eventually(() => asked === 1);
  panel.say({ type: 'edited', form: { ...formOf(panel), headers: '' }, done: true });
  await eventually(() => latest(panel, 'masks')?.masks.length === 0);
  response('Show');
  await settled(panel);
  expect([asked, latest(panel, 'secret'), copies()]).toEqual([1, undefined, []]);
});

test('a request without secrets is copied as it is sent, without a question but with a note', async () => {
  const bench = new InspectorBench();
  const said = vi.spyOn(window, 'setStatusBarMessage');
  const { panel, url } = await inspect(bench, '');
  panel.say({ type: 'connect', form: { ...formOf(panel), lastEventId: '7' } });
  await eventually(() => formOf(panel).lastEventId === '7');
  panel.say({ type: 'copyCurl' });
  await eventually(() => latest(panel, 'copied') !== undefined);
  const command = `curl -N ${url} -H 'Accept: text/event-stream' -H 'Last-Event-ID: 7'`;
  expect(copies()).toEqual([command]);
  expect(latest(panel, 'copied')).toEqual({ type: 'copied', what: 'curl', note: 'Copied' });
  expect(said).toHaveBeenLastCalledWith(`Copied: ${command}`, expect.anything());
  expect(bench.questions).toEqual([]);
});

test('a request with secrets is copied with variables for them, or with them, as the user chooses in VS Code', async () => {
  const bench = new InspectorBench();
  const said = vi.spyOn(window, 'setStatusBarMessage');
  const { panel, url } = await inspect(bench);
  panel.say({ type: 'copyCurl' });
  await eventually(() => bench.questions.length === 1);
  await settled(panel);
  expect([copies(), latest(panel, 'copied')]).toEqual([[], undefined]);
  expect(bench.questions[0]).toEqual({
    message: 'Copy the curl command with the secrets of the request?',
    detail: 'Without them, it begins with lines to be filled in: AUTHORIZATION.',
    button: 'Copy without',
  });
  bench.agrees = 'Copy without';
  panel.say({ type: 'copyCurl' });
  await eventually(() => copies().length === 1);
  bench.agrees = 'Copy with Secrets';
  panel.say({ type: 'copyCurl' });
  await eventually(() => copies().length === 2);
  const accept = `-H 'Accept: text/event-stream'`;
  expect(copies()).toEqual([
    `AUTHORIZATION=''\ncurl -N ${url} -H "Authorization: Bearer $AUTHORIZATION" ${accept}`,
    `curl -N ${url} -H 'Authorization: Bearer sk-1' ${accept}`,
  ]);
  const notes = panel.posted.flatMap((message) => (message.type === 'copied' ? [message.note] : []));
  expect(notes).toEqual(['Copied. To be filled in: AUTHORIZATION', 'Copied with secrets']);
  expect(JSON.stringify([said.mock.calls, panel.posted, bench.log])).not.toContain('sk-1');
});

test('a copied event is reported as such; a missing one isn’t', async () => {
  const { panel } = await inspect(new InspectorBench());
  panel.say({ type: 'copyEvent', number: 2 });
  panel.say({ type: 'copyEvent', number: 1 });
  await eventually(() => latest(panel, 'copied') !== undefined);
  expect(panel.posted.filter(({ type }) => type === 'copied')).toEqual([
    { type: 'copied', what: 'event', note: 'Copied' },
  ]);
});

test.each<[string, NodeJS.Platform, string]>([
  ['C:\\Windows\\System32\\cmd.exe', 'win32', 'cmd'],
  ['C:\\WINDOWS\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', 'win32', 'powershell'],
  ['C:\\Program Files\\PowerShell\\7\\pwsh.exe', 'win32', 'powershell'],
  ['', 'win32', 'powershell'],
  ['C:\\Program Files\\Git\\bin\\bash.exe', 'win32', 'posix'],
  ['C:\\Windows\\System32\\wsl.exe', 'win32', 'posix'],
  ['/usr/bin/fish', 'linux', 'posix'],
  ['/usr/bin/pwsh', 'darwin', 'pwsh'],
])('a command for the shell “%s” of %s is one for %s', (path, platform, shell) => {
  expect(shellOf(path, platform)).toBe(shell);
});
