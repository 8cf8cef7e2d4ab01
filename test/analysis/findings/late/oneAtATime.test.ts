import { expect, test } from 'vitest';
import { oneAtATime } from '../../../../src/analysis/findings/late/oneAtATime';
import { connection, evidenceOf, head, probe } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { every, streamedAt } from '../../../support/evidence/streamed';

/** A first connection, and a second asked for 5 s later, for which the first was closed. */
function asked(headAt: number | undefined, firstClosedAt = 4000, firstHead = 5) {
  const first = streamedAt(every(1000, 8), {
    head: head({ at: firstHead }),
    end: { at: 5000 + firstClosedAt, cause: 'left', unfinished: false },
  });
  const second = connection({
    number: 2,
    requestedAt: 5000,
    head: headAt === undefined ? undefined : head({ at: headAt }),
  });
  return evidenceOf([first], { now: 12_000, probes: [probe('second', second, { firstClosedAt })] });
}

test('a second response that waits until the first is closed proves it', () => {
  expect(said(oneAtATime, asked(4010))).toBe(
    'proven: The server answers one request at a time: the second waited 4.0 s, until the first was closed.',
  );
  expect(oneAtATime(asked(4300))).toBeDefined();
});

test.each([
  ['the second is answered at once', asked(8)],
  ['the second is answered some time later', asked(4301)],
  ['the second is never answered', asked(undefined)],
  ['the first was closed soon', asked(2010, 2000)],
  ['the server always takes its time', asked(4010, 4000, 4005)],
  [
    'the first ended by itself',
    { ...asked(4010), connections: [streamedAt([50], { end: { at: 6000, cause: 'end', unfinished: false } })] },
  ],
  ['our own process was busy', { ...asked(4010), stalls: [{ from: 5200, length: 3800 }] }],
  ['no second was asked for', evidenceOf([streamedAt(every(1000, 8))])],
])('it isn’t found if %s', (_, evidence) => {
  expect(oneAtATime(evidence)).toBeUndefined();
});
