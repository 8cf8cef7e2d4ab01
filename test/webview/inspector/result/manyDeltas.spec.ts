// A long answer: the page stays smooth while it comes.
import { framesUntil } from '../../../support/page/frames';
import { expect, test } from '../../support/fixtures';
import { chatEvent, resultOf } from '../../support/results';

for (const [count, tag] of [
  [2000, []],
  [10_000, ['@long']],
] as const)
  test(`the page stays above 30 frames a second while ${count} deltas come`, { tag: [...tag] }, async ({
    inspect,
    listen,
  }) => {
    const delta = chatEvent({ content: 'The tide comes in twice a day. ' }).repeat(50);
    const url = await listen(async (request, response) => {
      request.resume();
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      for (let sent = 0; sent < count; sent += 50) {
        response.write(delta);
        await new Promise((done) => setTimeout(done, 20));
      }
      response.end('data: [DONE]\n\n');
    });
    const page = await inspect(`curl -d '{}' ${url}`);
    const { items, end, panel } = resultOf(page);
    await expect(items).toHaveCount(1);
    const { count: frames, time, longest } = await framesUntil(page, { selector: '#resultEnd' });
    const rate = (1000 * frames) / time;
    test
      .info()
      .annotations.push({ type: 'frames', description: `${rate.toFixed(1)}/s, longest ${longest.toFixed(0)} ms` });
    await expect(end).toHaveText('Complete');
    await expect(items.locator('.toEvent')).toHaveText(`#1–#${count}`);
    // It follows the text, unless the user scrolls away.
    const left = () => panel.evaluate((one) => one.scrollHeight - one.scrollTop - one.clientHeight);
    await expect.poll(left).toBeLessThan(50);
    expect(rate).toBeGreaterThan(30);
  });
