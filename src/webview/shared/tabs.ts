/** Tabs and their panels: the arrow keys, Home and End move between tabs and show the panel at once. */
export class Tabs<Name extends string> {
  readonly #tabs: HTMLElement[];
  readonly #onShow: (name: Name, byUser: boolean) => void;
  #shown: HTMLElement | undefined;

  /** @param list element with the role `tablist`; each tab names its panel in `aria-controls` and itself in `data-name` */
  constructor(list: HTMLElement, onShow: (name: Name, byUser: boolean) => void) {
    this.#tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
    this.#onShow = onShow;
    list.addEventListener('click', ({ target }) => {
      const tab = this.#tabs.find((candidate) => target instanceof Node && candidate.contains(target));
      if (tab) this.#show(tab, true);
    });
    list.addEventListener('keydown', (event) => this.#onKey(event));
  }

  get shown(): Name | undefined {
    return this.#shown && nameOf(this.#shown);
  }

  /** Shows the panel with that name, without moving the focus. */
  show(name: Name): void {
    const tab = this.#tabs.find((candidate) => nameOf(candidate) === name);
    if (tab) this.#show(tab, false);
  }

  /** Hides a tab, or shows it again. The shown panel stays. */
  allow(name: Name, allowed: boolean): void {
    for (const tab of this.#tabs) if (nameOf(tab) === name) tab.hidden = !allowed;
  }

  #show(tab: HTMLElement, byUser: boolean): void {
    this.#shown = tab;
    for (const each of this.#tabs) {
      const isShown = each === tab;
      each.setAttribute('aria-selected', String(isShown));
      each.tabIndex = isShown ? 0 : -1;
      const panel = document.getElementById(each.getAttribute('aria-controls') ?? '');
      if (panel) panel.hidden = !isShown;
    }
    this.#onShow(nameOf(tab), byUser);
  }

  #onKey(event: KeyboardEvent): void {
    const tabs = this.#tabs.filter(({ hidden }) => !hidden);
    const at = tabs.indexOf(event.target as HTMLElement);
    const target = {
      ArrowLeft: tabs.at(at - 1),
      ArrowRight: tabs[(at + 1) % tabs.length],
      Home: tabs[0],
      End: tabs.at(-1),
    }[event.key];
    if (at < 0 || !target) return;
    event.preventDefault();
    this.#show(target, true);
    target.focus();
  }
}

/** Returns the tab's name, which is one of those that the owner of the list uses. */
function nameOf<Name extends string>(tab: HTMLElement): Name {
  return (tab.dataset['name'] ?? '') as Name;
}
