import { ViewColumn, window, workspace } from 'vscode';

/** Maximum length of a text that is tried as JSON, in UTF-16 code units: to read a longer one takes too long for one go. */
const MAX_JSON = 1024 * 1024;

/** Opens a text beside the active editor, as JSON where it is. */
export async function openData(content: string): Promise<void> {
  const document = await workspace.openTextDocument({ content, language: isJson(content) ? 'json' : 'plaintext' });
  await window.showTextDocument(document, ViewColumn.Beside);
}

function isJson(text: string): boolean {
  if (text.length > MAX_JSON) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    // It is no JSON, and no fault.
    return false;
  }
}
