import type { StreamRequest } from '../streamRequest';
import { SearchBudget } from './searchBudget';
import { bodySpans, headerSpans, type Span, urlSpans } from './secretSpans';

/** The spans found in texts so far: a request is searched several times before it is sent. */
export type FoundSpans = Map<string, Span[]>;

/**
 * The spans found in a request, which also takes over those of the request before: while one text is being typed, the
 * others stay the same.
 */
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
 * Returns the request with each of its texts mapped. Spans are searched for only when `map` asks for them: in a megabyte
 * that takes a while.
 * @param found is looked up first, and added to
 * @param map also gets the part of the request, which is the place of a secret that has no name in the text
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
    // `map` may ask for each of 100,000 masks, and each lookup in `found` compares a key of a megabyte.
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

/** Returns the place of the span that contains the index; undefined if none does. */
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
