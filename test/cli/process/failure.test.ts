import { expect, test } from 'vitest';
import { Failure } from '../../../src/cli/process/failure';
import { isolated } from '../../../src/text/foreignText';

test('a name that the API has made harmless stays as it is, also one with letters of other languages', () => {
  const message = `There is no file ${isolated('/tmp/Grüße\x1b[31m.sse')}. Correct its path.`;
  expect(new Failure(message).message).toBe(message);
});

test('whatever else could steer a terminal is shown by its code, and each line stays a line', () => {
  expect(new Failure('a\x1b[31m\u009b\u202e\nb').message).toBe('a⟨U+001B⟩[31m⟨U+009B⟩⟨U+202E⟩\nb');
});
