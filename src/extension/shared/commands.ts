import { commands, type Disposable, Uri } from 'vscode';
import type { Log } from './output/log';
import { tellFailure } from './output/tell';
import type { StreamAddress } from './server/streamAddress';

/** Registers the commands `sseCounter.…`. A failure is reported to the user, and logged. */
export function registerCommands(log: Log, runs: Record<string, (argument?: string) => unknown>): Disposable[] {
  return Object.entries(runs).map(([name, run]) =>
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
}

/** Returns the commands that are methods of a part, which is loaded when one of them runs. */
export function ofPart<Name extends string>(
  part: () => Promise<Record<Name, (argument?: string) => unknown>>,
  names: readonly Name[],
): Record<string, (argument?: string) => Promise<unknown>> {
  return Object.fromEntries(names.map((name) => [name, async (argument?: string) => (await part())[name](argument)]));
}

/** Returns the commands that use the counter's address. @param running resolves with it when the counter runs */
export function withAddress(running: () => Promise<StreamAddress | undefined>) {
  const names = ['copyUrl', 'copyCurl', 'runCurl', 'openInBrowser'] as const;
  return Object.fromEntries(names.map((name) => [name, async () => (await running())?.[name]()]));
}
