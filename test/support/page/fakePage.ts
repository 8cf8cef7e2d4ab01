// A fake page for scripts that only set texts and forward events; layout is tested in a browser.
import { vi } from 'vitest';

export class FakeElement extends EventTarget {
  textContent = '';
  value = '';
  max = '';
  href = '';
  hidden = false;
  inert = false;
  tabIndex = 0;
  readonly dataset: Record<string, string> = {};
  readonly attributes = new Map<string, string>();
  children: FakeElement[] = [];
  readonly #page: FakePage;

  constructor(page: FakePage) {
    super();
    this.#page = page;
  }

  get valueAsNumber(): number {
    return this.value === '' ? Number.NaN : Number(this.value);
  }

  focus(): void {
    this.#page.activeElement = this;
  }

  contains(other: unknown): boolean {
    return other === this || this.children.some((child) => child.contains(other));
  }

  querySelectorAll(): FakeElement[] {
    return this.children;
  }

  replaceChildren(...children: FakeElement[]): void {
    this.children = children;
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  /** Dispatches an event on the element or one of its children. */
  happens(type: string, more: object = {}): Event {
    const event = new Event(type, { cancelable: true });
    Object.defineProperty(event, 'target', { value: this, configurable: true });
    this.dispatchEvent(Object.assign(event, more));
    return event;
  }
}

/** A page whose elements are created when they are looked up by id. */
export class FakePage {
  readonly documentElement = { lang: 'en' };
  activeElement: FakeElement | undefined;
  /** Whether the user works in the page. */
  focused = true;
  readonly #elements = new Map<string, FakeElement>();
  #frames: (() => void)[] = [];

  /** Installs the page as the browser's globals, until `vi.unstubAllGlobals`. */
  constructor() {
    vi.stubGlobal('document', this);
    vi.stubGlobal('window', globalThis);
    vi.stubGlobal('Node', FakeElement);
    vi.stubGlobal('requestAnimationFrame', (draw: () => void) => this.#frames.push(draw));
  }

  getElementById(id: string): FakeElement {
    const found = this.#elements.get(id) ?? new FakeElement(this);
    this.#elements.set(id, found);
    return found;
  }

  createElement(): FakeElement {
    return new FakeElement(this);
  }

  hasFocus(): boolean {
    return this.focused;
  }

  /** Runs the requested animation frame callbacks; returns their number. */
  frame(): number {
    const frames = this.#frames;
    this.#frames = [];
    for (const draw of frames) draw();
    return frames.length;
  }

  /** Returns the text of the element. */
  text(id: string): string {
    return this.getElementById(id).textContent;
  }
}
