import { streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';

/** A charset other than UTF-8: Chromium refuses the stream, while others read it as UTF-8 all the same. */
export const charset: Rule = (evidence) => {
  const found = streamsOf(evidence).find(({ head }) => !/^(?:utf-8)?$/i.test(head?.charset ?? ''));
  if (!found?.head) return undefined;
  return {
    id: 'encoding',
    confidence: 'proven',
    variant: 'charset',
    at: found.requestedAt + found.head.at,
    values: { charset: found.head.charset ?? '' },
  };
};
