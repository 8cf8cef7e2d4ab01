import { expect, test } from 'vitest';
import { indentedJson } from '../../../../src/extension/inspector/saving/indentedJson';
import { Turns } from '../../../../src/turns/turns';

/** More than is checked to be JSON in one go. */
const LONG = `"${'x'.repeat(70_000)}"`;

test.each([`{${LONG}: the tide}`, `[${LONG}, 1 2]`, `[${LONG} "a"]`, `{"a": ${LONG} []}`, `[1, ${LONG}] [2]`])(
  'a long text that is no JSON keeps its spaces: it isn’t indented (%#)',
  async (text) => {
    expect(await indentedJson(text, new Turns())).toBeUndefined();
  },
);

test('long JSON is indented', async () => {
  const text = `{"a":${LONG},"b":[1,{"c":null},[],{}],"d":-1}`;
  expect(await indentedJson(text, new Turns())).toBe(JSON.stringify(JSON.parse(text), undefined, 2));
});
