import { type Tab, TabInputWebview, window } from 'vscode';

/**
 * Closes the tabs of all panels of that view type, left behind by a killed extension host. VS Code still shows them, but
 * delivers no messages, so that they can't be used again.
 */
export function closeLeftOver(type: string): void {
  void closeTabs(tabsOf(type));
}

/** Returns the tabs of all panels of that view type, in all groups. */
export function tabsOf(type: string): Tab[] {
  // VS Code prefixes the view type with a word and a hyphen. The `===` keeps out a type of another extension that only ends
  // the same.
  const isOf = ({ input }: Tab) => input instanceof TabInputWebview && input.viewType.replace(/^\w+-/, '') === type;
  return window.tabGroups.all.flatMap((group) => group.tabs).filter(isOf);
}

export async function closeTabs(tabs: Tab[]): Promise<void> {
  if (tabs.length > 0) await window.tabGroups.close(tabs);
}
