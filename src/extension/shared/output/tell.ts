import {
  type CancellationToken,
  l10n,
  ProgressLocation,
  type QuickPickItem,
  StatusBarAlignment,
  type StatusBarItem,
  window,
} from 'vscode';
import { reasonOf } from '../../../text/reason';
import type { Log } from './log';
import { plainText } from './plainText';

// The only module that passes text to VS Code's own UI (outside of our pages): every text goes through plainText. A test
// fails for a call of VS Code's functions elsewhere.

/** Maximum length of a button's text, and of a line in a list, in UTF-16 code units. */
const MAX_BUTTON = 80;
const MAX_LINE = 300;
/** Time for which the status bar shows a brief message, in milliseconds. */
const BRIEFLY = 3000;

/** Shows an error. Resolves with the button that the user chooses; undefined if none. */
export function tellError(text: string, ...buttons: string[]): Promise<string | undefined> {
  return chosen(buttons, (labels) => window.showErrorMessage(plainText(text), ...labels));
}

/** Shows a warning. Resolves like `tellError`. */
export function tellWarning(text: string, ...buttons: string[]): Promise<string | undefined> {
  return chosen(buttons, (labels) => window.showWarningMessage(plainText(text), ...labels));
}

/** Shows a message. Resolves like `tellError`. */
export function tell(text: string, ...buttons: string[]): Promise<string | undefined> {
  return chosen(buttons, (labels) => window.showInformationMessage(plainText(text), ...labels));
}

/**
 * Asks a modal question. Resolves with whether the user chooses the button.
 * @param details lines below the question
 */
export async function confirm(text: string, details: readonly string[], button: string): Promise<boolean> {
  // The first button has the focus: an Enter key that is still held would press it before anyone has read the question. With
  // `isCloseAffordance`, VS Code would put it behind the other one.
  return (await choose(text, details, [l10n.t('No'), button])) === button;
}

/** Asks a modal question with several buttons, the first of them harmless. Resolves with the one that the user chooses; undefined if none. */
export function choose(
  text: string,
  details: readonly string[],
  buttons: readonly string[],
): Promise<string | undefined> {
  const options = { modal: true, detail: details.map((line) => plainText(line, MAX_LINE)).join('\n') };
  const ask = (labels: string[]) => window.showWarningMessage(plainText(text), options, ...labels);
  return chosen(buttons, ask);
}

/** Reports a failure to the user; the log gets the error with its stack. */
export function tellFailure(error: unknown, log: Log): void {
  log.error(error);
  void tellError(l10n.t('SSE Counter: {0}', reasonOf(error)));
}

/** Shows a message in the status bar for 3 s. */
export function tellBriefly(text: string): void {
  window.setStatusBarMessage(plainText(text, MAX_LINE), BRIEFLY);
}

export interface Question {
  title: string;
  prompt: string;
  /** Default: none. */
  placeHolder?: string | undefined;
  /** Initial text. Default: none. */
  value?: string | undefined;
  /** Whether the typed text is hidden. Default: false. */
  password?: boolean | undefined;
  /** Returns the reason why the text isn't accepted; undefined if it is. */
  problemOf(text: string): string | undefined | Promise<string | undefined>;
}

/** Asks for a line of text. Resolves with undefined if the user cancels. */
export function askForText({ title, prompt, placeHolder = '', value = '', password = false, problemOf }: Question) {
  return window.showInputBox({
    title: plainText(title),
    prompt: plainText(prompt),
    placeHolder: plainText(placeHolder),
    value,
    password,
    ignoreFocusOut: true,
    validateInput: async (text) => {
      const problem = await problemOf(text);
      return problem === undefined ? undefined : plainText(problem, MAX_LINE);
    },
  });
}

export interface Offer {
  title?: string;
  placeHolder?: string;
  /** Whether the list stays open without focus, which a panel that has just opened takes. Default: false. */
  stays?: boolean;
}

/** Shows a list. Resolves with the item that the user picks; undefined if none. */
export async function pickOne<Item extends QuickPickItem>(
  items: readonly Item[],
  { title, placeHolder, stays = false }: Offer,
): Promise<Item | undefined> {
  const shown = items.map((item) => ({
    label: plainText(item.label, MAX_LINE),
    ...(item.description === undefined ? {} : { description: plainText(item.description, MAX_LINE) }),
    ...(item.detail === undefined ? {} : { detail: plainText(item.detail, MAX_LINE) }),
    item,
  }));
  const options = {
    ...(title === undefined ? {} : { title: plainText(title) }),
    ...(placeHolder === undefined ? {} : { placeHolder: plainText(placeHolder) }),
    matchOnDescription: true,
    matchOnDetail: true,
    ...(stays ? { ignoreFocusOut: true } : {}),
  };
  return (await window.showQuickPick(shown, options))?.item;
}

/** Shows the work's progress in a notification that can cancel it. `report` takes the increment, in percent. */
export function withProgress<T>(
  title: string,
  work: (report: (increment: number, message: string) => void, token: CancellationToken) => Promise<T>,
): Thenable<T> {
  const options = { location: ProgressLocation.Notification, title: plainText(title), cancellable: true };
  return window.withProgress(options, (progress, token) =>
    work((increment, message) => progress.report({ increment, message: plainText(message, MAX_LINE) }), token),
  );
}

/** Item of the status bar. */
export class StatusItem {
  readonly #item: StatusBarItem;

  /** @param command run by a click */
  constructor(id: string, name: string, command: string) {
    this.#item = window.createStatusBarItem(id, StatusBarAlignment.Left);
    this.#item.name = plainText(name);
    this.#item.command = command;
  }

  /** @param icon name of a VS Code icon @param tooltip also read by a screen reader */
  show(icon: string, text: string, tooltip: string): void {
    this.#item.text = `$(${icon}) ${plainText(text, MAX_BUTTON)}`;
    this.#item.tooltip = plainText(tooltip);
    this.#item.accessibilityInformation = { label: plainText(tooltip) };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Resolves with the caller's text of the chosen button. */
async function chosen(
  buttons: readonly string[],
  show: (labels: string[]) => Thenable<string | undefined>,
): Promise<string | undefined> {
  const labels = buttons.map((button) => plainText(button, MAX_BUTTON));
  const label = await show(labels);
  return label === undefined ? undefined : buttons[labels.indexOf(label)];
}
