import { TabInputWebview, window } from 'vscode';
import { FakePanel, fake } from './vscode';

/** The tabs of a window's panels. They stay when the extension host is killed, with the titles that they had. */
export class FakeTabs {
  readonly #tabs: { panel: FakePanel; type: string }[] = [];

  constructor() {
    const group = { tabs: [] as object[] };
    Object.defineProperty(group, 'tabs', { get: () => this.#shown });
    const close = async (tabs: { panel: FakePanel }[]) => {
      for (const { panel } of tabs) this.close(panel);
    };
    Object.assign(window, {
      createWebviewPanel: (type: string, title: string) => this.add(type, title),
      tabGroups: { all: [group], activeTabGroup: group, close },
    });
  }

  /** Their titles, in order. */
  get titles(): string[] {
    return this.#tabs.map(({ panel }) => panel.title);
  }

  add(type: string, title: string): FakePanel {
    const panel = new FakePanel();
    panel.title = title;
    fake.panels.push(panel);
    this.#tabs.push({ panel, type });
    return panel;
  }

  has(panel: unknown): boolean {
    return this.#tabs.some((tab) => tab.panel === panel);
  }

  close(panel: FakePanel): void {
    const index = this.#tabs.findIndex((tab) => tab.panel === panel);
    if (index >= 0) this.#tabs.splice(index, 1);
    panel.dispose();
  }

  get #shown(): object[] {
    return this.#tabs.map(({ panel, type }) => {
      const input = Object.assign(Object.create(TabInputWebview.prototype), { viewType: `mainThreadWebview-${type}` });
      return { label: panel.title, input, panel };
    });
  }
}
