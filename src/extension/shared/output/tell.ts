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

// The one door for text that VS Code shows to a person outside of our pages: each goes through plainText. A test fails for
// a call of VS Code's own functions elsewhere.

/** Maximum length of a button's text, and of a line in a list, in UTF-16 code units. */
const MAX_BUTTON = 80;
const MAX_LINE = 300;
/** Time for which the status bar says something, in milliseconds. */
const BRIEFLY = 3000;

/** Shows an error. Resolves with the button that the user chooses; undefined if none. */
export function tellError(text: string, ...buttons: string[]): Promise<string | undefined> {
  return chosen(buttons, (labels) => window.showErrorMessage(plainText(text), ...labels));
}

/** Shows a warning. Resolves as `tellError`. */
export function tellWarning(text: string, ...buttons: string[]): Promise<string | undefined> {
  return chosen(buttons, (labels) => window.showWarningMessage(plainText(text), ...labels));
}

/** Shows a message. Resolves as `tellError`. */
export function tell(text: string, ...buttons: string[]): Promise<string | undefined> {
  return chosen(buttons, (labels) => window.showInformationMessage(plainText(text), ...labels));
}

/**
 * Asks a question that has to be answered before anything else. Resolves with whether the user chooses the button.
 * @param details lines below it
 */
export async function confirm(text: string, details: readonly string[], button: string): Promise<boolean> {
  return (await choose(text, details, [button])) === button;
}

/** As `confirm`, with several buttons. Resolves with the one that the user chooses; undefined if none. */
export function choose(
  text: string,
  details: readonly string[],
  buttons: readonly string[],
): Promise<string | undefined> {
  const options = { modal: true, detail: details.map((line) => plainText(line, MAX_LINE)).join('\n') };
  const ask = (labels: string[]) => window.showWarningMessage(plainText(text), options, ...labels);
  return chosen(buttons, ask);
}

/** Tells the user what failed; the log gets it with its stack. */
export function tellFailure(error: unknown, log: Log): void {
  log.error(error);
  void tellError(l10n.t('SSE Counter: {0}', reasonOf(error)));
}

/** Says something in the status bar for 3 s. */
export function tellBriefly(text: string): void {
  window.setStatusBarMessage(plainText(text, MAX_LINE), BRIEFLY);
}

export interface Question {
  title: string;
  prompt: string;
  /** Default: none. */
  placeHolder?: string | undefined;
  /** The text that is there first. Default: none. */
  value?: string | undefined;
  /** Hides what is typed. Default: it is seen. */
  password?: boolean | undefined;
  /** Returns why the text can't be taken; undefined if it can. */
  problemOf(text: string): string | undefined | Promise<string | undefined>;
}

/** Asks for a line of text. Resolves with undefined if the user gives none. */
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
  /** Whether it waits for an answer while the focus is elsewhere: where a panel that has just opened takes it. Default: false. */
  stays?: boolean;
}

/** Offers a list. Resolves with the item that the user picks; undefined if none. */
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

/** Shows the work's progress in a notification that can cancel it. `report` takes how much more is done, in percent. */
export function withProgress<T>(
  title: string,
  work: (report: (increment: number, message: string) => void, token: CancellationToken) => Promise<T>,
): Thenable<T> {
  const options = { location: ProgressLocation.Notification, title: plainText(title), cancellable: true };
  return window.withProgress(options, (progress, token) =>
    work((increment, message) => progress.report({ increment, message: plainText(message, MAX_LINE) }), token),
  );
}

/** An item of the status bar. */
export class StatusItem {
  readonly #item: StatusBarItem;

  /** @param command run by a click */
  constructor(id: string, name: string, command: string) {
    this.#item = window.createStatusBarItem(id, StatusBarAlignment.Left);
    this.#item.name = plainText(name);
    this.#item.command = command;
  }

  /** @param icon one of VS Code's, by its name @param tooltip also said by a screen reader */
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

/** Resolves with the button as the caller knows it. */
async function chosen(
  buttons: readonly string[],
  show: (labels: string[]) => Thenable<string | undefined>,
): Promise<string | undefined> {
  const labels = buttons.map((button) => plainText(button, MAX_BUTTON));
  const label = await show(labels);
  return label === undefined ? undefined : buttons[labels.indexOf(label)];
}
