import type { Rule } from '../finding';
import { type Answered, answered, headTime } from './answers';

/** Beginning of an HTML document, in hexadecimal: `<!`, as `<!doctype html>` has it. */
const DOCTYPE = '3c21';

/** A response with status 200 whose type isn't an event stream's: an EventSource fails for good (WHATWG HTML §9.2.3). */
export const wrongType: Rule = (evidence) => {
  const found = answered(evidence).find(({ head }) => head.status === 200 && head.contentType !== 'text/event-stream');
  if (!found) return undefined;
  return {
    id: 'wrong-type',
    confidence: 'proven',
    variant: variantOf(found),
    at: headTime(found),
    values: { type: found.head.contentType },
  };
};

function variantOf({ head, chunks, redirects }: Answered): string {
  const { contentType, encoding } = head;
  if (contentType === '') return 'none';
  if (/^application\/(?:.+\+)?json$/.test(contentType)) return 'json';
  if (/^application\/(?:x-)?(?:ndjson|jsonlines)$/.test(contentType)) return 'ndjson';
  if (contentType !== 'text/html') return 'other';
  // Behind a redirect it is rather a page that asks to sign in.
  const isIndex = redirects.length === 0 && encoding === '' && chunks[0]?.first.startsWith(DOCTYPE);
  return isIndex ? 'index' : 'html';
}
