/** The page's element of that id. */
export function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as T;
}

/** A text with its `{0}`, `{1}` … filled in. */
export function format(template: string, ...values: (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));
}

/**
 * Passes on what the extension says. VS Code posts it from the frame around the page's, which has the page's origin (it
 * takes `window.parent` away); any other page in a frame of the window, of whatever site, could post the same.
 */
export function onHostMessage<Message>(receive: (message: Message) => void): void {
  window.addEventListener('message', ({ origin, data }: MessageEvent<Message>) => {
    if (origin === window.origin) receive(data);
  });
}

/** Has the buttons that stand for commands run them. */
export function onCommand<Command extends string>(run: (command: Command) => void): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-command]'))
    button.addEventListener('click', () => run(button.dataset['command'] as Command));
}

/** Controls that a key works like a click. */
const PRESSED = 'button, vscode-button, vscode-checkbox, summary, a';

/**
 * Has a key that is held work a control once: at each repetition, a request would go out again, a button be pressed that
 * has just got the focus, or a line be broken in a field that has.
 */
function ignoreHeldKeys(): void {
  /** The key that has worked a control, and may be held. */
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

/** Sets a text that differs only: a screen reader says a status anew each time that it is set. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Length of a part of a line, in characters: about what is in sight of it. */
const PART = /[\s\S]{1,200}/gu;

/**
 * Sets the text of a line that isn't wrapped, and may be much longer than what is in sight. It is in parts: a browser draws
 * only those that are in sight, but each as a whole, and keeps the pictures of 2,048 characters; a screen of long lines
 * of different Chinese took it seconds.
 */
export function setLine(target: HTMLElement, text: string): void {
  const parts = (text.match(PART) ?? []).map((part) => {
    const span = document.createElement('span');
    span.textContent = part;
    return span;
  });
  target.replaceChildren(...parts);
}

/** What goes, or holds what goes, leaves the focus to another. While the user works elsewhere, it isn't taken from there. */
export function passFocus(from: Element, to: HTMLElement): void {
  if (document.hasFocus() && from.contains(document.activeElement)) to.focus();
}

/** Gives the focus back to what had it, where the page gets it as a whole: from a question of VS Code's, say. */
function keepFocus(): void {
  let last: EventTarget | null = null;
  document.addEventListener('focusin', ({ target }) => {
    last = target;
  });
  window.addEventListener('focus', () => {
    if (document.activeElement === document.body && last instanceof HTMLElement && last.isConnected) last.focus();
  });
}

/** Does what each page does about keys and the focus. */
export function useKeyboard(): void {
  ignoreHeldKeys();
  keepFocus();
}

/** Returns what asks for a drawing: it is done once, in the next animation frame, however often it is asked for. */
export function inNextFrame(draw: () => void): () => void {
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

/** Returns what begins the delay, in milliseconds, anew each time that it is called; after it, it is done. */
export function afterPause(delay: number, act: () => void): () => void {
  let timer: number | undefined;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(act, delay);
  };
}
