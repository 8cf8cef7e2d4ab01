// A pasted request with placeholders: nothing of it is sent before the user has decided about them.
import { beforeEach, expect, test } from 'vitest';
import { AskedPerson } from '../../../support/inspector/askedPerson';
import { isOpen, serveByHand } from '../../../support/inspector/inspectByHand';
import { formOf, InspectorBench, type InspectorPanel, latest, statusOf } from '../../../support/inspector/inspectors';
import { eventually } from '../../../support/servers/testServer';
import { fake } from '../../../support/vscode/index';

let person: AskedPerson;

beforeEach(() => {
  fake.panels.length = 0;
});

/** Inspects the text. Resolves with the panel, whose questions are open. */
async function paste(text: string) {
  const bench = new InspectorBench();
  person = new AskedPerson();
  const done = bench.inspector.inspect(text);
  await eventually(() => fake.panels.length === 1);
  const panel = fake.panels[0] as unknown as InspectorPanel;
  panel.load();
  return { bench, panel, done };
}

const problemOf = (panel: InspectorPanel) => latest(panel, 'badRequest');

test('the panel opens with the names, and the entered values are sent, and masked', async () => {
  const { url, asked } = await serveByHand();
  const { panel, bench, done } = await paste(`curl ${url}<companyId> -H "Authorization: Bearer $OPENAI_API_KEY"`);
  const { title, labels, ignoreFocusOut } = await person.pick();
  expect(title).toMatch(/^The request has placeholders: /);
  expect(title).toContain('$OPENAI_API_KEY');
  expect(title).toContain('<companyId>');
  // The panel that has just opened takes the focus.
  expect([labels, ignoreFocusOut]).toEqual([['Give Their Values…', 'Send as It Is'], true]);
  expect(formOf(panel)).toMatchObject({ url: `${url}<companyId>`, headers: 'Authorization: Bearer $OPENAI_API_KEY' });
  expect([asked, bench.log]).toEqual([[], []]);
  // In the order of their positions.
  await person.give('7', 'sk-secret');
  await done;
  await statusOf(panel, isOpen);
  const [first, second] = person.boxes;
  expect(first).toMatchObject({ title: 'Value of <companyId> (1 of 2)', password: false, ignoreFocusOut: true });
  expect(second).toMatchObject({ title: 'Value of $OPENAI_API_KEY (2 of 2)', password: true });
  expect(asked).toMatchObject([{ url: '/7', headers: { authorization: 'Bearer sk-secret' } }]);
  expect(formOf(panel)).toMatchObject({ url: `${url}7`, headers: 'Authorization: Bearer •••1' });
  expect(JSON.stringify([panel.posted, [...bench.memory], bench.log])).not.toContain('sk-secret');
  expect(problemOf(panel)).toBeUndefined();
});

test('after Escape nothing is sent, with a message at the form; Connect sends the request as it is', async () => {
  const { url, asked } = await serveByHand();
  const { panel, done } = await paste(`curl ${url} -H "X-A: $ID"`);
  (await person.pick()).response(undefined);
  await done;
  const reason = 'Nothing was sent: $ID has no value yet. Put it in its place, or Connect to send it as it is.';
  expect(problemOf(panel)).toEqual({ type: 'badRequest', reason, inFields: true });
  expect(asked).toEqual([]);
  // A reloaded page shows it, too.
  panel.posted.length = 0;
  panel.load();
  expect(problemOf(panel)?.reason).toBe(reason);
  panel.say({ type: 'connect', form: formOf(panel) });
  await eventually(() => asked.length === 1);
  expect(asked[0]?.headers['x-a']).toBe('$ID');
});

test.each([
  ['Escape', undefined],
  ['an empty value', ''],
])('with %s in a box the values before it are filled in, and the others are named', async (_, last) => {
  const { url, asked } = await serveByHand();
  const { panel, done } = await paste(`curl ${url} -H "X-A: $ONE" -H "X-B: $TWO" -H "X-C: $THREE"`);
  await person.give('1', last);
  await done;
  expect(formOf(panel).headers).toBe('X-A: 1\nX-B: $TWO\nX-C: $THREE');
  expect(problemOf(panel)?.reason).toBe(
    'Nothing was sent: $TWO, $THREE have no values yet. Put them in their places, or Connect to send them as they are.',
  );
  expect([asked, person.boxes.length]).toEqual([[], 2]);
});

test('the request is sent as it is if the user says so', async () => {
  const { url, asked } = await serveByHand();
  const { panel, done } = await paste(`curl ${url} -H "X-A: $ID"`);
  const { title, response } = await person.pick();
  expect(title).toBe('The request has a placeholder: $ID');
  response('Send as It Is');
  await done;
  await statusOf(panel, isOpen);
  expect([asked[0]?.headers['x-a'], person.boxes]).toEqual(['$ID', []]);
});

test.each([
  ['$OPENAI_API_KEY', '-H "X-A: $OPENAI_API_KEY"', true],
  ['<password>', '-H "X-A: <password>"', true],
  ['$X in the place of a secret', '-H "Authorization: Bearer $X"', true],
  ['$X in Basic credentials', '-u user:$X', true],
  ['$X in a secret parameter', '-G -d api_key=$X', true],
  ['$MODEL', '-d "{\\"model\\":\\"$MODEL\\"}"', false],
  ['<id>', '-H "X-A: <id>"', false],
])('what is typed for %s is hidden if it is a secret', async (_, options, password) => {
  const { panel } = await paste(`curl http://127.0.0.1:1/ ${options}`);
  (await person.pick()).response('Give Its Value…');
  expect((await person.box(0)).password).toBe(password);
  panel.dispose();
});

test('a value of 64 KB is accepted, but a longer one refused in words', async () => {
  await paste('curl http://127.0.0.1:1/ -H "X-A: $ID"');
  (await person.pick()).response('Give Its Value…');
  const { validateInput } = await person.box(0);
  expect(await validateInput('x'.repeat(64 * 1024))).toBeUndefined();
  expect(await validateInput('x'.repeat(64 * 1024 + 1))).toBe('The value is longer than 64 KB.');
});

test('twenty placeholders are asked for; with more, nothing is sent, with a message', async () => {
  const headers = (count: number) => Array.from({ length: count }, (_, index) => `-H "X-${index}: $V${index}"`);
  const { panel } = await paste(`curl http://127.0.0.1:1/ ${headers(20).join(' ')}`);
  expect((await person.pick()).title).toContain('$V9 …');
  panel.dispose();
  fake.panels.length = 0;
  const more = await paste(`curl http://127.0.0.1:1/ ${headers(21).join(' ')}`);
  await more.done;
  expect(person.picks).toEqual([]);
  expect(problemOf(more.panel)?.reason).toBe(
    'Nothing was sent: of 21 placeholders, no more than 20 are asked for. Put their values in their places, or Connect to send them as they are.',
  );
});

test('Connect during a question sends nothing, with a message', async () => {
  const { url, asked } = await serveByHand();
  const { panel, done } = await paste(`curl ${url} -H "X-A: $ID"`);
  const { response } = await person.pick();
  panel.say({ type: 'connect', form: formOf(panel) });
  await eventually(() => problemOf(panel) !== undefined);
  expect(problemOf(panel)?.reason).toBe('Nothing was sent: first answer what is asked about the placeholders.');
  response('Send as It Is');
  await done;
  await statusOf(panel, isOpen);
  expect(asked).toHaveLength(1);
});

test('a panel that is closed during a question sends nothing, and stores nothing', async () => {
  const { url, asked } = await serveByHand();
  const { panel, bench, done } = await paste(`curl ${url} -H "Authorization: Bearer $TOKEN"`);
  const { response } = await person.pick();
  panel.dispose();
  response('Give Its Value…');
  (await person.box(0)).response('sk-secret');
  await done;
  expect([asked, [...bench.secrets], fake.errors]).toEqual([[], [], []]);
});

test('a text pasted into the page during a question replaces the earlier one', async () => {
  const { url, asked } = await serveByHand();
  const { panel, done } = await paste(`curl ${url}old -H "X-A: $OLD"`);
  const old = await person.pick();
  panel.say({ type: 'paste', text: `curl ${url}new -H "X-A: $NEW"` });
  const { title, response } = await person.pick(1);
  expect(title).toBe('The request has a placeholder: $NEW');
  // VS Code cancels the previous question.
  old.response(undefined);
  await done;
  expect(problemOf(panel)).toBeUndefined();
  response('Send as It Is');
  await new Promise(setImmediate);
  panel.say({ type: 'connect', form: formOf(panel) });
  await eventually(() => asked.length === 1);
  expect(asked).toMatchObject([{ url: '/new', headers: { 'x-a': '$NEW' } }]);
});
