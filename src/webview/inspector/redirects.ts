import type { RedirectRow } from '../../messages/inspector';
import { isolated } from '../../text/foreignText';
import { element } from '../shared/dom';

/** How the request came to the server that answered. */
export function showRedirects(redirects: RedirectRow[]): void {
  const list = element('redirects');
  list.hidden = redirects.length === 0;
  list.replaceChildren(
    ...redirects.map(({ status, url, notes }) => {
      // The space doesn't break: a long URL would begin on a line of its own.
      const item = document.createElement('li');
      item.textContent = `${status}\u00a0→\u00a0${[url, ...notes].map(isolated).join(' · ')}`;
      return item;
    }),
  );
}
