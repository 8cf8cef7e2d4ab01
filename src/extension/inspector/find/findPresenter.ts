import { type Findable, StreamFind } from '../../../client/history/find/streamFind';
import type { FoundState, FromFind, ToFind } from '../../../messages/find';
import { expressionReason, slowReason } from './expressionReason';

/** Time for which changes are coalesced before they are sent, in milliseconds. */
const COALESCE_TIME = 100;

/** Finds what the user looks for in a panel, and leads from match to match. */
export class FindPresenter {
  readonly #stream: Findable;
  readonly #post: (message: ToFind) => void;
  readonly #find: StreamFind;
  /** Number of the current event or line; undefined until there is a match. */
  #current: number | undefined;
  /** Number from which on the first match is looked for. */
  #from = 0;
  #sent = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: Findable, post: (message: ToFind) => void) {
    [this.#stream, this.#post] = [stream, post];
    this.#find = new StreamFind(stream, () => this.#showSoon());
  }

  /** Responds to the page. */
  act(message: FromFind): void {
    if (message.type === 'findStep') this.#step(message.back);
    else this.#start(message);
  }

  /** Goes on, and sends what has changed. To be called when the stream or the filter has changed. */
  show(): void {
    this.#find.update();
    if (!this.#find.query) return;
    this.#chooseFirst();
    this.#send();
  }

  /** Ends it. Can be called repeatedly. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#find.close();
  }

  #start({ from, ...query }: Extract<FromFind, { type: 'find' }>): void {
    const fail = (reason: string) => this.#post({ type: 'badFind', reason });
    this.close();
    [this.#current, this.#sent] = [undefined, ''];
    try {
      this.#find.start(query, () => fail(slowReason(query)));
    } catch (error) {
      fail(expressionReason(error));
      return;
    }
    this.#from = this.#find.numberAt(from) ?? 0;
    this.show();
  }

  /** Makes the first match from where the user is the current one; once all is searched, the first of all. */
  #chooseFirst(): void {
    const { found, searching } = this.#find;
    if (this.#current !== undefined || found.length === 0) return;
    const next = found[this.#find.countTo(this.#from - 1)];
    if (next !== undefined || !searching) this.#goTo(next ?? found[0]);
  }

  #step(back: boolean): void {
    const { found } = this.#find;
    if (found.length === 0) return;
    const current = this.#current ?? this.#from;
    const index = back ? this.#find.countTo(current - 1) - 1 : this.#find.countTo(current);
    this.#goTo(found[index] ?? found[back ? found.length - 1 : 0]);
    this.#send();
  }

  #goTo(number: number | undefined): void {
    const row = number === undefined ? undefined : this.#find.placeOf(number);
    const { query } = this.#find;
    if (number === undefined || row === undefined || !query) return;
    this.#current = number;
    this.#post({ type: 'goToFound', place: query.place, generation: this.#stream.view.generation, row });
  }

  #send(): void {
    const { found, isFull, searching } = this.#find;
    const at = this.#current === undefined ? 0 : this.#find.countTo(this.#current);
    const isThere = found[at - 1] === this.#current;
    const state: FoundState = { count: found.length, isMore: isFull, searching, current: isThere ? at : 0 };
    const text = JSON.stringify(state);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#post({ type: 'found', found: state });
  }

  #showSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.show();
    }, COALESCE_TIME);
  }
}

/** Whether a message is about finding. */
export function isAboutFind(message: { type: string }): message is FromFind {
  return message.type === 'find' || message.type === 'findStep';
}
