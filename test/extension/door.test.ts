// Text from outside reaches the user only through src/extension/shared/output/tell.ts and log.ts, which make it plain text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** VS Code's functions that log a text, or show one in which `[label](command:…)` or `$(icon)` has a meaning. */
const SHOWING =
  /\b(show(?:Error|Warning|Information)Message|showInputBox|showQuickPick|createQuickPick|createInputBox|setStatusBarMessage|createStatusBarItem|ProgressLocation|window\.withProgress|createOutputChannel|LogOutputChannel|createTreeView|TreeItem|Hover|CodeLens|InlayHint|createLanguageStatusItem|registerHoverProvider|MarkdownString|enableCommandUris|supportThemeIcons)\b|\bwindow\[/g;
/** Modules that may use some of these functions. */
const DOORS: Record<string, RegExp> = {
  'extension/shared/output/tell.ts': /Message$|^showInputBox$|^showQuickPick$|^createStatusBarItem$|rogress/,
  'extension/shared/output/log.ts': /^createOutputChannel$|^LogOutputChannel$/,
  // Descriptions of our own only: nothing of the document is in them.
  'extension/language/lineHover.ts': /^Hover$/,
  'extension/language/placeHelp.ts': /^Hover$/,
  'extension/language/languageFeatures.ts': /^registerHoverProvider$/,
  // For our own command only, which validates its argument.
  'extension/shared/panel/openPanel.ts': /^enableCommandUris$/,
};

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const read = (file: string) => readFileSync(join('src', file), 'utf8');
const shownIn = (source: string) => [...source.matchAll(SHOWING)].map(([name]) => name);

test.each(sources)('%s shows text only through tell.ts and log.ts', (file) => {
  const around = shownIn(read(file)).filter((name) => !DOORS[file]?.test(name));
  expect(around).toEqual([]);
});

test('the check finds a message that bypasses them', () => {
  const source = 'void window.showErrorMessage(text); window["showErrorMessage"](text); new MarkdownString(text)';
  expect(shownIn(source)).toEqual(['showErrorMessage', 'window[', 'showErrorMessage', 'MarkdownString']);
});

test.each(['extension/shared/output/tell.ts', 'extension/shared/output/log.ts'])(
  '%s gives VS Code no text that isn’t made plain',
  (file) => {
    const source = read(file);
    const given = [
      ...source.matchAll(/\bchannel\.(?:info|warn|error)\((.*)\);/g),
      ...source.matchAll(/\bwindow\.(?:show\w+Message|setStatusBarMessage)\((.*?),/g),
      ...source.matchAll(/\b(?:title|prompt|placeHolder|detail|label|tooltip): (?!string|\{)(.*?)[,;}]/g),
    ].map(([, text = '']) => text);
    expect(given.length).toBeGreaterThan(2);
    expect(given.filter((text) => !/plainText\(|withStack\(/.test(text))).toEqual([]);
  },
);

test('a panel’s title and a document’s problem are made plain, too', () => {
  const panels = sources.filter((file) => /[pP]anel(?:Page)?\.ts$/.test(file));
  const titles = panels.flatMap(
    (file) => read(file).match(/(?:#panel|panel)\.title = .*|createWebviewPanel\(.*/g) ?? [],
  );
  expect(titles).toHaveLength(2);
  expect(titles.filter((line) => !/tabTitle\(|\(type, shown, /.test(line))).toEqual([]);
  const problems = sources.flatMap((file) => read(file).match(/new Diagnostic\(.*/g) ?? []);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('plainText(');
});
