import { expect, test } from 'vitest';
import { SilenceFix } from '../../../src/extension/language/silenceHint';
import { newScript } from '../../support/mock/newScript';
import type { CodeAction } from '../../support/vscode/documents';
import { fake } from '../../support/vscode/index';
import { quickFixes } from '../../support/vscode/quickFixes';

const FILE = '/folder/x.sse';

const fixes = (text: string) => quickFixes(new SilenceFix(), FILE, text);

/** Returns the text after the fix was applied. */
function fixed(text: string, { edit }: CodeAction): string {
  const [insert] = edit?.inserts ?? [];
  if (insert?.uri !== FILE || insert.position.character !== 0) throw new Error('It inserts no line of the file.');
  const lines = text.split('\n');
  return [...lines.slice(0, insert.position.line), ...insert.text.split('\n').slice(0, -1)]
    .concat(lines.slice(insert.position.line))
    .join('\n');
}

test.each([
  [':@ wait 1s\ndata: a\n\n', 'retry: 3000\n\n:@ wait 1s\ndata: a\n\n'],
  [':@ method POST\n:@ status 503\n:@ stall\n', ':@ method POST\n:@ status 503\nretry: 3000\n\n:@ stall\n'],
])('of %j the fix makes %j, which is sent at once and has no problems', async (text, wanted) => {
  const [fix, ...others] = await fixes(text);
  if (!fix) throw new Error('No fix is offered.');
  expect(others).toEqual([]);
  expect(fix).toMatchObject({
    title: 'Send “retry: 3000” first',
    kind: SilenceFix.metadata.providedCodeActionKinds[0],
  });
  expect([fix.isPreferred, fix.diagnostics]).toEqual([true, fake.documents.found.get(FILE)]);
  expect(fixed(text, fix)).toBe(wanted);
  expect(newScript(wanted)).toMatchObject({ silentAt: undefined, problems: [], method: newScript(text).method });
});

test('no fix is offered for other problems, and if something is sent at once', async () => {
  expect(await fixes('dta: a\nretry: x\n:@ wiat 1s\n:@ wait 1s\n')).toEqual([]);
});
