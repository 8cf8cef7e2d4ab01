// What is selected in a file of any repository goes to the input box, which is to lay it out.
import { expect, test } from 'vitest';
import { window } from 'vscode';
import { InspectorBench } from './inspectors';

/** Inspects a text that is no request; returns what the box begins with, and the warnings. */
async function ask(text: string): Promise<{ value: string | undefined; warnings: string[] }> {
  const bench = new InspectorBench();
  const warnings: string[] = [];
  let value: string | undefined;
  Object.assign(window, {
    showInputBox: async (options: { value?: string }) => {
      value = options.value;
      return undefined;
    },
    showWarningMessage: async (message: string) => void warnings.push(message),
  });
  await bench.inspector.inspect(text);
  return { value, warnings };
}

test.each([
  ['marks', `a${'\u0301'.repeat(30_000)}`],
  ['marks far behind', `${' '.repeat(10_000)}a${'\u0301'.repeat(1000)}`],
  ['two directions', 'a\u05d0'.repeat(20_000)],
  ['a megabyte', 'x'.repeat(1_100_000)],
  ['another megabyte', ' '.repeat(1_100_000)],
])('a command with %s isn’t put into the box: a warning says what is wrong with it', async (_, rest) => {
  const { value, warnings } = await ask(`curl http://127.0.0.1:1/ --no-such ${rest}`);
  expect(value).toBe('');
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/not known here|longer than 1 MB/);
  expect(warnings[0]?.length).toBeLessThanOrEqual(1000);
});

test('a command of some length that has a mistake is in the box, where it can be mended', async () => {
  const command = `curl http://127.0.0.1:1/ --no-such -H 'Authorization: ${'x'.repeat(8000)}' -d '日本語のテキスト'`;
  expect(await ask(command)).toEqual({ value: command, warnings: [] });
});
