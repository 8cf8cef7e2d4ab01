// The inspector's commands: ways to choose a stream.
import { beforeEach, expect, test } from 'vitest';
import { Position, Range, window } from 'vscode';
import { requestDigest } from '../../../src/messages/requestDigest';
import { isOpen, serveByHand } from '../../support/inspector/inspectByHand';
import { formOf, InspectorBench, type InspectorPanel, latest, statusOf } from '../../support/inspector/inspectors';
import { eventually } from '../../support/servers/testServer';
import { fake } from '../../support/vscode/index';

/** Options of the input boxes that were shown. */
const asked: { value: string; prompt: string; validateInput(text: string): Promise<string | undefined> }[] = [];
/** Text that is typed into the box. */
let typed: string | undefined;

beforeEach(() => {
  [asked.length, fake.panels.length, typed] = [0, 0, undefined];
  Object.assign(window, {
    showInputBox: async (options: (typeof asked)[number]) => {
      asked.push(options);
      return typed;
    },
  });
});

const newPanel = () => {
  const panel = fake.panels.at(-1) as unknown as InspectorPanel;
  panel.load();
  return panel;
};

test('the command asks for a stream in a box, which explains why a text is invalid, and inspects it', async () => {
  const bench = new InspectorBench();
  const { url } = await serveByHand();
  typed = `curl ${url}`;
  await bench.inspector.inspect();
  const [box] = asked;
  expect(box).toMatchObject({ value: '', title: 'Inspect Event Stream', placeHolder: 'https://example.com/events' });
  expect(await box?.validateInput('ftp://a/')).toBe('Only http: and https: can be requested, not ftp:');
  expect(await box?.validateInput(' ')).toBeUndefined();
  expect(await box?.validateInput(typed)).toBeUndefined();
  expect(formOf(newPanel()).url).toBe(url);
});

test('a user who cancels gets no panel, and one who enters nothing an empty one, which sends nothing', async () => {
  const bench = new InspectorBench();
  await bench.inspector.inspect();
  expect(fake.panels).toEqual([]);
  typed = ' ';
  expect(await bench.inspector.inspect()).toBeUndefined();
  expect(asked).toHaveLength(2);
  const panel = newPanel();
  expect(formOf(panel)).toMatchObject({ method: 'GET', url: '' });
  await statusOf(panel, ({ state }) => state === 'idle');
});

test('the offers of an empty panel paste from the clipboard, and run the commands for others', async () => {
  const bench = new InspectorBench();
  typed = '';
  await bench.inspector.inspect();
  const panel = newPanel();
  fake.readClipboard = async () => 'curl http://127.0.0.1:1/events -H "A: b"';
  panel.say({ type: 'paste' });
  await eventually(() => formOf(panel).url !== '');
  expect(formOf(panel)).toMatchObject({ url: 'http://127.0.0.1:1/events', headers: 'A: b' });
  fake.readClipboard = async () => 'x'.repeat(3 * 1024 * 1024);
  panel.say({ type: 'paste' });
  await eventually(() => latest(panel, 'badRequest') !== undefined);
  expect(latest(panel, 'badRequest')?.reason).toContain('longer than 1 MB');
  panel.say({ type: 'offer', offer: 'recent' });
  panel.say({ type: 'offer', offer: 'counter' });
  await eventually(() => fake.done.length >= 2);
  expect(fake.done.slice(-2).map(([command]) => command)).toEqual([
    'sseCounter.inspectRecent',
    'sseCounter.inspectCounter',
  ]);
});

test('a given text is inspected without a question; an invalid one is put into the box', async () => {
  const bench = new InspectorBench();
  const { url } = await serveByHand();
  await bench.inspector.inspect(url);
  expect(asked).toEqual([]);
  await statusOf(newPanel(), isOpen);
  await bench.inspector.inspect('ftp://a/');
  expect(asked[0]?.value).toBe('ftp://a/');
  expect(fake.panels).toHaveLength(1);
});

test.each([
  ['marks', `a${'\u0301'.repeat(30_000)}`],
  ['blanks', `${' '.repeat(100_000)}a`],
])('of one that a box would hang with, for its %s, the problem alone is said', async (_, tail) => {
  await new InspectorBench().inspector.inspect(`curl http://127.0.0.1:1/ --no-such ${tail}`);
  expect(asked).toMatchObject([{ value: '', prompt: expect.stringContaining('The given text can’t be used: ') }]);
  expect(asked[0]?.prompt).toContain('--no-such');
  expect(asked[0]?.prompt.length).toBeLessThan(400);
});

test('a command’s parts without effect are reported, and the request is made', async () => {
  const bench = new InspectorBench();
  const warned: string[] = [];
  Object.assign(window, { showWarningMessage: async (text: string) => void warned.push(text) });
  const { url } = await serveByHand();
  await bench.inspector.inspect(`curl ${url} -o file`);
  expect(warned).toEqual(['Pasted request: Ignored here: -o.']);
  await statusOf(newPanel(), isOpen);
});

test('Record asks for a stream, inspects it and asks for the file of its recording', async () => {
  const bench = new InspectorBench();
  const { url } = await serveByHand();
  typed = url;
  const files: { title: string }[] = [];
  Object.assign(window, { showSaveDialog: async (options: { title: string }) => void files.push(options) });
  await bench.inspector.record();
  expect(formOf(newPanel()).url).toBe(url);
  expect(files).toMatchObject([{ title: 'Record Event Stream' }]);
  // In a panel that the user works in, nothing is asked but the file.
  Object.assign(fake.panels[0] ?? {}, { active: true });
  await bench.inspector.record();
  expect([asked.length, fake.panels.length, files.length]).toEqual([1, 1, 2]);
});

test('Record does nothing more where no stream is given', async () => {
  await new InspectorBench().inspector.record();
  expect(fake.panels).toEqual([]);
});

/** Inspects what is selected of lines. */
async function inspectSelected(lines: readonly string[], selection: object): Promise<InspectorBench> {
  const bench = new InspectorBench();
  const lineAt = (line: number) => ({ text: lines[line], range: new Range(line, 0, line, lines[line]?.length ?? 0) });
  // VS Code makes one text of it, which takes a second.
  const getText = () => expect.fail('All of it was read.');
  const value = {
    selection,
    document: {
      lineAt: (at: number | Position) => lineAt(typeof at === 'number' ? at : at.line),
      getText,
      lineCount: lines.length,
    },
  };
  const own = Object.getOwnPropertyDescriptor(window, 'activeTextEditor');
  Object.defineProperty(window, 'activeTextEditor', { value, configurable: true });
  await bench.inspector.inspectSelection().finally(() => {
    Object.defineProperty(window, 'activeTextEditor', own ?? {});
  });
  return bench;
}

test('what is selected in the editor is inspected, also of several lines', async () => {
  const { url } = await serveByHand();
  const [start, end] = [new Position(1, 1), new Position(3, url.length + 2)];
  await inspectSelected(['', '> curl \\', ' -X POST \\', `  ${url}<`], { isEmpty: false, start, end });
  expect([asked, formOf(newPanel())]).toEqual([[], expect.objectContaining({ url, method: 'POST' })]);
});

test('where nothing is selected, the cursor’s line is inspected', async () => {
  const { url } = await serveByHand();
  await inspectSelected(['a', 'b', `  ${url} `], { isEmpty: true, active: new Position(2, 1) });
  expect([asked, formOf(newPanel()).url]).toEqual([[], url]);
});

test('of millions of selected lines, no more is read than it takes to say that they are too many', async () => {
  const [start, end] = [new Position(0, 0), new Position(5_000_000, 0)];
  const lines = new Array<string>(5_000_001).fill('curl http://a.test/ -d x');
  await inspectSelected(lines, { isEmpty: false, start, end });
  expect(asked[0]).toMatchObject({ value: '', prompt: expect.stringContaining('The given text can’t be used: ') });
});

test('without an editor, the command asks for a stream', async () => {
  await new InspectorBench().inspector.inspectSelection();
  expect(asked[0]?.value).toBe('');
});

test('the recent requests are offered with method, URL and headers; a user who picks none gets no panel', async () => {
  const bench = new InspectorBench();
  const { url } = await serveByHand();
  await bench.inspect(`curl -k ${url} -H 'A: b' -H 'Authorization: k'`);
  await eventually(() => bench.memory.has('sseCounter.recentRequests'));
  const offered: unknown[] = [];
  fake.pick = (items) => void offered.push(...items);
  await bench.inspector.inspectRecent();
  expect(offered).toMatchObject([{ label: url, description: 'GET', detail: 'A: b · Authorization: •••1' }]);
  expect(fake.panels).toHaveLength(1);
  // Invalid certificates were accepted only for the request that said so.
  expect((await bench.inspectRecent()) && formOf(newPanel()).insecure).toBe(false);
});

test('without recent requests, the command asks for a stream', async () => {
  await new InspectorBench().inspector.inspectRecent();
  expect(asked).toHaveLength(1);
});

test('after the extension host was killed, a new panel continues with the page’s state', async () => {
  const bench = new InspectorBench();
  const { url, asked: requests } = await serveByHand();
  const form = { method: 'GET', url, headers: '', body: '', lastEventId: '5', insecure: false, reconnect: true };
  await bench.inspector.goOn({ id: 'a', form });
  await statusOf(newPanel(), isOpen);
  expect(requests[0]?.headers['last-event-id']).toBe('5');
  await expect(bench.inspector.goOn({ id: 'a' })).rejects.toThrow('The panel’s state can’t be read.');
  expect(fake.panels).toHaveLength(1);
});

test('a request too large for a link is found by reference, with its secrets, if it is unchanged since it was sent', async () => {
  const bench = new InspectorBench();
  const { url, asked: requests } = await serveByHand();
  const body = `{"api_key":"secret-k","text":"${'x'.repeat(500_000)}"}`;
  const panel = await bench.inspect(`curl ${url} -H 'Authorization: Bearer k' -d '${body}'`);
  await statusOf(panel, isOpen);
  await eventually(() => bench.memory.has('sseCounter.recentRequests'));
  const [{ form, id } = { form: formOf(panel), id: '' }] = panel.posted.filter((message) => message.type === 'form');
  const next = new InspectorBench(bench);
  const reference = { id, digest: requestDigest(form), lastEventId: '5' };
  await next.inspector.goOn(reference);
  await eventually(() => requests.length === 2);
  expect(requests[1]).toMatchObject({ body, headers: { 'authorization': 'Bearer k', 'last-event-id': '5' } });
  const changed = { ...reference, digest: requestDigest({ ...form, body: `${form.body.slice(0, -3)}y"}` }), id: 'b' };
  await expect(next.inspector.goOn(changed)).rejects.toThrow('has changed since it was sent');
  expect(requests).toHaveLength(2);
});

test.each(['method', 'url', 'headers', 'body', 'insecure', 'reconnect'] as const)(
  'a request whose %s differs is another; its Last-Event-ID makes none',
  (name) => {
    const form = {
      method: 'GET',
      url: 'u',
      headers: 'h',
      body: 'b',
      lastEventId: '',
      insecure: false,
      reconnect: true,
    };
    const value = form[name];
    const other = typeof value === 'string' ? value.toLowerCase().replace(/.$/, 'z') : !value;
    expect(requestDigest({ ...form, [name]: other })).not.toBe(requestDigest(form));
    expect(requestDigest({ ...form, lastEventId: '7' })).toBe(requestDigest(form));
    expect(requestDigest({ ...form, url: 'uh', headers: '' })).not.toBe(requestDigest(form));
  },
);

test('a panel whose page had not saved its state is closed, without a log entry', () => {
  const bench = new InspectorBench();
  const panel = bench.restore(undefined);
  expect([panel.posted, bench.log]).toEqual([[], []]);
  expect(() => panel.visible).toThrow('disposed');
});
