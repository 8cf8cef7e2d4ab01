import { commands, type Disposable, type TextEditor, window } from 'vscode';
import { looksLikeRequest, MAX_EXAMINED } from '../../client/request/arguments/looksLikeRequest';
import { selectedText } from './selectedText';

/** Context key by which **Inspect Selected Event Stream** is in the editor's menu. */
const KEY = 'sseCounter.streamSelected';
/** Time for which changes of the selection are coalesced, in milliseconds: dragging changes it with each move. */
const DELAY = 50;
/** Maximum number of lines that are examined. */
const MAX_LINES = 100;

/** Keeps the context key that says whether the active editor's selection looks like a request. */
export class SelectedStream implements Disposable {
  readonly #listeners: Disposable[];
  #timer: NodeJS.Timeout | undefined;
  #isSelected = false;

  constructor() {
    const examine = () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#set(isStreamSelected(window.activeTextEditor));
      }, DELAY);
    };
    this.#listeners = [window.onDidChangeTextEditorSelection(examine), window.onDidChangeActiveTextEditor(examine)];
    // The key survives a crash of the extension host.
    void commands.executeCommand('setContext', KEY, false);
    examine();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners.splice(0)) listener.dispose();
    this.#set(false);
  }

  #set(isSelected: boolean): void {
    if (isSelected === this.#isSelected) return;
    this.#isSelected = isSelected;
    void commands.executeCommand('setContext', KEY, isSelected);
  }
}

/** Whether the selection looks like a request. */
function isStreamSelected(editor: TextEditor | undefined): boolean {
  return !!editor && !editor.selection.isEmpty && looksLikeRequest(selectedText(editor, MAX_EXAMINED, MAX_LINES));
}
