import { expect, test } from 'vitest';
import { jsonText } from '../../../../src/extension/inspector/result/jsonText';

const LONG = `${'x'.repeat(64 * 1024 - 1)}\u{1f600}"\n\ud83d${'y'.repeat(70_000)}`;

test.each([
  null,
  -0,
  'a "b"\u2028',
  [],
  {},
  [[], {}, [{}], null, undefined],
  { a: 1, left: undefined, b: { c: [true, 1e21], '': [] } },
  { only: undefined },
  JSON.parse('{"__proto__":{"2":1,"1":[2]}}'),
  LONG,
  { [LONG]: [LONG, Array.from({ length: 30_000 }, (_, at) => ({ at }))] },
])('a value is written as JSON.stringify writes it: %#', (value) => {
  expect([...jsonText(value, undefined)].join('')).toBe(JSON.stringify(value));
  const indented = JSON.stringify(value, undefined, 2).replace(/\n/g, '\n    ');
  expect([...jsonText(value, '    ')].join('')).toBe(indented);
});
