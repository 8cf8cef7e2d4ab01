import { element, passFocus } from './dom';

/** Interval at which the page asks whether the extension is there, in milliseconds. */
const INTERVAL = 1000;
/** Number of questions in a row without an answer from which on the extension host is late. */
const LATE = 2;
/** Number of them after which it counts as gone: after 10 s at the latest. */
const MAX_UNANSWERED = 9;

export interface HostWatchOptions {
  /** Posts the question. The answer, as any other message, is to be told to `heard`. */
  ask(): void;
  /** The extension host hasn't answered for some seconds; or it does again. */
  onLate?(isLate: boolean): void;
  /** The extension host is gone: no button does anything any more, and nothing is as it was shown. */
  onGone(): void;
  /** It was only busy for long: it answers again. */
  onBack(): void;
}

/**
 * Finds out that the extension host has ended. VS Code doesn't tell a page: it starts another host, which knows nothing
 * of the panel. Questions are counted, and not time, so that a machine that slept isn't taken for a host that ended.
 */
export class HostWatch {
  readonly #options: HostWatchOptions;
  #unanswered = 0;
  #isLate = false;
  #isGone = false;
  #waiting: (() => void) | undefined;

  constructor(options: HostWatchOptions) {
    this.#options = options;
    setInterval(() => this.#ask(), INTERVAL);
  }

  /** Takes note of a message from the extension, whatever it says. */
  heard(): void {
    this.#unanswered = 0;
    this.#setLate(false);
    if (this.#isGone) {
      this.#isGone = false;
      this.#options.onBack();
    }
    const goOn = this.#waiting;
    this.#waiting = undefined;
    goOn?.();
  }

  /** Asks, and goes on once the extension host has answered: never, where it is gone. Returns what waits no longer. */
  confirm(goOn: () => void): () => void {
    this.#waiting = goOn;
    this.#options.ask();
    return () => {
      if (this.#waiting === goOn) this.#waiting = undefined;
    };
  }

  #setLate(isLate: boolean): void {
    if (isLate === this.#isLate) return;
    this.#isLate = isLate;
    this.#options.onLate?.(isLate);
  }

  #ask(): void {
    if (this.#unanswered >= LATE) this.#setLate(true);
    if (this.#unanswered >= MAX_UNANSWERED && !this.#isGone) {
      this.#isGone = true;
      this.#options.onGone();
    }
    this.#unanswered += 1;
    this.#options.ask();
  }
}

/** Maximum length of the link's address, in characters: VS Code takes 8 MB, in which time the window hangs, and no 12 MB. */
const MAX_LINK = 256 * 1024;

/** Where to go on once the extension host is gone. */
export interface Way {
  /** The view type of the panel. */
  panel: string;
  /** What the new panel begins with, in ever fewer words: the first that a link can carry is taken. None: it isn't known, and there is no way. */
  states: readonly object[];
  /** A remark on it, in the user's language. */
  note?: string | undefined;
}

/**
 * Shows that the extension host is gone, with a link that goes on in a new panel; or no longer. The link runs a command,
 * which VS Code passes to the host that it has started since.
 * @param parts what only the extension host could do something with @param way none: it isn't gone
 */
export function showGone(parts: readonly HTMLElement[], way?: Way): void {
  const link = element<HTMLAnchorElement>('goOn');
  const address = way && addressOf(way);
  element('goneNote').textContent = way?.note ?? '';
  // First: what is hidden takes no focus.
  element('gone').hidden = way === undefined;
  link.hidden = address === undefined;
  for (const part of parts) {
    if (way) passFocus(part, link);
    part.inert = way !== undefined;
  }
  // The second click of a double one would open a second panel.
  link.onclick = ({ detail }) => detail <= 1;
  if (address !== undefined) link.href = address;
}

function addressOf({ panel, states }: Way): string | undefined {
  for (const state of states) {
    const text = JSON.stringify({ panel, state });
    // Each character becomes one or more.
    if (text.length > MAX_LINK) continue;
    const address = `command:sseCounter.goOn?${encodeURIComponent(JSON.stringify([text]))}`;
    if (address.length <= MAX_LINK) return address;
  }
  return undefined;
}
