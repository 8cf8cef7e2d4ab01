import { streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';
import { notedIn } from './notedIn';

/** Times below are likely meant as seconds, and times from the other one on keep a page waiting, in milliseconds. */
const [SECONDS, LONG] = [100, 600_000];

/** A reconnection time that clients ignore, or that was hardly meant so. */
export const oddRetry: Rule = (evidence) => {
  const { count, first } = notedIn(evidence, ({ badRetry }) => badRetry);
  const [bad] = first;
  if (bad) {
    const values = { lines: count, text: bad.text };
    return { id: 'odd-retry', confidence: 'proven', variant: 'ignored', position: bad.position, values };
  }
  const times = streamsOf(evidence).flatMap(({ text }) => text.retries);
  const time = times.find((retry) => (retry > 0 && retry < SECONDS) || retry >= LONG);
  if (time === undefined) return undefined;
  // Tests and busy streams may want to come back as fast, and quiet ones as late.
  return { id: 'odd-retry', confidence: 'hint', variant: time < SECONDS ? 'short' : 'long', values: { time } };
};
