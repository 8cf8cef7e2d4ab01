import { commands, type ExtensionContext, window } from 'vscode';
import { CounterSession } from './editor/counterSession';

// Module-level, since VS Code hands deactivate() nothing, and disposing context.subscriptions is not awaited.
let session: CounterSession | undefined;
let ended: Promise<void> = Promise.resolve();

/** Registers the commands. Only Start SSE Counter opens a panel, and with it a port. */
export function activate({ extensionUri, subscriptions }: ExtensionContext): void {
  const log = window.createOutputChannel('SSE Counter', { log: true });
  subscriptions.push(log);
  const register = (name: string, run: () => unknown) => {
    const command = async () => {
      try {
        return await run();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        log.error(reason);
        void window.showErrorMessage(`SSE Counter: ${reason}`);
        return undefined;
      }
    };
    subscriptions.push(commands.registerCommand(`sseCounter.${name}`, command));
  };

  register('start', async () => {
    session ??= new CounterSession({
      extensionUri,
      log,
      after: ended,
      onClose: (closed) => {
        session = undefined;
        ended = closed;
      },
    });
    session.reveal();
    await session.start();
    return session?.address?.url;
  });
  register('stop', () => session?.stop());
  register('copyUrl', () => session?.address?.copyUrl());
  register('copyCurl', () => session?.address?.copyCurl());
  register('runCurl', () => session?.address?.runCurl());
  register('openInBrowser', () => session?.address?.openInBrowser());
  register('showLog', () => log.show());
}

/** VS Code waits for it: every stream has ended and the port is free when it resolves. */
export async function deactivate(): Promise<void> {
  await session?.close();
  await ended;
}
