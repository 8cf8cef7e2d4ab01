// Bodies of thousands of short, encoded texts, which are masked when pasted and at each pause in typing.
import { expect, test } from 'vitest';
import { mask } from '../../../src/client/request/secrets/secrets';
import type { RequestForm } from '../../../src/messages/inspector';
import { post } from '../../support/client/requests';
import { formOf, InspectorBench, type InspectorPanel, serveNoting, statusOf } from '../../support/inspector/inspectors';
import { drawn } from '../../support/random/drawn';
import { eventually } from '../../support/servers/testServer';
import { leastOf } from '../../support/time/leastOf';
import { longestGo } from '../../support/time/longestGo';
import { ownTime } from '../../support/time/ownTime';

const list = (length: number, write: (index: number) => string) =>
  JSON.stringify(Array.from({ length }, (_, at) => write(at)));
const HTML = list(4600, (at) => `x=&lt;b&gt;${at}&amp;lt;`);
const SHORT: [string, string][] = [
  ['texts of HTML', HTML],
  ['signs that are encoded three times', 'a=b=%2525'.repeat(11_000)],
  ['addresses', list(3200, (at) => `https://h.example/p?a=${at}&b=c%20d`)],
  ['JSON', list(3000, (at) => JSON.stringify({ k: at, v: 'a=b' }))],
  ['settings in quotes', list(5000, (at) => `a="${at}";\nb='x'`)],
  ['parameters', Array.from({ length: 7000 }, (_, at) => `f${at}=a%2520b`).join('&')],
];

test.each(drawn(SHORT, 1))(
  '100 KB of short %s are masked in 150 ms, and none of it is taken for a secret',
  async (_, body) => {
    expect(mask(post(body)).secrets).toEqual([]);
    expect(await leastOf(150, () => ownTime(() => mask(post(body))))).toBeLessThan(150);
  },
);

test('none of 270 KB of texts that are encoded four times is hidden for want of time', () => {
  const body = list(11_000, (at) => `a=&amp;amp;amp;lt;${at}`);
  expect(mask(post(body)).request.body).toBe(body);
});

/** Resolves with the longest time that the process was blocked after the user had typed that. */
function typed(panel: InspectorPanel, more: Partial<RequestForm>): Promise<number> {
  const before = panel.posted.length;
  panel.say({ type: 'edited', form: { ...formOf(panel), ...more }, done: false });
  return longestGo(eventually(() => panel.posted.slice(before).some(({ type }) => type === 'keep')));
}

test('while another field is edited, the body isn’t searched again', async () => {
  const { url } = await serveNoting();
  const panel = await new InspectorBench().inspect(`curl ${url} -d '${HTML}'`);
  await statusOf(panel, ({ state }) => state === 'open');
  let count = 0;
  const whole = await leastOf(0, () => typed(panel, { body: `${HTML}${count++}` }));
  const bound = whole / 3;
  const least = await leastOf(bound, () =>
    typed(panel, { body: `${HTML}${count}`, lastEventId: String(Math.random()) }),
  );
  expect(least).toBeLessThan(bound);
});

test('a pasted text is searched twice, but not in one go', async () => {
  const { url } = await serveNoting();
  const bench = new InspectorBench();
  const paste = () => longestGo(bench.inspect(`curl ${url} -d '${HTML}'`));
  await paste();
  const once = await leastOf(0, () => ownTime(() => mask(post(HTML))));
  expect(await leastOf(1.6 * once, paste)).toBeLessThan(1.6 * once);
});
