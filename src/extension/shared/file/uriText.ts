import { Uri } from 'vscode';

/** Whether a text is a URI with a scheme. VS Code throws for anything else, for example if a scheme contains spaces. */
export function isUri(text: string): boolean {
  try {
    Uri.parse(text, true);
    return true;
  } catch {
    // A text that can't be parsed throws.
    return false;
  }
}
