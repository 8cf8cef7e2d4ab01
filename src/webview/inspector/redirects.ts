import type { RedirectRow } from '../../messages/inspector';
import { isolated } from '../../text/foreignText';
import { element } from '../shared/dom';

/** Shows the redirects that led to the server that responded. */
export function showRedirects(redirects: RedirectRow[]): void {
  const list = element('redirects');
  list.hidden = redirects.length === 0;
  list.replaceChildren(
    ...redirects.map(({ status, url, notes }) => {
      // A non-breaking space, since a long URL would otherwise start on a new line.
      const item = document.createElement('li');
      item.textContent = `${status}\u00a0→\u00a0${[url, ...notes].map(isolated).join(' · ')}`;
      return item;
    }),
  );
}
