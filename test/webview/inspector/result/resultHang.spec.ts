// A result of many items. However far away they are, a browser lays out all of them if all is selected.
import { TEXTS } from '../../../support/page/hostileServer';
import { LONGEST, watchTasks } from '../../../support/page/longTasks';
import { expect, stream, test } from '../../support/fixtures';
import { chatEvent, resultOf } from '../../support/results';

const CALLS = 1000;

const DIRECTIONS = TEXTS.directions.slice(0, 900);

for (const [name, text, names] of [
  ['words', 'one word or two '.repeat(50), ''],
  ['directions', DIRECTIONS, ''],
  ['words, with names of directions,', 'one word', DIRECTIONS],
] as const)
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
    // Takes 0.3 to 0.45 s; it was 2 to 3 s as long as each short text was laid out by itself.
    await panel.press('ControlOrMeta+A');
    expect(await longest()).toBeLessThan(2 * LONGEST);
  });
