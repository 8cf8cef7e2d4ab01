import { KnownValues } from './knownValues';
import { SecretBeginnings } from './secretBeginnings';
import { ShortSecrets } from './shortSecrets';

/** Mask that stands for a secret. */
const MASK = '•••';

/**
 * Returns plain data with a mask for each of the secrets in its texts, which a server may have sent back; also for the beginning of
 * one at the end of a text, as that may have been cut.
 * @param isOurs whether the texts of a member are ours: these stay as they are, since a secret may be one of our words
 */
export function maskedData<Data>(data: Data, secrets: readonly string[], isOurs?: (member: string) => boolean): Data {
  const masking = maskingData(data, secrets, isOurs);
  for (;;) {
    const { done, value } = masking.next();
    if (done) return value;
  }
}

/** Does the same a text at a time, and yields before each: for data that take longer than a turn. */
export function* maskingData<Data>(
  data: Data,
  secrets: readonly string[],
  isOurs: (member: string) => boolean = () => false,
): Generator<undefined, Data> {
  if (secrets.length === 0) return data;
  const finders = [new KnownValues(secrets), new ShortSecrets(secrets)];
  const beginnings = new SecretBeginnings(secrets);
  function* mask(value: unknown): Generator<undefined, unknown> {
    if (typeof value === 'string') {
      yield;
      return withoutBeginning(withMasks(value, finders), value, beginnings);
    }
    if (typeof value !== 'object' || value === null) return value;
    const members: [string, unknown][] = [];
    for (const [key, inner] of Object.entries(value)) members.push([key, isOurs(key) ? inner : yield* mask(inner)]);
    return Array.isArray(value) ? members.map(([, inner]) => inner) : Object.fromEntries(members);
  }
  return (yield* mask(data)) as Data;
}

function withMasks(text: string, finders: readonly Pick<KnownValues, 'find'>[]): string {
  const spans: [start: number, end: number][] = [];
  for (const finder of finders) finder.find(text, (start, end) => spans.push([start, end]));
  let [shown, from] = ['', 0];
  for (const [start, end] of spans.sort(([one], [other]) => one - other)) {
    if (end <= from) continue;
    shown += text.slice(from, Math.max(from, start)) + MASK;
    from = end;
  }
  return shown + text.slice(from);
}

/** @param shown the text with masks @param text before they were made */
function withoutBeginning(shown: string, text: string, beginnings: SecretBeginnings): string {
  const size = beginnings.sizeAtEnd(text);
  // A part that is masked already is no longer there.
  return size > 0 && shown.endsWith(text.slice(-size)) ? shown.slice(0, -size) + MASK : shown;
}
