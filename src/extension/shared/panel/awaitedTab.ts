import { Disposable, window } from 'vscode';
import { tabsOf } from './leftOver';

/**
 * Watches a tab that VS Code kept while the window was reloaded. VS Code restores its panel when the tab is shown, but gives
 * no notice if it is closed before that. A tab that is moved is briefly in two groups, and never in none.
 * @param title unique among the tabs of the view type
 * @param onClosed called once, unless the watch is disposed first
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

/** Calls `act` once, as soon as VS Code has reported its tabs: at once if there are any already. */
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
