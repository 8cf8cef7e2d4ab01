import type { FolderState, FromMockPage, MockStrings, StreamAction, StreamRow } from '../../messages/mock';
import { cell } from '../shared/cells';
import { element, format, setText } from '../shared/dom';
import { countText } from '../shared/quantities';
import { shownName, shownPath } from './shownName';

/** The streams of a served folder, a row each, and what is wrong with its files. */
export class StreamTable {
  readonly #strings: MockStrings;
  readonly #post: (message: FromMockPage) => void;
  /** The state that is shown, as text. */
  #shown = '';

  constructor(strings: MockStrings, post: (message: FromMockPage) => void) {
    [this.#strings, this.#post] = [strings, post];
  }

  /** @param folder undefined if a file is served */
  show(folder: FolderState | undefined): void {
    const state = JSON.stringify(folder);
    if (state === this.#shown) return;
    this.#shown = state;
    element('streams').hidden = folder === undefined;
    if (!folder) return;
    const { oneStream, streams, noStreams, moreStreams, headersLeftOut } = this.#strings;
    const text =
      folder.count === 0 ? noStreams : format(folder.count === 1 ? oneStream : streams, countText(folder.count));
    setText(element('streamsHeading'), text);
    element('streamList').hidden = folder.count === 0;
    const focused = document.activeElement?.getAttribute('data-key');
    element('streamRows').replaceChildren(...folder.streams.map((stream) => this.#row(stream)));
    element('problems').replaceChildren(...folder.problems.map((problem) => this.#problem(problem)));
    const hidden = folder.count - folder.streams.length;
    const notes = [
      ...(hidden > 0 ? [format(moreStreams, countText(hidden))] : []),
      ...(folder.leavesHeadersOut ? [headersLeftOut] : []),
    ];
    setText(element('moreStreams'), notes.join(' '));
    // The files were read again: the button is another one, but the focus stays.
    if (!focused || !document.hasFocus()) return;
    const same = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`);
    (same ?? element('file')).focus();
  }

  #row({ file, path, method, events }: StreamRow): HTMLTableRowElement {
    const { copyCurl, inspect } = this.#strings;
    const row = document.createElement('tr');
    const name = cell(row, 'path', 'th');
    name.scope = 'row';
    name.textContent = shownPath(method === 'POST' ? `POST ${path}` : path);
    cell(row, 'file').append(this.#link('open', file, shownName(file)));
    cell(row, 'events').textContent = countText(events);
    const actions = cell(row, 'links');
    for (const [action, label] of [
      ['copyCurl', copyCurl],
      ['inspect', inspect],
    ] as const) {
      const button = this.#link(action, file, label);
      button.ariaLabel = `${label} ${shownPath(path)}`;
      actions.append(button);
    }
    return row;
  }

  #problem({ file, text }: FolderState['problems'][number]): HTMLLIElement {
    const item = document.createElement('li');
    const link = this.#link('open', file, shownName(text));
    link.title = this.#strings.goToLine;
    link.dataset['key'] = `problem ${file}`;
    item.append(link);
    return item;
  }

  #link(action: StreamAction, file: string, text: string): HTMLButtonElement {
    const button = document.createElement('button');
    [button.type, button.className, button.textContent] = ['button', 'link', text];
    button.dataset['key'] = `${action} ${file}`;
    button.addEventListener('click', () => this.#post({ type: 'stream', action, file }));
    return button;
  }
}
