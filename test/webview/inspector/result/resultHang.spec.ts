// A result of many items. However far away they are, a browser lays out all of them if all is selected.
import { TEXTS } from '../../../support/page/hostileServer';
import { LONGEST, watchTasks } from '../../../support/page/longTasks';
import { drawn } from '../../../support/random/drawn';
import { expect, stream, test } from '../../support/fixtures';
import { chatEvent, resultOf } from '../../support/results';

const CALLS = 1000;

const DIRECTIONS = TEXTS.directions.slice(0, 900);

const TEXTS_OF_CALLS = [
  ['words', 'one word or two '.repeat(50), ''],
  ['directions', DIRECTIONS, ''],
  ['words, with names of directions,', 'one word', DIRECTIONS],
] as const;

for (const [name, text, names] of drawn(TEXTS_OF_CALLS, 1))
  test(`a thousand tool calls of ${name} are shown, scrolled, and selected as a whole without a hang`, async ({
    inspect,
    listen,
  }) => {
    const call = (index: number) => ({
      index,
      id: `call_${index}${names}`,
      function: { name: `look_up${names}`, arguments: JSON.stringify({ text }) },
    });
    const calls = Array.from({ length: CALLS }, (_, index) => chatEvent({ tool_calls: [call(index)] }));
    const page = await inspect(await listen(stream(calls.join(''))));
    await expect(page.locator('#facts')).toContainText('1,000 events');
    const { tab, items, panel } = resultOf(page);
    const longest = await watchTasks(page);
    await tab.click();
    await expect(items).toHaveCount(CALLS);
    await panel.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
    expect(await longest()).toBeLessThan(LONGEST);
    await panel.press('ControlOrMeta+A');
    expect(await longest()).toBeLessThan(LONGEST);
    // It took 0.3 to 0.45 s, and copying 0.6 s, as long as all of them were displayed.
    expect(await items.filter({ visible: true }).count()).toBeLessThan(150);
    await page.keyboard.press('ControlOrMeta+C');
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(async () => (await copied()).split('\nTool call\n').length).toBe(1 + CALLS);
    expect(await longest()).toBeLessThan(LONGEST);
  });

test('a hundred answers with long names of models and long reasons are shown without a hang, their beginnings alone', async ({
  inspect,
  listen,
}) => {
  const answers = Array.from({ length: 100 }, (_, id) => {
    const begun = { id: `c${id}`, object: 'chat.completion.chunk', choices: [{ delta: { content: 'one' } }] };
    const ended = { ...begun, model: DIRECTIONS, choices: [{ delta: {}, finish_reason: DIRECTIONS }] };
    return [begun, ended].map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
  });
  const page = await inspect(await listen(stream(answers.join(''))));
  await expect(page.locator('#facts')).toContainText('200 events');
  const { tab, figures } = resultOf(page);
  const longest = await watchTasks(page);
  await tab.click();
  await expect(figures).toHaveCount(100);
  await page.setViewportSize({ width: 700, height: 700 });
  expect(await longest()).toBeLessThan(LONGEST);
  await expect(figures.last()).toContainText(DIRECTIONS.slice(0, 10));
  // With a hundred characters of each, all that is shown took half a second for a screen reader.
  await expect(figures.last()).not.toContainText(DIRECTIONS.slice(0, 60));
});

test('items far away are copied as those that are near, and one that is led to is shown, with the focus', async ({
  inspect,
  listen,
}) => {
  const message = (more: object) => `data: ${JSON.stringify({ jsonrpc: '2.0', ...more })}\n\n`;
  const pair = (id: number) =>
    message({ id, method: 'tools/call', params: { name: 'x' } }) +
    message({ id, result: { content: [{ type: 'text', text: 'fine' }] } });
  const page = await inspect(await listen(stream(Array.from({ length: 300 }, (_, at) => pair(at + 1)).join(''))));
  await expect(page.locator('#facts')).toContainText('600 events');
  const { tab, items, panel } = resultOf(page);
  await tab.click();
  await expect(items).toHaveCount(600);
  await expect.poll(() => items.filter({ visible: true }).count()).toBeLessThan(150);
  await panel.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+C');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('Request');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const lines = Array.from(
    { length: 300 },
    (_, at) =>
      `Request\ntools/call\n${at + 1}\n#${2 * at + 1}\nJSON\n{\n  "name": "x"\n}\nResponse\n${at + 1}\n#${2 * at + 2}\nfine\nJSON\n`,
  );
  expect(copied).toContain(lines.join(''));
  await panel.evaluate((element) => element.scrollTo(0, 0));
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.locator('#table').press('End');
  await page.locator('#rows .row').last().click();
  await page.locator('#showInResult').click();
  const last = items.filter({ hasText: '#600' }).last();
  await expect(last).toBeFocused();
  await expect(last).toBeInViewport();
});
