import { l10n, window, workspace } from 'vscode';

/** The port to listen on. A value that is none is named to the user, and the default is used. */
export function readPort(): number {
  const configuration = workspace.getConfiguration('sseCounter');
  const port: unknown = configuration.get('port');
  if (isPort(port)) return port;
  const fallback: unknown = configuration.inspect('port')?.defaultValue;
  if (!isPort(fallback)) throw new Error('package.json has no default for sseCounter.port.');
  void window.showWarningMessage(
    l10n.t(
      'The setting sseCounter.port must be a whole number from 0 to 65535, not {0}; {1} is used.',
      JSON.stringify(port),
      fallback,
    ),
  );
  return fallback;
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;
}
