// An event from a stranger, as it goes to the clipboard, to an editor, or into a file if it is too large for these.
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { TabInputWebview, ViewColumn, window } from 'vscode';
import type { Inspection } from '../../../../src/client/inspection';
import { DataDocuments } from '../../../../src/extension/inspector/saving/dataDocuments';
import { EventActions } from '../../../../src/extension/inspector/saving/eventActions';
import { SaveDialog } from '../../../../src/extension/inspector/saving/saveDialog';
import { Turns } from '../../../../src/turns/turns';
import { streamByHand } from '../../../support/client/recordedByHand';
import { temporaryFile } from '../../../support/client/recordings';
import { eventually } from '../../../support/servers/testServer';
import { longTest } from '../../../support/time/longRun';
import { FakeDocuments } from '../../../support/vscode/documents';
import { fake, Uri } from '../../../support/vscode/index';

const MB = 1024 * 1024;

/** Warnings with a button, and whether the user chooses that. */
const warnings: { text: string; button: string }[] = [];
let chooses = false;
/** Options of the file dialog. */
let asked: { title: string; defaultUri: { path: string } } | undefined;
let file = '';

beforeEach(() => {
  [warnings.length, chooses, asked, file] = [0, false, undefined, ''];
  Object.assign(fake, { done: [], documents: new FakeDocuments(), folder: tmpdir() });
  fake.errors.length = 0;
  Object.assign(window, {
    showWarningMessage: async (text: string, button: string) => {
      warnings.push({ text, button });
      return chooses ? button : undefined;
    },
    showInformationMessage: async () => undefined,
    showSaveDialog: async (options: NonNullable<typeof asked>) => {
      asked = options;
      return { scheme: 'file', fsPath: file, path: file };
    },
  });
});

/** Returns actions on the events of a stream of orders. */
function actionsFor(inspection: Inspection) {
  const options = { turns: new Turns(), dialog: new SaveDialog(), documents: new DataDocuments() };
  return new EventActions(inspection, options, () => 'http://localhost/orders?room=1');
}

/** Returns actions on event number 1, which has those data, a field for each line. */
async function actionsOn(data: string, before = '') {
  const { inspection, write } = await streamByHand();
  const block = `${before}${data.replace(/^/gm, 'data: ')}\n\n`;
  write(block);
  await eventually(() => inspection.history.count === 1);
  return { inspection, block, actions: actionsFor(inspection) };
}

const withoutSpace = (text: string) => text.replace(/\s/g, '');

/** Returns the documents that were opened, without the space by which JSON is indented. */
function opened() {
  const made = fake.documents.made as { content: string; language: string }[];
  return made.map(({ content, language }) => ({ content: withoutSpace(content), language }));
}

test('JSON has a line for each member, and the tab is named after stream and event', async () => {
  const { actions } = await actionsOn('{"a":1.0,"a":[],"b":{"c":[12345678901234567890,"x:, {\\""]}}');
  await actions.openData(1);
  const content =
    '{\n  "a": 1.0,\n  "a": [],\n  "b": {\n    "c": [\n      12345678901234567890,\n      "x:, {\\""\n    ]\n  }\n}';
  expect(fake.documents.made).toEqual([{ content, language: 'json' }]);
  const [show, , options] = fake.done.at(-1) ?? [];
  expect([show, options]).toEqual(['show', { viewColumn: ViewColumn.Beside, preview: true }]);
  expect(decodeURIComponent(fake.documents.opens.at(-1) ?? '')).toMatch(/^sse-data:\/\.sse-data\/[^/]+\/orders #1$/);
});

test.each([
  ['{"a":1', '{"a":1'],
  ['{"a":1]}', '{"a":1]}'],
  [`[${'['.repeat(120)}1${']'.repeat(120)}]`, `[${'['.repeat(120)}1${']'.repeat(120)}]`],
])(
  'what isn’t JSON, or would be too deep for an editor when indented, stays as it came: case %#',
  async (data, shown) => {
    const { actions } = await actionsOn(data);
    await actions.openData(1);
    expect(fake.documents.made).toEqual([{ content: shown, language: expect.any(String) }]);
  },
);

test('after its host was killed, a document isn’t that of a window’s tab that stayed open, which has the data of then', async () => {
  // VS Code opens a document that it has again, without asking for its text.
  for (const content of ['of then', 'of now']) await new DataDocuments().show({ title: 'orders #1', content });
  const opened = fake.documents.opens.slice(-2);
  expect(new Set(opened).size).toBe(2);
  for (const uri of opened) expect(uri).toMatch(/^sse-data:\/\.sse-data\/[^/]+\/orders%20%231$/);
});

test('a text is kept until its document is closed, but not when only its language changes; and no more than 50', async () => {
  const documents = new DataDocuments();
  await documents.show({ title: 'a #1', content: 'a' });
  const [uri] = fake.documents.opens.slice(-1);
  fake.files.documents.push({ uri: new Uri(uri ?? '') } as never);
  fake.documents.closed.fire({ uri: new Uri(uri ?? '') } as never);
  expect(documents.size).toBe(1);
  fake.files.documents.pop();
  fake.documents.closed.fire({ uri: new Uri(uri ?? '') } as never);
  expect(documents.size).toBe(0);
  for (let count = 0; count < 60; count += 1) await documents.show({ title: 'a #1', content: 'a' });
  expect(documents.size).toBe(50);
  documents.dispose();
  expect(documents.size).toBe(0);
});

test.each([
  [[{ isActive: true, panel: true }], ViewColumn.Beside],
  [[{ isActive: true, panel: true }, { panel: true }], 3],
  [[{ isActive: true, panel: true }, { panel: true }, {}], 3],
  [[{}, { isActive: true, panel: true }], 1],
])(
  'data are not opened over another panel: case %#',
  async (groups: { isActive?: boolean; panel?: boolean }[], column) => {
    const all = groups.map(({ isActive = false, panel }, index) => ({
      isActive,
      viewColumn: index + 1,
      activeTab: panel ? { input: new TabInputWebview('sseCounter.inspector') } : undefined,
    }));
    Object.assign(window.tabGroups, { all });
    await new DataDocuments().show({ title: 'a #1', content: 'a' });
    expect(fake.done.at(-1)?.[2]).toEqual({ viewColumn: column, preview: true });
    Object.assign(window.tabGroups, { all: [] });
  },
);

test.each([
  ['a few words', 'sse-data'],
  ['{"a":[1]}', 'json'],
  [`[${`${'['.repeat(95)}${']'.repeat(95)},`.repeat(5)}0]`, 'json'],
  [`[${`${'['.repeat(90)}${']'.repeat(90)},\n`.repeat(50)}0]`, 'json'],
  [`a\n${' '.repeat(200)}x\n${'\t'.repeat(25)}y`, 'sse-data'],
  [`[${'{"a":"a word, or two"},'.repeat(9999)}0]`, 'json'],
  [`[${'{"a":1},'.repeat(9999)}0]`, 'json'],
  ['x'.repeat(MB), 'sse-data'],
  ['a\n'.repeat(49_999), 'sse-data'],
  // A minified line, of which an editor draws the beginning.
  [`{"text":"${'ab '.repeat(300_000)}"}`, 'json'],
  [`{"text":"${'日本語の文章です。'.repeat(3000)}"}`, 'json'],
  [`{"text":"${'\u0645\u0631\u062d\u0628\u0627 '.repeat(600)}"}`, 'json'],
  [`${'['.repeat(100)}${']'.repeat(100)}`, 'json'],
  ['[('.repeat(50), 'sse-data'],
  [`[${'1,'.repeat(700)}1]`, 'json'],
  // A click into such a line took six seconds when it was highlighted: it is indented.
  [`[${'1,'.repeat(4900)}1]`, 'json'],
])('ordinary data are opened beside the panel: case %#', async (content, language) => {
  const { actions } = await actionsOn(content);
  await actions.openData(1);
  expect(opened()).toEqual([{ content: withoutSpace(content), language }]);
  expect(warnings).toEqual([]);
});

const LONG = `"x":"${'x'.repeat(70_000)}"`;

test.each([
  '{"$schema":"http://a/"}',
  ' {"a":{},"\\u0024schem\\u0061" : "http://a/"}',
  '{"$schema":"http://a/","$schema":1}',
  `{"$schema":"http://a/",${LONG}}`,
  `{${LONG},"\\u0024schema":"http://a/"}`,
  `{${LONG},"$\\u0073chema":"http://a/"}`,
  `{${LONG},"$s\\u0063hema":"http://a/"}`,
  // VS Code recognizes these, too.
  `{$schema:"http://a/",${LONG}}`,
  `{"$s\\xchema":"http://a/",${LONG}}`,
])('data that name a schema aren’t opened as JSON, since VS Code would ask for it: case %#', async (content) => {
  const { actions } = await actionsOn(content);
  await actions.openData(1);
  expect(opened()).toEqual([{ content: withoutSpace(content), language: 'sse-data' }]);
});

test.each([
  '{"tools":[{"inputSchema":{"$schema":"http://a/"}}]}',
  '["$schema"]',
  'null',
  `{"$set":1,"price":"$5","schema":2,${LONG}}`,
])('data that only look like it are: case %#', async (content) => {
  const { actions } = await actionsOn(content);
  await actions.openData(1);
  expect(opened()).toEqual([{ content: withoutSpace(content), language: 'json' }]);
});

test.each([
  [
    'marks on 60 lines',
    Array.from({ length: 60 }, () => `a${'\u0301'.repeat(9990)}`).join('\n'),
    /hard to draw/,
    'txt',
  ],
  ['one line of marks', `a${'\u0301'.repeat(9990)}`, /hard to draw/, 'txt'],
  ['many lines of some marks', `a${'\u0301'.repeat(400)}\n`.repeat(100), /hard to draw/, 'txt'],
  ['marks within JSON', JSON.stringify({ text: '\u0301'.repeat(9000) }), /hard to draw/, 'json'],
  ['two directions', 'a\u05d0'.repeat(5000), /hard to draw/, 'txt'],
  ['16 MB of controls in one line', '\u0001'.repeat(15_900_000), /more than 1 MB/, 'txt'],
  ['1 MB of controls in one line', '\u0001'.repeat(MB), /more than 1 MB/, 'txt'],
  ['a million brackets', '['.repeat(MB), /too many brackets/, 'txt'],
  ['20,001 brackets', `[${'{"a":1},'.repeat(10_000)}0]`, /too many brackets/, 'json'],
  ['brackets in brackets', `${'['.repeat(251)}${']'.repeat(251)}`, /too many brackets/, 'json'],
  ['5,001 links', 'http://a.b '.repeat(5001), /too many links, colors or merge conflicts/, 'txt'],
  ['links of another kind', 'vscode://a\n'.repeat(5001), /too many links, colors or merge conflicts/, 'txt'],
  [
    'merge conflicts',
    '<<<<<<< a\n=======\n>>>>>>> b\n'.repeat(501),
    /too many links, colors or merge conflicts/,
    'txt',
  ],
  ['colors', '#fff '.repeat(5001), /too many links, colors or merge conflicts/, 'txt'],
  ['colors in words', 'HSLA(1,1%,1%,1) '.repeat(5001), /too many links, colors or merge conflicts/, 'txt'],
  ['brackets that close none', `[${'[)'.repeat(300)}]`, /too many brackets/, 'json'],
  ['blanks in the middle of lines', `x${' '.repeat(9990)}\n`.repeat(49), /hard to draw/, 'txt'],
  ['brackets that close nothing', `x${')'.repeat(1501)}`, /too many brackets/, 'txt'],
  ['references', `{${'"$ref":"#",'.repeat(5001)}"a":1}`, /too many links, colors or merge conflicts/, 'json'],
  ['a line behind 201 blanks', `a\n${' '.repeat(201)}x`, /hard to draw/, 'txt'],
  ['a line behind 26 tabs', `${'\t'.repeat(26)}x`, /hard to draw/, 'txt'],
  ['brackets of all kinds', '([{'.repeat(84), /too many brackets/, 'txt'],
  ['more than 1 MB of JSON', `["${'x'.repeat(MB)}"]`, /more than 1 MB/, 'json'],
  ['50,001 lines', '\n'.repeat(50_000), /50,000 lines/, 'txt'],
])('data that an editor would hang with are saved instead, byte for byte: %s', async (_, data, reason, ending) => {
  const { actions } = await actionsOn(data);
  [chooses, file] = [true, temporaryFile(`data.${ending}`)];
  await actions.openData(1);
  expect(warnings).toEqual([{ text: expect.stringMatching(reason), button: 'Save…' }]);
  expect(asked?.defaultUri.path).toBe(join(tmpdir(), `event-1.${ending}`));
  expect(fake.documents.made).toEqual([]);
  expect(fake.errors).toEqual([]);
  expect(readFileSync(file).equals(Buffer.from(data))).toBe(true);
});

longTest('one and a half million empty lines are saved instead', async () => {
  const { inspection, write } = await streamByHand();
  write(`${'data\n'.repeat(1_500_000)}\n`);
  await eventually(() => inspection.history.count === 1);
  [chooses, file] = [true, temporaryFile('data.txt')];
  await actionsFor(inspection).openData(1);
  expect(warnings[0]?.text).toMatch(/more than 1 MB/);
  expect(readFileSync(file, 'utf8')).toBe('\n'.repeat(1_499_999));
});

test('an event is copied as it came, with the comments before it', async () => {
  const { actions, block } = await actionsOn('a\u0001"b"\nc', ': hello\n');
  await actions.copy(1);
  expect(fake.done).toEqual([['copy', block]]);
});

test.each([
  ['x', 4 * MB - 100, true],
  ['x', 4 * MB, false],
  // Six times as long as JSON.
  ['\u0001', 700_000, false],
  ['\u0001', 690_000, true],
])(
  'an event of %j %i times is copied: %s; else saved with its comments, byte for byte',
  async (unit, count, copied) => {
    const { actions, block } = await actionsOn(unit.repeat(count), ': hello\n');
    [chooses, file] = [true, temporaryFile('event.sse')];
    await actions.copy(1);
    expect(fake.done.length).toBe(copied ? 1 : 0);
    expect(warnings.length).toBe(copied ? 0 : 1);
    if (copied) return;
    expect(warnings[0]).toEqual({ text: expect.stringMatching(/too large for the clipboard/), button: 'Save…' });
    expect(asked?.defaultUri.path).toBe(join(tmpdir(), 'event-1.sse'));
    expect(readFileSync(file, 'utf8')).toBe(block);
  },
);

test('a missing event is reported when it is to be saved, copied or opened', async () => {
  const { actions, inspection } = await actionsOn('x'.repeat(2 * MB));
  [chooses, file] = [true, temporaryFile('data.txt')];
  Object.assign(window, {
    showWarningMessage: async (_text: string, button: string) => {
      inspection.clear();
      return button;
    },
  });
  await actions.openData(1);
  expect(fake.errors).toEqual([expect.stringMatching(/^The event was not saved to data\.txt: The event is no longer/)]);
  const told: string[] = [];
  Object.assign(window, { showWarningMessage: async (text: string) => void told.push(text) });
  await actions.openData(1);
  await actions.copy(1);
  expect(told).toEqual(['The event is no longer kept.', 'The event is no longer kept.']);
  expect([fake.done, fake.documents.made]).toEqual([[], []]);
});
