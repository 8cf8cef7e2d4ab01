// Text from outside can't change the order of its neighbours in a line.
import type { Locator } from '@playwright/test';
import type { Change } from '../../../src/messages/inspector';
import { drawn } from '../../support/random/drawn';
import { expect, stream, test } from '../support/fixtures';

const OVERRIDE = '\u202e';
/** Right-to-left letters, and characters that would end their isolation. */
const HOSTILE = ['abc\u202e', 'שלום', 'abc\u2069\u202e', 'שלום\u2067\u202d'];

/** Whether each of the last `count` characters is to the right of the previous one, or on another line. */
function isInOrder(place: Locator, count: number): Promise<boolean> {
  return place.evaluate((element, last) => {
    const range = document.createRange();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const boxes: DOMRect[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (let at = 0; at < (node.textContent?.length ?? 0); at += 1) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        boxes.push(range.getBoundingClientRect());
      }
    const shown = boxes.filter(({ width }) => width > 0).slice(-last);
    return shown.every(({ left, top }, at) => {
      const before = shown[at - 1];
      return !before || top > before.top || left >= before.right - 1;
    });
  }, count);
}

for (const text of drawn(HOSTILE, 1))
  test(`an event’s type and id of ${JSON.stringify(text)} don’t change the order of the line above its data`, async ({
    inspect,
    listen,
  }) => {
    const page = await inspect(
      await listen(stream(`event: ${text}\nid: ${text}\ndata: {"${text}":12,"b":"${text}","c":3}\n\n`)),
    );
    await page.locator('#rows .row').click();
    await expect(page.locator('#summary')).toContainText(/ · \d+ B$/);
    expect(await isInOrder(page.locator('#summary'), 7)).toBe(true);
    // A value after a key, and the comma after a value.
    const leaves = page.locator('#jsonTree .leaf');
    await expect(leaves).toHaveCount(3);
    for (const [at, count] of [
      [0, 5],
      [1, 1],
    ] as const)
      expect(await isInOrder(leaves.nth(at), count + 1)).toBe(true);
    await page.locator('#connect').click();
    await expect(page.locator('#facts')).toContainText('Last-Event-ID');
    expect(await page.locator('#facts').textContent()).not.toMatch(/[\u202a-\u202e\u2066\u2067]/);
    await expect(page.locator('#rows .event')).not.toContainText(OVERRIDE);
    await expect(page.locator('#eventName option').last()).not.toContainText(OVERRIDE);
    await page.locator('#eventName').selectOption({ index: 1 });
    await expect(page.locator('#rows .row')).toHaveCount(1);
  });

test('a response’s type, its headers’ names, redirects and a file’s name don’t reorder their neighbours', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(await listen((_request, response) => response.writeHead(404).end('none')));
  const page = await view.open();
  await expect(page.locator('#responseBody')).toHaveText('none');
  await expect(page.locator('#connect')).toHaveText('Connect');
  // From here on, only this test posts messages to the page.
  const { webview } = view.panel;
  const tell = webview.postMessage;
  webview.postMessage = async () => true;
  const post = (...changes: Change[]) => tell({ type: 'update', changes });
  const name = `a${OVERRIDE}b`;
  await post({
    type: 'status',
    status: {
      state: 'open',
      reason: `Of ${name}.`,
      response: { status: 200, contentType: name, headersAfter: 5 },
      rate: 5,
      reconnects: 0,
      lastEventId: name,
      unsendable: true,
      insecure: false,
      running: true,
      recording: { name, size: 12 },
    },
  });
  await post({ type: 'redirects', redirects: [{ status: 302, url: name, notes: [name, 'No more.'] }] });
  await post({
    type: 'response',
    status: 200,
    statusText: name,
    headers: [[name, 'value']],
    masked: [],
    isEventStream: true,
    body: '',
    note: 'stream',
  });
  await expect(page.locator('#facts')).toContainText('5/s');
  for (const id of ['facts', 'reason', 'recordingTo', 'redirects', 'statusLine', 'responseHeaders']) {
    await expect(page.locator(`#${id}`)).toContainText('a⟨U+202E⟩b');
    expect(await page.locator(`#${id}`).textContent()).not.toContain(OVERRIDE);
  }
  expect(await isInOrder(page.locator('#recording p'), 7)).toBe(true);
  expect(await isInOrder(page.locator('#redirects li'), 11)).toBe(true);
});
