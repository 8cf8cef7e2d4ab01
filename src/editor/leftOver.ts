import { type Tab, TabInputWebview, window } from 'vscode';

/**
 * Closes the tabs of panels that an extension host left behind when it was killed: VS Code still shows them, but delivers
 * no messages, so that they can't be used again.
 * @param type the panels' view type @param title of the tabs. Default: any
 */
export function closeLeftOver(type: string, title?: string): void {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const left = tabs.filter((tab) => isOf(tab, type) && (title === undefined || tab.label === title));
  if (left.length > 0) void window.tabGroups.close(left);
}

/** Returns the active tab, if it is a panel's of that view type. */
export function activePanelTab(type: string): Tab | undefined {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  return tab && isOf(tab, type) ? tab : undefined;
}

/** VS Code puts its own prefix before the view type. */
function isOf({ input }: Tab, type: string): boolean {
  return input instanceof TabInputWebview && input.viewType.endsWith(`-${type}`);
}
