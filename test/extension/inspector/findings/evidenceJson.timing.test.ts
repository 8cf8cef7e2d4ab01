// Evidence that a server has made as large as it can be, which is copied for a bug report: the clipboard takes it in one message.
import { expect, test } from 'vitest';
import { evidenceJson } from '../../../../src/extension/inspector/findings/evidenceJson';
import { Turns } from '../../../../src/turns/turns';
import { evidenceOf } from '../../../support/evidence/evidence';
import { chunksAt, every, streamedAt } from '../../../support/evidence/streamed';
import { leastOf } from '../../../support/time/leastOf';
import { longestGo } from '../../../support/time/longestGo';

const MB = 1024 * 1024;
/** Milliseconds of an idle machine's processor time; it was 76. */
const BOUND = 40;

function largest(connections: number) {
  const one = streamedAt(every(10, 1000));
  const text = 'x'.repeat(100);
  const events = one.events.map((event) => ({ ...event, type: text, id: text }));
  const headers = Array.from({ length: 200 }, (): [string, string] => ['n'.repeat(1000), 'v'.repeat(1000)]);
  const head = { ...one.head, headers } as typeof one.head;
  return evidenceOf(
    Array.from({ length: connections }, () => ({ ...one, head, events, chunks: chunksAt(every(10, 256)) })),
  );
}

test('the largest evidence is made text in short turns, of a few megabytes', async () => {
  const evidence = largest(32);
  let text = '';
  const longest = await leastOf(BOUND, () =>
    longestGo(
      evidenceJson('http://a/', { evidence, findings: [] }, ['sesame-Open-123'], new Turns()).then((json) => {
        text = json;
      }),
    ),
  );
  expect(longest).toBeLessThan(BOUND);
  expect(text.length).toBeLessThan(5 * MB);
  expect(JSON.parse(text).connections).toHaveLength(32);
});

test('of one connection, a thousand events are there, and all headers', async () => {
  const text = await evidenceJson('http://a/', { evidence: largest(1), findings: [] }, [], new Turns());
  const [{ events, head }] = JSON.parse(text).connections;
  expect([events.length, head.headers.length]).toEqual([1000, 200]);
});
