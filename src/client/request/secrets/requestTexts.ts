import type { StreamRequest } from '../streamRequest';
import { SearchBudget } from './searchBudget';
import { bodySpans, headerSpans, type Span, urlSpans } from './secretSpans';

/** What was found in texts so far: a request is looked through several times before it goes out. */
export type FoundSpans = Map<string, Span[]>;

/** What is found in the texts of a request, and was in those of the one before: while one text is typed, the others are the same. */
export class FoundAgain extends Map<string, Span[]> {
  readonly #before: FoundSpans;

  constructor(before: FoundSpans) {
    super();
    this.#before = before;
  }

  override get(key: string): Span[] | undefined {
    const spans = super.get(key) ?? this.#before.get(key);
    if (spans) this.set(key, spans);
    return spans;
  }
}

/**
 * The request with each of its texts as `map` gives it. Spans are looked for when they are asked for:
 * in a megabyte it takes a while.
 * @param found is looked in first, and added to
 * @param map is given the part of the request, too: a place of its own, where the text has no name for what stands there
 */
export function mapTexts(
  request: StreamRequest,
  found: FoundSpans,
  map: (text: string, spans: () => Span[], part: string) => string,
): StreamRequest {
  const { url, headers, body } = request;
  const budget = new SearchBudget();
  const apply = (text: string, find: () => Span[], part: string) => {
    const key = `${part}\n${text}`;
    // Asked for at each of 100,000 masks: to find the key, the map compares a megabyte.
    let spans: Span[] | undefined;
    const look = () => {
      spans ??= found.get(key) ?? remembered(found, key, find());
      return spans;
    };
    return map(text, look, part);
  };
  return {
    ...request,
    headers: headers.map(([name, value]) => [
      name,
      apply(value, () => headerSpans(name, value, budget), `header ${name.toLowerCase()}`),
    ]),
    url: apply(url, () => urlSpans(url, budget), 'url'),
    body: body === undefined ? undefined : apply(body, () => bodySpans(body, budget), 'body'),
  };
}

function remembered(found: FoundSpans, key: string, spans: Span[]): Span[] {
  found.set(key, spans);
  return spans;
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
