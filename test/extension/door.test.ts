// Text from outside reaches the user only through src/extension/shared/output/tell.ts and log.ts, which make it plain text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** VS Code's functions that log a text, or show one in which `[label](command:…)` or `$(icon)` has a meaning. */
const SHOWING =
  /\b(show(?:Error|Warning|Information)Message|showInputBox|showQuickPick|createQuickPick|createInputBox|setStatusBarMessage|createStatusBarItem|ProgressLocation|window\.withProgress|createOutputChannel|LogOutputChannel|createTreeView|TreeItem|Hover|CodeLens|InlayHint|createLanguageStatusItem|registerHoverProvider|MarkdownString|enableCommandUris|supportThemeIcons)\b|\bwindow\[/g;
/**
 * All else that may be imported from VS Code, and the members of `window` that may be used. A name that isn't here may show text
 * in a way that nobody has looked at yet.
 */
const HARMLESS = new RegExp(
  [
    '^(?:commands|env|l10n|languages|window|workspace)$',
    '^(?:CodeActionKind|CompletionItemKind|DiagnosticSeverity|Disposable|EventEmitter|FileSystemError|FileType|FoldingRange)$',
    '^(?:Position|Range|RelativePattern|SymbolKind|TabInputWebview|Uri|ViewColumn|WorkspaceEdit)$',
    '^window\\.(?:activeTextEditor|visibleTextEditors|onDidChange\\w+|tabGroups|registerWebviewPanelSerializer)$',
    '^window\\.(?:showTextDocument|showOpenDialog|showSaveDialog)$',
  ].join('|'),
);
/** Modules that may use some of these functions. */
const DOORS: Record<string, RegExp> = {
  'extension/shared/output/tell.ts':
    /Message$|showInputBox$|showQuickPick$|createStatusBarItem$|rogress|^StatusBarAlignment$/,
  'extension/shared/output/log.ts': /createOutputChannel$|^LogOutputChannel$/,
  // Descriptions of our own only: nothing of the document is in them.
  'extension/language/lineHover.ts': /^Hover$/,
  'extension/language/placeHelp.ts': /^Hover$/,
  'extension/language/languageFeatures.ts': /^registerHoverProvider$/,
  // For our own command only, which validates its argument.
  'extension/shared/panel/openPanel.ts': /^enableCommandUris$|^window\.createWebviewPanel$/,
  // Their texts are plain, see below and the tests of each.
  'extension/language/newDiagnostic.ts': /^Diagnostic$/,
  'extension/language/quickFix.ts': /^CodeAction$/,
  'extension/language/outline.ts': /^DocumentSymbol$/,
  // Completions are made of our own words only.
  'extension/language/lineCompletion.ts': /^(?:CompletionItem|SnippetString)$/,
  // Runs the command that is quoted for its shell.
  'extension/shared/server/streamAddress.ts': /^window\.createTerminal$/,
};

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));
const read = (file: string) => readFileSync(join('src', file), 'utf8');
const shownIn = (source: string) => [...source.matchAll(SHOWING)].map(([name]) => name);
const IMPORT = /^import (type )?\{([^}]*)\} from 'vscode';$/gm;

/**
 * Returns what a module uses of VS Code that may show a text: all that it imports and isn't known as harmless, under whatever
 * name, also in another way than by a list of names.
 */
function usedIn(source: string): string[] {
  const imports = [...source.matchAll(IMPORT)];
  const names = imports.flatMap(([, type, list = '']) => (type ? [] : list.split(',')));
  const values = names.map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type '));
  const others = (source.match(/['"`]vscode['"`]/g) ?? []).slice(imports.length);
  const code = source.replace(IMPORT, '').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  const members = values.includes('window') ? (code.match(/(?<!\.)\bwindow\b(?:\.\w+)?/g) ?? []) : [];
  // By another name, any of its members may be used.
  const all = [...values, ...members.map((member) => (member === 'window' ? 'window.?' : member)), ...others];
  return all.filter((used) => !HARMLESS.test(used));
}

test.each(sources)('%s shows text only through tell.ts and log.ts', (file) => {
  const source = read(file);
  const around = [...shownIn(source), ...usedIn(source)].filter((name) => !DOORS[file]?.test(name));
  expect(around).toEqual([]);
});

test('the check finds a message that bypasses them', () => {
  const source = 'void window.showErrorMessage(text); window["showErrorMessage"](text); new MarkdownString(text)';
  expect(shownIn(source)).toEqual(['showErrorMessage', 'window[', 'showErrorMessage', 'MarkdownString']);
});

test.each([
  ["import * as vscode from 'vscode';\nvscode[name](text);", "'vscode'"],
  ["const { window } = require('vscode');", "'vscode'"],
  ["export { window } from 'vscode';", "'vscode'"],
  ["const { window } = await import('vscode');", "'vscode'"],
  ["import { window as here } from 'vscode';\nhere[name](text);", 'window as here'],
  ["import { window } from 'vscode';\nconst here = window;", 'window.?'],
  ["import { window } from 'vscode';\nconst { [name]: show } = window;", 'window.?'],
  ["import { window } from 'vscode';\n(window as Shows)[name](text);", 'window.?'],
  ["import { window } from 'vscode';\nReflect.get(window, name)(text);", 'window.?'],
  ["import { window } from 'vscode';\nwindow?.[name](text);", 'window.?'],
  ["import {\n  l10n,\n  window,\n} from 'vscode';\nwindow.showSomethingNew(text);", 'window.showSomethingNew'],
  ["import { l10n, SomethingNew } from 'vscode';\nnew SomethingNew(text);", 'SomethingNew'],
])('the check finds a way around them: %s', (source, found) => {
  expect(usedIn(source)).toEqual([found]);
});

test('the check leaves alone what shows no text', () => {
  const source =
    "import { l10n, type Tab, Uri, window } from 'vscode';\n// In this window.\nwindow.tabGroups.close(tab);";
  expect(usedIn(source)).toEqual([]);
  expect(usedIn("import type { Hover } from 'vscode';")).toEqual([]);
});

test.each(['extension/shared/output/tell.ts', 'extension/shared/output/log.ts'])(
  '%s gives VS Code no text that isn’t made plain',
  (file) => {
    const source = read(file);
    const given = [
      ...source.matchAll(/\bchannel\??\.(?:info|warn|error)\((.*)\);/g),
      ...source.matchAll(/\bwindow\.(?:show\w+Message|setStatusBarMessage)\((.*?),/g),
      ...source.matchAll(
        /\b(?:title|prompt|placeHolder|detail|description|message|label|tooltip): (?!string|\{)(.*?)[,;}]/g,
      ),
      ...source.matchAll(/#item\.(?:text|tooltip|name|accessibilityInformation) = (.*);/g),
    ].map(([, text = '']) => text);
    expect(given.length).toBeGreaterThan(2);
    expect(given.filter((text) => !/plainText\(|withStack\(/.test(text))).toEqual([]);
  },
);

test('a panel’s title and a document’s problems, fixes and outline are made plain, too', () => {
  const panels = sources.filter((file) => /[pP]anel(?:Page)?\.ts$/.test(file));
  const titles = panels.flatMap(
    (file) => read(file).match(/(?:#panel|panel)\.title = .*|createWebviewPanel\(.*/g) ?? [],
  );
  expect(titles).toHaveLength(2);
  expect(titles.filter((line) => !/tabTitle\(|\(type, shown, /.test(line))).toEqual([]);
  const shown = sources.flatMap(
    (file) => read(file).match(/new (?:Diagnostic|CodeAction|DocumentSymbol)\((?:.+|(?:\n *plainText\(.*,){2})/g) ?? [],
  );
  expect(shown).toHaveLength(3);
  expect(shown.filter((line) => !line.includes('plainText('))).toEqual([]);
});

/** Ways by which a page could take a text for markup. Its policy would stop a script in it, but not what looks like our own page. */
const MARKUP =
  /\b(?:innerHTML|outerHTML|insertAdjacentHTML|set(?:HTML|HTMLUnsafe)|createContextualFragment|DOMParser|parseFromString|srcdoc|document\.write\w*|unsafeHTML)\b/g;

test('no page takes a text for markup', () => {
  const pages = sources.filter((file) => file.startsWith('webview/')).map(read);
  expect(pages.length).toBeGreaterThan(50);
  const found = [...pages, readFileSync('media/page.html', 'utf8')].flatMap((source) => source.match(MARKUP) ?? []);
  expect(found).toEqual([]);
  expect('cell.innerHTML = text; row.setHTMLUnsafe(text); document.writeln(text);'.match(MARKUP)).toHaveLength(3);
});
