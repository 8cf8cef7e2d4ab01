import { limitPastes } from './fields/limitPastes';

/** Returns the page's element with that id. */
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as T;
}

/** Returns a text with its `{0}`, `{1}` … filled in. */
export function format(template: string, ...values: (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));
}

/**
 * Passes on the extension's messages. VS Code posts them from the frame around the page's, which has the page's origin (it
 * takes `window.parent` away); a page of any site in another frame of the window could post the same.
 */
export function onHostMessage<Message>(receive: (message: Message) => void): void {
  window.addEventListener('message', ({ origin, data }: MessageEvent<Message>) => {
    if (origin === window.origin) receive(data);
  });
}

/** Makes buttons with a command run it. */
export function onCommand<Command extends string>(run: (command: Command) => void): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-command]'))
    button.addEventListener('click', () => run(button.dataset['command'] as Command));
}

/** Controls that a key can press like a click. */
const PRESSED = 'button, vscode-button, vscode-checkbox, summary, a';

/**
 * Makes a held key press a control only once. Without this, each repetition would send a request again, press a button that
 * has just got the focus, or break a line in a field that has.
 */
function ignoreHeldKeys(): void {
  /** Key that has pressed a control, and may be held. */
  let pressed: string | undefined;
  document.addEventListener(
    'keydown',
    (event) => {
      const { key, target } = event;
      const isControl = target instanceof Element && target.closest(PRESSED) !== null;
      const isPressing = isControl && (key === 'Enter' || key === ' ');
      if (!event.repeat) pressed = isPressing ? key : undefined;
      if (!event.repeat || !(isPressing || key === pressed)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}

/** Sets a text only if it differs: a screen reader announces a status again each time it is set. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Length of a part of a line, in characters: about the visible length of a line. */
const PART = /[\s\S]{1,200}/gu;

/**
 * Sets the text of an unwrapped line that may be much longer than its visible part. Splits it into parts: a browser draws
 * only visible parts, but each as a whole, and caches 2,048 glyphs; without parts, a screen of long lines of different
 * Chinese characters took it seconds.
 */
export function setLine(target: HTMLElement, text: string): void {
  const parts = (text.match(PART) ?? []).map((part) => {
    const span = document.createElement('span');
    span.textContent = part;
    return span;
  });
  target.replaceChildren(...parts);
}

/** Moves the focus away from an element that is about to be hidden or removed, unless the user works in another window. */
export function moveFocus(from: Element, to: HTMLElement): void {
  if (document.hasFocus() && from.contains(document.activeElement)) to.focus();
}

/** Returns the focus to the element that had it last when the page gets it back, for example from a dialog of VS Code. */
function keepFocus(): void {
  let last: EventTarget | null = null;
  document.addEventListener('focusin', ({ target }) => {
    last = target;
  });
  window.addEventListener('focus', () => {
    if (document.activeElement === document.body && last instanceof HTMLElement && last.isConnected) last.focus();
  });
}

/** Sets up the handling of keys, focus and pasted texts that all pages share. */
export function useKeyboard(): void {
  ignoreHeldKeys();
  keepFocus();
  limitPastes();
}

/** Returns a function that coalesces calls into one drawing in the next animation frame. */
export function oncePerFrame(draw: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}

/** Returns a debounced function: each call restarts the delay, in milliseconds, after which `act` is called. */
export function debounce(delay: number, act: () => void): () => void {
  let timer: number | undefined;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(act, delay);
  };
}
