import { type Tab, type TabGroup, TabInputWebview, window } from 'vscode';

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

/**
 * Returns the tab of a panel of that view type in which a link was clicked: the active one. A click in another window may
 * not have made that the active one yet: then the only one in sight, if there is no more than one.
 */
export function clickedPanelTab(type: string): Tab | undefined {
  const ofType = ({ activeTab }: TabGroup) => (activeTab && isOf(activeTab, type) ? [activeTab] : []);
  const { activeTabGroup, all } = window.tabGroups;
  const [active] = ofType(activeTabGroup);
  const inSight = all.flatMap(ofType);
  return active ?? (inSight.length === 1 ? inSight[0] : undefined);
}

/** VS Code puts its own prefix before the view type. */
function isOf({ input }: Tab, type: string): boolean {
  return input instanceof TabInputWebview && input.viewType.endsWith(`-${type}`);
}
