import { Uri } from 'vscode';

/** Whether a text is a URI with a scheme: VS Code throws at others, as at spaces in a scheme. */
export function isUri(text: string): boolean {
  try {
    Uri.parse(text, true);
    return true;
  } catch {
    // That it throws is the answer.
    return false;
  }
}
