// The Response view: the latest attempt's response, the progress of its body, and the focus meanwhile.
import type { RequestListener, ServerResponse } from 'node:http';
import { drawn } from '../../support/random/drawn';
import { expect, test } from '../support/fixtures';

const JSON_TYPE = { 'Content-Type': 'application/json' };

test('while nothing of a body has come, Response has a note; later it shows the body', async ({ inspect, listen }) => {
  let answer: ServerResponse | undefined;
  const page = await inspect(
    await listen((_request, response) => {
      answer = response.writeHead(200, JSON_TYPE);
      answer.flushHeaders();
    }),
  );
  await expect(page.locator('#statusLine')).toHaveText('200 OK');
  await expect(page.locator('#responseNote')).toHaveText('No part of the body has been received yet.');
  answer?.write('{"a":');
  await expect(page.locator('#responseBody')).toHaveText('{"a":');
  await expect(page.locator('#responseNote')).toBeHidden();
  answer?.destroy();
  await expect(page.locator('#responseNote')).toHaveText('The rest of the body was not read.');
  await expect(page.locator('#responseBody')).toHaveText('{"a":');
});

const EMPTY: [string, RequestListener, string][] = [
  ['a body of no bytes', (_, response) => response.writeHead(404, JSON_TYPE).end(), 'The response has no body.'],
  ['a 204', (_, response) => response.writeHead(204).end(), 'The response has no body.'],
  [
    'a stream of no bytes',
    (_, response) => response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(),
    'The response has no body.',
  ],
  [
    'a 401 of that type without a body',
    (_, response) => response.writeHead(401, { 'Content-Type': 'text/event-stream', 'Content-Length': '0' }).end(),
    'The response has no body.',
  ],
  [
    'a body that breaks before its first byte',
    (_, response) => {
      response.writeHead(500, { ...JSON_TYPE, 'Content-Length': '100' }).flushHeaders();
      setTimeout(() => response.destroy(), 200);
    },
    'No part of the body was read.',
  ],
  ...(['gzip', 'br'] as const).map((coding): [string, RequestListener, string] => [
    `a body that is no ${coding}, but says so`,
    (_, response) =>
      response.writeHead(200, { ...JSON_TYPE, 'Content-Encoding': coding }).end('{"a": "no such coding"}'),
    'No part of the body was read.',
  ]),
  [
    'a stream in a coding that can’t be read',
    (_, response) =>
      response
        .writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'compress' })
        .write('data: a\n\n'),
    'No part of the body was read.',
  ],
];

for (const [name, answer, note] of drawn(EMPTY, 2))
  test(`for ${name}, Response has the note: ${note}`, async ({ inspect, listen }) => {
    const page = await inspect(`curl -X POST ${await listen(answer)}`);
    await page.getByRole('tab', { name: 'Response' }).click();
    await expect(page.locator('#responseNote')).toHaveText(note);
    await expect(page.locator('#responseBody')).toBeHidden();
  });

test('after Disconnect before anything of a body came, the note says that it was not read', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen((_request, response) => response.writeHead(200, JSON_TYPE).flushHeaders()));
  await expect(page.locator('#responseNote')).toHaveText('No part of the body has been received yet.');
  await page.locator('#connect').click();
  await expect(page.locator('#responseNote')).toHaveText('No part of the body was read.');
});

test('the response of the previous URL isn’t shown for a request that gets none', async ({ inspect, listen }) => {
  const page = await inspect(
    await listen((_request, response) => response.writeHead(401, JSON_TYPE).end('{"error":"bad key"}')),
  );
  await expect(page.locator('#responseBody')).toContainText('bad key');
  for (const url of [await listen(() => undefined), 'http://127.0.0.1:9/']) {
    await page.locator('#url').fill(url);
    await page.locator('#url').press('Enter');
    await expect(page.locator('#state')).toHaveText(url.endsWith(':9/') ? 'Reconnecting' : 'Connecting');
    await expect(page.locator('#responseNote')).toHaveText('No response yet');
    await expect(page.locator('#responseBody')).toBeHidden();
    for (const gone of ['#statusLine', '#responseHeaders']) await expect(page.locator(gone)).toBeEmpty();
    await expect(page.locator('#facts')).not.toContainText('401');
  }
});

test('facts of the previous attempt aren’t shown for one that gets no response', async ({ inspect, listen }) => {
  let asked = 0;
  const url = await listen((request, response) => {
    asked += 1;
    if (asked > 1) return void request.socket.destroy();
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('retry: 100\nid: 3\ndata: a\n\n');
  });
  const page = await inspect(url);
  await expect(page.locator('#reason')).toContainText('The connection broke');
  await expect(page.locator('#facts')).toHaveText(/^1 event · .* · Last-Event-ID 3$/);
  await page.getByRole('tab', { name: 'Response' }).click();
  await expect(page.locator('#responseNote')).toHaveText('No response yet');
});

test('of very many headers, 200 are shown, and the rest by the keyboard; then the button is gone, and the focus is kept', async ({
  inspect,
  listen,
}) => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`X-${at}`, 'a']));
  const page = await inspect(
    await listen((_request, response) => response.writeHead(404, { ...JSON_TYPE, ...many }).end('{}')),
  );
  const rows = page.locator('#responseHeaders tr');
  const more = page.locator('#response button.more');
  await expect(rows).toHaveCount(200);
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(rows).toContainText(['X-249']);
  expect(await rows.count()).toBeGreaterThanOrEqual(251);
  await expect(more).toHaveCount(0);
  await expect(page.locator('#response')).toBeFocused();
});
