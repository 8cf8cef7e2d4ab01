import { element, passFocus } from './page';

/** Interval at which the page asks whether the extension is there, in milliseconds. */
const INTERVAL = 2500;
/** Number of questions in a row without an answer, after which the extension host counts as gone: after 10 s at the latest. */
const MAX_UNANSWERED = 3;

export interface HostWatchOptions {
  /** Posts the question. The answer, as any other message, is to be told to `heard`. */
  ask(): void;
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
  #isGone = false;

  constructor(options: HostWatchOptions) {
    this.#options = options;
    setInterval(() => this.#ask(), INTERVAL);
  }

  /** Takes note of a message from the extension, whatever it says. */
  heard(): void {
    this.#unanswered = 0;
    if (!this.#isGone) return;
    this.#isGone = false;
    this.#options.onBack();
  }

  #ask(): void {
    if (this.#unanswered >= MAX_UNANSWERED && !this.#isGone) {
      this.#isGone = true;
      this.#options.onGone();
    }
    this.#unanswered += 1;
    this.#options.ask();
  }
}

/**
 * Shows that the extension host is gone, with a link that goes on in a new panel; or no longer. The link runs a command,
 * which VS Code passes to the host that it has started since.
 * @param parts what only the extension host could do something with @param state what the new panel begins with; none: it isn't gone
 */
export function showGone(parts: readonly HTMLElement[], state?: { panel: string; state: object }): void {
  const link = element<HTMLAnchorElement>('goOn');
  // First: what is hidden takes no focus.
  element('gone').hidden = state === undefined;
  for (const part of parts) {
    if (state) passFocus(part, link);
    part.inert = state !== undefined;
  }
  if (state) link.href = `command:sseCounter.goOn?${encodeURIComponent(JSON.stringify([JSON.stringify(state)]))}`;
}
