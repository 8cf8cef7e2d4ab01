// Many rows of unknown JSON: the page stays smooth while they come.
import { EventEmitter, once } from 'node:events';
import { framesUntil } from '../../../support/page/frames';
import { expect, test } from '../../support/fixtures';

for (const [size, tag] of [
  [2000, []],
  [10_000, ['@long']],
] as const)
  test(`the page stays above 30 frames a second while ${size} rows come, with differences and columns of JSON keys`, {
    tag: [...tag],
  }, async ({ inspect, listen }) => {
    const event = (seq: number) =>
      `event: order\ndata: ${JSON.stringify({ id: 'order-5f1c2d', seq, user: { id: seq % 7, name: 'Ada' }, price: seq / 3 })}\n\n`;
    const begun = new EventEmitter();
    const url = await listen(async (request, response) => {
      request.resume();
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(event(0));
      await once(begun, 'all');
      for (let sent = 1; sent < size; sent += 50) {
        response.write(Array.from({ length: 50 }, (_, at) => event(sent + at)).join(''));
        await new Promise((done) => setTimeout(done, 20));
      }
    });
    const page = await inspect(url);
    await page.locator('#columnsButton').click();
    for (const path of ['user.id', 'price', 'seq']) {
      await page.locator('#columnPath').fill(path);
      await page.locator('#columnPath').press('Enter');
    }
    await page.keyboard.press('Escape');
    begun.emit('all');
    const { count, time, longest } = await framesUntil(page, {
      selector: '#rows .row:last-child .number',
      least: size - 49,
    });
    const rate = (1000 * count) / time;
    const description = `${rate.toFixed(1)}/s, longest ${longest.toFixed(0)} ms`;
    test.info().annotations.push({ type: 'frames', description });
    console.log(`frames: ${description}`);
    const last = Number(await page.locator('#rows .value').last().textContent());
    expect(last).toBeGreaterThan(size - 100);
    expect(rate).toBeGreaterThan(30);
  });
