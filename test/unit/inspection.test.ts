import { expect, onTestFinished, test } from 'vitest';
import { Inspection } from '../../src/inspector/inspection';

test('a view that fails is given up, which is told; changes are told as before', async () => {
  let changed = () => {};
  const inspection = new Inspection(() => changed());
  onTestFinished(() => inspection.close());
  let told = 0;
  inspection.view.filter({ event: '', text: 'a', isRegExp: false }, () => {
    told += 1;
  });
  inspection.view.update = () => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  for (let time = 0; time < 3; time += 1) {
    await new Promise<void>((resolve) => {
      changed = resolve;
      inspection.clear();
    });
  }
  expect(told).toBe(1);
});
