import { EXIT } from './exitCode';
import { Interruption } from './failure';

/** Returns a controller that is aborted by Ctrl-C, SIGTERM or SIGHUP. The second of these ends the process at once. */
export function interruption(): AbortController {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT.failed);
      controller.abort();
    });
  }
  return controller;
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/**
 * Resolves as the promise does, of something that a command needs to begin.
 * @throws {Interruption} if the signal is aborted before: what is under way ends with the process
 */
export async function unlessInterrupted<T>(needed: Promise<T>, signal: AbortSignal): Promise<T> {
  const end = aborted(signal).then(() => {
    throw new Interruption();
  });
  return Promise.race([needed, end]);
}
