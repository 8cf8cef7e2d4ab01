import { Disposable, window } from 'vscode';
import { tabsOf } from './leftOver';

/**
 * Watches a tab that VS Code kept while the window was reloaded. VS Code brings back its panel when the tab is shown, and
 * says nothing where it is closed unseen. A tab that is moved is in two groups for a moment, and never in none.
 * @param title no other tab of the view type has it @param onClosed called once, unless it is disposed of first
 */
export function watchTab(type: string, title: string, onClosed: () => void): Disposable {
  const check = () => {
    if (tabsOf(type).some(({ label }) => label === title)) return;
    watching.dispose();
    onClosed();
  };
  const { onDidChangeTabs, onDidChangeTabGroups } = window.tabGroups;
  const watching = Disposable.from(onDidChangeTabs(check), onDidChangeTabGroups(check));
  return watching;
}

/** Calls back once, when VS Code has told which tabs there are: at once, unless there is none so far. */
export function whenTabsAreKnown(act: () => void): Disposable {
  const { onDidChangeTabs, onDidChangeTabGroups } = window.tabGroups;
  const check = () => {
    if (window.tabGroups.all.every(({ tabs }) => tabs.length === 0)) return;
    waiting.dispose();
    act();
  };
  const waiting = Disposable.from(onDidChangeTabs(check), onDidChangeTabGroups(check));
  check();
  return waiting;
}
