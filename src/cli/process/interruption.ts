import { EXIT } from './exitCode';

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
