// An extension in the VS Code under test that runs the tests' commands, without the Command Palette.
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { commands, extensions, workspace } from 'vscode';

export function activate(): void {
  const socket = connect(Number(process.env['TEST_BRIDGE_PORT']), '127.0.0.1');
  // The tests end first, and VS Code may outlive them by a moment.
  socket.on('error', (error) => console.error('The bridge to the tests is gone:', error));
  send(socket, { folder: workspace.workspaceFolders?.[0]?.uri.fsPath ?? '' });
  createInterface({ input: socket }).on('line', async (line) => {
    const { id, command, args } = JSON.parse(line) as { id: number; command: string; args: unknown[] };
    try {
      await act(command, args);
      send(socket, { id });
    } catch (error) {
      send(socket, { id, error: `${command}: ${error instanceof Error ? error.stack : error}` });
    }
  });
}

function send(socket: Socket, message: object): void {
  socket.write(`${JSON.stringify(message)}\n`);
}

async function act(command: string, args: unknown[]): Promise<void> {
  const [name] = args;
  if (command === 'theme') await workspace.getConfiguration().update('workbench.colorTheme', themeId(name), true);
  else await commands.executeCommand(command, ...args);
}

/** Returns the id of VS Code's own theme with that label; the ids differ between versions. */
function themeId(label: unknown): string {
  const { packageJSON } = extensions.getExtension('vscode.theme-defaults') ?? {};
  const themes = packageJSON.contributes.themes as { id: string; label: string }[];
  const theme = themes.find((theme) => theme.label === label);
  if (!theme) throw new Error(`There is no theme “${label}”.`);
  return theme.id;
}
