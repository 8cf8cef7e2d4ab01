// A client may send 16 KB for a log of `sse-counter serve`, each time it asks, also where it is refused.
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { MockConnection, MockRequest } from '../../src/api';
import { Output } from '../../src/cli/process/output';
import { jsonLog, textLog } from '../../src/cli/serveLog';
import { leastOf } from '../support/time/leastOf';
import { ownTime } from '../support/time/ownTime';

test.each([
  `http://a/${`;a=&quot;a=>"a=>"@'%26`.repeat(1000)}`,
  `#${`a=a=>"a=>"@,'%26\\"`.repeat(1000)}`,
  `?x=${'<a b="'.repeat(3000)}`,
])('an id that is slow to search for secrets doesn’t keep a mock busy (%#)', async (id) => {
  const lastEventId = id.slice(0, 15_500);
  const output = new Output(new PassThrough().resume());
  const request = { url: '/event', remote: 'a', status: 403, reason: '', lastEventId } as MockRequest;
  const connection = { id: 1, since: 0, request, lastEventId } as MockConnection;
  const told = [jsonLog(output), textLog({ stdout: output, stderr: output })].flatMap((log) => [
    () => log.onOpen?.(connection),
    () => log.onRefuse?.(request),
  ]);
  // Where all that can be read of it was, it took up to 200.
  for (const tell of told) expect(await leastOf(60, () => ownTime(tell))).toBeLessThan(60);
});
