import { element, moveFocus } from './dom';

/** Interval at which the page pings the extension host, in milliseconds. */
const INTERVAL = 1000;
/** Number of consecutive unanswered pings from which on the extension host is late. */
const LATE = 2;
/** Number of consecutive unanswered pings after which it counts as gone: 10 s at most. */
const MAX_UNANSWERED = 9;

export interface HostWatchOptions {
  /** Posts a ping. The response, like every other message, is to be reported to `heard`. */
  ask(): void;
  /** Called when the extension host hasn't responded for some seconds, and when it responds again. */
  onLate?(isLate: boolean): void;
  /** Called when the extension host is gone: no button works any more, and the shown state is outdated. */
  onGone(): void;
  /** Called when the extension host responds again, because it was only busy. */
  onBack(): void;
}

/**
 * Detects the end of the extension host. VS Code doesn't tell a page: it starts another host, which doesn't know the panel.
 * Counts pings instead of time, so that a machine that slept isn't mistaken for a host that ended.
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

  /** Records that a message came from the extension, whatever its type. */
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

  /**
   * Pings, and calls `goOn` at the response, which never comes from a host that is gone. Returns a function that cancels.
   */
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

/** Maximum length of the link's URL, in characters: VS Code accepts 8 MB, but hangs meanwhile, and rejects 12 MB. */
const MAX_LINK = 256 * 1024;

/** Data for the link that continues in a new panel once the extension host is gone. */
export interface Continuation {
  /** View type of the panel. */
  panel: string;
  /**
   * States for the new panel, ever shorter ones: the first that fits into a link is used. Empty if unknown: then there is no
   * link.
   */
  states: readonly object[];
  /** Label of the link, in the user's language. Default: that of before. */
  label?: string | undefined;
  /** Remark for the user, in their language. */
  note?: string | undefined;
}

/**
 * Shows that the extension host is gone, with a link that continues in a new panel, or hides that again. The link runs a
 * command, which VS Code passes to the host that it has started since.
 * @param parts elements that only work with an extension host
 * @param continuation undefined if the host isn't gone
 */
export function showGone(parts: readonly HTMLElement[], continuation?: Continuation): void {
  const link = element<HTMLAnchorElement>('goOn');
  const address = continuation && addressOf(continuation);
  link.textContent = continuation?.label ?? link.textContent;
  element('goneNote').textContent = continuation?.note ?? '';
  // First, because a hidden element can't take the focus.
  element('gone').hidden = continuation === undefined;
  link.hidden = address === undefined;
  for (const part of parts) {
    if (continuation) moveFocus(part, link);
    part.inert = continuation !== undefined;
  }
  // The second click of a double click would open a second panel.
  link.onclick = ({ detail }) => detail <= 1;
  if (address !== undefined) link.href = address;
}

function addressOf({ panel, states }: Continuation): string | undefined {
  for (const state of states) {
    const text = JSON.stringify({ panel, state });
    // Checked first, because encoding only makes it longer.
    if (text.length > MAX_LINK) continue;
    const address = `command:sseCounter.goOn?${encodeURIComponent(JSON.stringify([text]))}`;
    if (address.length <= MAX_LINK) return address;
  }
  return undefined;
}
