import type { FromMockPage, MockStrings, StreamRow } from '../../messages/mock';
import { element, format, setText } from '../shared/dom';
import { countText } from '../shared/quantities';
import { shownPath } from './shownName';

/** Form that publishes an event to all connections. */
export class PublishForm {
  readonly #strings: MockStrings;
  readonly #post: (message: FromMockPage) => void;
  readonly #event = element<HTMLInputElement>('publishEvent');
  readonly #id = element<HTMLInputElement>('publishId');
  readonly #path = element<HTMLSelectElement>('publishPath');
  #paths: string | undefined;
  readonly #data = element<HTMLTextAreaElement>('publishData');

  constructor(strings: MockStrings, post: (message: FromMockPage) => void) {
    [this.#strings, this.#post] = [strings, post];
    element('publishNow').addEventListener('click', () => this.#publish());
    for (const field of [this.#event, this.#id])
      field.addEventListener('keydown', ({ key, repeat }) => {
        if (key === 'Enter' && !repeat) this.#publish();
      });
    this.#data.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.repeat || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.#publish();
    });
  }

  /** Offers the streams of a folder to publish on. @param streams undefined if a file is served */
  showStreams(streams: readonly StreamRow[] | undefined): void {
    element('publishOn').hidden = streams === undefined;
    const { value } = this.#path;
    // A chosen path whose file has gone stays: the event would go to all.
    const paths = [...new Set([...(streams ?? []).map(({ path }) => path), ...(value === '' ? [] : [value])])];
    if (paths.join(' ') === this.#paths) return;
    this.#paths = paths.join(' ');
    const option = (path: string, text: string) => new Option(text, path, false, path === value);
    this.#path.replaceChildren(
      option('', this.#strings.allStreams),
      ...paths.map((path) => option(path, shownPath(path))),
    );
  }

  /** Says on how many connections an event was sent. @param connections undefined if too much is queued for clients */
  showPublished(connections: number | undefined): void {
    const { tooMuchQueued, publishedOnOne, publishedOn } = this.#strings;
    const text = connections === 1 ? publishedOnOne : publishedOn;
    const said = element('published');
    // The same words again are said again.
    said.textContent = '';
    setText(said, connections === undefined ? tooMuchQueued : format(text, countText(connections)));
  }

  #publish(): void {
    const path = this.#path.value || undefined;
    this.#post({ type: 'publish', event: this.#event.value, id: this.#id.value, data: this.#data.value, path });
  }
}
