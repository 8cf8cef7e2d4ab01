// A user who answers VS Code's own questions, for tests without VS Code.
import { onTestFinished } from 'vitest';
import { window } from 'vscode';
import { eventually } from '../servers/testServer';

export interface AskedBox {
  title: string;
  prompt: string;
  password: boolean;
  ignoreFocusOut: boolean;
  validateInput(text: string): Promise<string | undefined>;
  /** Enters a text; undefined stands for Escape. */
  response(text: string | undefined): void;
}

export interface AskedPick {
  title: string;
  labels: string[];
  ignoreFocusOut: boolean;
  /** Chooses a label; undefined stands for Escape. */
  response(label: string | undefined): void;
}

/** The questions that VS Code asks until the test ends, and their answers. */
export class AskedPerson {
  readonly picks: AskedPick[] = [];
  readonly boxes: AskedBox[] = [];

  constructor() {
    const { showQuickPick, showInputBox } = window;
    onTestFinished(() => void Object.assign(window, { showQuickPick, showInputBox }));
    Object.assign(window, {
      showQuickPick: (items: { label: string }[], { title, ignoreFocusOut }: AskedPick) =>
        new Promise((resolve) => {
          const response = (label?: string) => resolve(items.find((item) => item.label === label));
          this.picks.push({ title, ignoreFocusOut, labels: items.map(({ label }) => label), response });
        }),
      showInputBox: (options: AskedBox) =>
        new Promise((resolve) => {
          this.boxes.push({ ...options, response: resolve });
        }),
    });
  }

  /** Resolves with the pick list of that number, in the order of asking, from 0. */
  async pick(number = 0): Promise<AskedPick> {
    await eventually(() => this.picks.length > number);
    return this.picks[number] as AskedPick;
  }

  async box(number: number): Promise<AskedBox> {
    await eventually(() => this.boxes.length > number);
    return this.boxes[number] as AskedBox;
  }

  /** Chooses to enter values, and enters them. */
  async give(...values: (string | undefined)[]): Promise<void> {
    const { labels, response } = await this.pick();
    response(labels[0]);
    for (const [number, value] of values.entries()) (await this.box(number)).response(value);
  }
}
