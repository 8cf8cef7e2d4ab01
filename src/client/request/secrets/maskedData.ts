import { KnownValues } from './knownValues';

/** Mask that stands for a secret. */
const MASK = '•••';

/** Returns plain data with a mask for each of the secrets in its texts, which a server may have sent back. */
export function maskedData<Data>(data: Data, secrets: readonly string[]): Data {
  if (secrets.length === 0) return data;
  const known = new KnownValues(secrets);
  const mask = (value: unknown): unknown => {
    if (typeof value === 'string') return withMasks(value, known);
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mask(inner)]));
  };
  return mask(data) as Data;
}

function withMasks(text: string, known: KnownValues): string {
  const spans: [start: number, end: number][] = [];
  known.find(text, (start, end) => spans.push([start, end]));
  let [shown, from] = ['', 0];
  for (const [start, end] of spans.sort(([one], [other]) => one - other)) {
    if (end <= from) continue;
    shown += text.slice(from, Math.max(from, start)) + MASK;
    from = end;
  }
  return shown + text.slice(from);
}
