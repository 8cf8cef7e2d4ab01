import { TabInputWebview, window } from 'vscode';
import { FakeEvent } from './files';
import { FakePanel, fake } from './index';

/** The tabs of a window's panels. They remain, with their titles, when the extension host is killed. */
export class FakeTabs {
  readonly #tabs: { panel: FakePanel; type: string }[] = [];
  /** Emitter like VS Code's for changed tabs. */
  readonly changed = new FakeEvent<object>();

  constructor() {
    const group = { tabs: [] as object[] };
    Object.defineProperty(group, 'tabs', { get: () => this.#shown });
    const close = async (tabs: { panel: FakePanel }[]) => {
      for (const { panel } of tabs) this.close(panel);
    };
    Object.assign(window, {
      createWebviewPanel: (type: string, title: string) => this.add(type, title),
      tabGroups: {
        all: [group],
        activeTabGroup: group,
        close,
        onDidChangeTabs: this.changed.event,
        onDidChangeTabGroups: new FakeEvent<object>().event,
      },
    });
  }

  /** The tabs' titles, in order. */
  get titles(): string[] {
    return this.#tabs.map(({ panel }) => panel.title);
  }

  add(type: string, title: string): FakePanel {
    const panel = new FakePanel();
    panel.title = title;
    fake.panels.push(panel);
    this.#tabs.push({ panel, type });
    this.changed.fire({});
    return panel;
  }

  has(panel: unknown): boolean {
    return this.#tabs.some((tab) => tab.panel === panel);
  }

  close(panel: FakePanel): void {
    const index = this.#tabs.findIndex((tab) => tab.panel === panel);
    if (index >= 0) this.#tabs.splice(index, 1);
    panel.dispose();
    this.changed.fire({});
  }

  /** Moves a tab to another group as VS Code reports it: first it appears there, and then it leaves its own group. */
  move(panel: FakePanel): void {
    const index = this.#tabs.findIndex((tab) => tab.panel === panel);
    const [tab] = this.#tabs.slice(index);
    if (!tab) throw new Error('There is no such tab.');
    this.#tabs.push(tab);
    this.changed.fire({});
    this.#tabs.splice(index, 1);
    this.changed.fire({});
  }

  /** Reloads the window: its tabs remain, and the extension gets their panels when they are shown. */
  reload(): FakePanel[] {
    fake.session += ', again';
    for (const tab of this.#tabs) {
      const panel = new FakePanel();
      panel.title = tab.panel.title;
      tab.panel = panel;
    }
    return this.#tabs.map(({ panel }) => panel);
  }

  get #shown(): object[] {
    return this.#tabs.map(({ panel, type }) => {
      const input = Object.assign(Object.create(TabInputWebview.prototype), { viewType: `mainThreadWebview-${type}` });
      return { label: panel.title, input, panel };
    });
  }
}
