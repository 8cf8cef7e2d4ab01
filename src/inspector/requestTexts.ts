import { bodySpans, headerSpans, type Span, urlSpans } from './secretSpans';
import type { StreamRequest } from './streamRequest';

/**
 * The request with each of its texts as `map` gives it. Spans are looked for when they are asked for:
 * in a megabyte it takes a while.
 * @param map is given the part of the request, too: a place of its own, where the text has no name for what stands there
 */
export function mapTexts(
  request: StreamRequest,
  map: (text: string, spans: () => Span[], part: string) => string,
): StreamRequest {
  const { url, headers, body } = request;
  const apply = (text: string, find: () => Span[], part: string) => map(text, once(find), part);
  return {
    ...request,
    headers: headers.map(([name, value]) => [
      name,
      apply(value, () => headerSpans(name, value), `header ${name.toLowerCase()}`),
    ]),
    url: apply(url, () => urlSpans(url), 'url'),
    body: body === undefined ? undefined : apply(body, () => bodySpans(body), 'body'),
  };
}

/** Returns what is made when it is first asked for, then the same. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The place of the span that the index is in; undefined where it is in none. */
export function placeOf(index: number, spans: Span[]): string | undefined {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  return span && span.start <= index ? span.place : undefined;
}
