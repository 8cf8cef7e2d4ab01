import { expect, test } from 'vitest';
import { Uri } from 'vscode';
import { SavedRuns } from '../../../../src/extension/inspector/saving/savedRuns';

const file = (path: string) => Uri.parse(path);

test('a run is compared with the one before it, of the same stream', () => {
  const runs = new SavedRuns();
  expect(runs.add('a', file('/1.sse'))).toBeUndefined();
  expect(runs.add('b', file('/2.sse'))).toBeUndefined();
  expect(runs.add('a', file('/3.sse'))?.path).toBe('/1.sse');
  expect(runs.add('a', file('/4.sse'))?.path).toBe('/3.sse');
});

test('a run that has replaced the file of the one before has nothing to be compared with', () => {
  const runs = new SavedRuns();
  runs.add('a', file('/1.sse'));
  expect(runs.add('a', file('/1.sse'))).toBeUndefined();
});

test('fifty streams are remembered, the latest', () => {
  const runs = new SavedRuns();
  for (let number = 1; number <= 51; number += 1) runs.add(`${number}`, file(`/${number}.sse`));
  expect(runs.add('1', file('/again.sse'))).toBeUndefined();
  expect(runs.add('51', file('/again.sse'))?.path).toBe('/51.sse');
});

test('a file that the run of another stream has replaced isn’t that of the run before', () => {
  const runs = new SavedRuns();
  runs.add('sse http://a/', file('/1.sse'));
  expect(runs.add('sse http://b/', file('/1.sse'))).toBeUndefined();
  expect(runs.add('sse http://a/', file('/2.sse'))).toBeUndefined();
  expect(runs.add('sse http://b/', file('/3.sse'))?.path).toBe('/1.sse');
});
