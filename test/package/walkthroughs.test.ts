// The walkthroughs: each step ends with a button that runs a command of ours.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import japanese from '../../package.nls.ja.json' with { type: 'json' };
import english from '../../package.nls.json' with { type: 'json' };

const { walkthroughs, commands } = packageJson.contributes;
const steps = walkthroughs.flatMap(({ id, steps }) => steps.map((step) => ({ ...step, name: `${id}.${step.id}` })));
const textOf = (texts: Record<string, string>, key: string) => texts[key.slice(1, -1)] ?? '';

test('there is one for each thing that a person comes for', () => {
  expect(walkthroughs.map(({ id }) => id)).toEqual(['start', 'inspect', 'mock', 'test']);
});

test.each(steps)('the step $name ends with buttons of our commands, the same in both languages', (step) => {
  const ids = [english, japanese].map((texts) => {
    const [, ...buttons] = textOf(texts, step.description).split('\n');
    return buttons.map((button) => /^\[[^\]]+\]\(command:([\w.]+)(?:\?%5B%22[\w.]+%22%5D)?\)$/.exec(button)?.[1]);
  });
  expect(ids[0]).not.toEqual([]);
  expect(commands.map(({ command }) => command)).toEqual(expect.arrayContaining(ids[0] ?? []));
  expect(ids[1]).toEqual(ids[0]);
  expect(step.completionEvents).toEqual([...new Set(ids[0])].map((id) => `onCommand:${id}`));
});

test.each(steps)('the step $name has a picture or a page, in both languages', ({ media }) => {
  const file = 'image' in media ? (media.image ?? '') : (media.markdown ?? '');
  const files = 'image' in media ? [file] : [file, file.replace('.md', '.nls.ja.md')];
  expect(files.filter((one) => !existsSync(one))).toEqual([]);
});

test('the Japanese page has the same code as the English one', () => {
  const codeOf = (file: string) => readFileSync(file, 'utf8').match(/```[\s\S]*?```|^ {4}.*$/gm);
  expect(codeOf('media/walkthrough/test.nls.ja.md')).toEqual(codeOf('media/walkthrough/test.md'));
});
