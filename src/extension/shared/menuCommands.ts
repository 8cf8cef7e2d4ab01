import { commands, type Disposable } from 'vscode';
import type { Log } from './output/log';
import { tellFailure } from './output/tell';

/**
 * Registers commands `sseCounter.…` of a page's menu, which VS Code runs with what the page says about the clicked place. A
 * failure is reported to the user, and logged.
 */
export function registerMenuCommands(
  log: Log,
  names: readonly string[],
  run: (name: string, place: unknown) => Promise<void>,
): Disposable[] {
  return names.map((name) =>
    commands.registerCommand(`sseCounter.${name}`, async (place: unknown) => {
      try {
        await run(name, place);
      } catch (error) {
        tellFailure(error, log);
      }
    }),
  );
}
