import { commands, type Disposable, l10n, Uri } from 'vscode';
import { KEY_ACTIONS, ROW_ACTIONS } from '../../messages/table';
import { isUri } from './file/uriText';
import type { Log } from './output/log';
import { tellFailure } from './output/tell';
import { SelectedStream } from './selectedStream';
import type { StreamAddress } from './server/streamAddress';

/** Commands in the menus of the inspector's table. */
const MENU = [...ROW_ACTIONS.map((action) => `row.${action}`), ...KEY_ACTIONS.map((action) => `key.${action}`)];

/** Arguments of a walkthrough's buttons: for the counter's stream, and for an example of our own. */
const [COUNTER, EXAMPLE] = ['counter', 'example'];
/** Maximum length of a URI that a command is given, in UTF-16 code units: a longer path leads to no file. */
const MAX_URI = 10_000;
const EXAMPLES = { file: 'templates/notifications.sse', folder: 'example' };

/**
 * Registers the commands `sseCounter.…`, and sets the context keys by which they are offered. A failure is reported to the user, and
 * logged.
 */
export function registerCommands(log: Log, runs: Record<string, (argument?: string) => unknown>): Disposable[] {
  // The context key, by which commands are offered, survives a crash of the extension host.
  void commands.executeCommand('setContext', 'sseCounter.running', false);
  const registered = Object.entries(runs).map(([name, run]) =>
    commands.registerCommand(`sseCounter.${name}`, async (argument: unknown) => {
      try {
        // From a menu, the argument is the clicked file's URI.
        const text = argument instanceof Uri ? argument.toString() : argument;
        return await run(typeof text === 'string' ? text : undefined);
      } catch (error) {
        tellFailure(error, log);
        return undefined;
      }
    }),
  );
  return [new SelectedStream(), ...registered];
}

/**
 * Returns the commands that run on the counter's stream if their argument says so, as a walkthrough's does; else on what the
 * user works in, or chooses. @param running resolves with the address when the counter runs
 */
export function withStream(
  running: () => Promise<StreamAddress | undefined>,
  inspector: () => Promise<Record<'record' | 'diagnose', (url?: string) => Promise<void>>>,
) {
  const names = ['record', 'diagnose'] as const;
  const run = (name: (typeof names)[number]) => async (given?: string) => {
    const url = given === COUNTER ? (await running())?.url : undefined;
    // If the counter can't start, it has said so.
    if (given !== COUNTER || url !== undefined) await (await inspector())[name](url);
  };
  return Object.fromEntries(names.map((name) => [name, run(name)]));
}

/**
 * Returns a command that runs on a file's or a folder's URI, or on that of an example if its argument says so, as a
 * walkthrough's does. @param extensionUri where the examples are @throws if the argument is no URI
 */
export function onFile(extensionUri: Uri, kind: keyof typeof EXAMPLES, run: (uri?: string) => Promise<unknown>) {
  const example = Uri.joinPath(extensionUri, 'media', EXAMPLES[kind]);
  return (given?: string) => {
    if (given === EXAMPLE) return run(example.toString());
    // VS Code's parser takes any text for a path: an empty one would stand for the root of the disk.
    if (given !== undefined && !(given.length <= MAX_URI && isUri(given)))
      throw new Error(l10n.t('What is to be served must be given as the URI of a file or a folder.'));
    // A link may name a place in the file, as `#L3`: of one that is served under such a name, no change would be noticed.
    return run(given === undefined ? undefined : Uri.parse(given).with({ fragment: '' }).toString());
  };
}

/**
 * Returns the commands that use the counter's address. The walkthrough offers them also while nothing is running.
 * @param running resolves with the address when the counter runs
 */
export function withAddress(running: () => Promise<StreamAddress | undefined>) {
  const names = ['copyUrl', 'copyCurl', 'runCurl', 'openInBrowser'] as const;
  const inspectCounter = async () => {
    const url = (await running())?.url;
    if (url !== undefined) await commands.executeCommand('sseCounter.inspect', url);
  };
  return {
    inspectCounter,
    ...Object.fromEntries(names.map((name) => [name, async () => (await running())?.[name]()])),
  };
}

/**
 * Registers commands `sseCounter.…` of a page's menu, which VS Code runs with what the page says about the clicked place. A
 * failure is reported to the user, and logged.
 */
export function registerMenuCommands(log: Log, run: (name: string, place: unknown) => Promise<void>): Disposable[] {
  return MENU.map((name) =>
    commands.registerCommand(`sseCounter.${name}`, async (place: unknown) => {
      try {
        await run(name, place);
      } catch (error) {
        tellFailure(error, log);
      }
    }),
  );
}
