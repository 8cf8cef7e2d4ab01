import { expect, test } from 'vitest';
import { window } from 'vscode';
import { Log } from '../../../../src/extension/shared/output/log';

/** Returns a log, and the lines that its channel got. */
function newLog() {
  const lines: string[] = [];
  let isClosed = false;
  const write = (line: string) => {
    if (isClosed) throw new Error('Channel has been closed');
    lines.push(line);
  };
  const dispose = () => {
    isClosed = true;
  };
  Object.assign(window, { createOutputChannel: () => ({ info: write, warn: write, error: write, dispose }) });
  return { log: new Log('name'), lines };
}

test('a line that is slow to draw is cut; one of letters is kept up to 4,000', () => {
  const { log, lines } = newLog();
  const marks = '\u0301'.repeat(3000);
  log.info(marks);
  log.warn(marks);
  log.error(marks);
  log.error(new Error(marks));
  expect(lines.length).toBe(4);
  for (const line of lines) expect([...line].filter((character) => character === '\u0301').length).toBeLessThan(700);
  log.info('x'.repeat(4000));
  log.info('x'.repeat(4001));
  expect(lines.slice(4)).toEqual(['x'.repeat(4000), `${'x'.repeat(3999)}…`]);
});

test('what ends behind the log, as the window is closed, isn’t kept from it by an entry', () => {
  const { log, lines } = newLog();
  log.info('before');
  log.dispose();
  for (const level of ['info', 'warn', 'error'] as const) log[level]('after');
  expect(lines).toEqual(['before']);
});
