import { element } from '../../../shared/dom';
import { onDrag } from '../../../shared/drag';
import type { TableColumns } from './tableColumns';

/** Lets the user drag the edges of columns in the table's head; a double click has the column fit its content again. */
export function handleEdges(columns: TableColumns): void {
  const head = element('tableHead');
  const known = new WeakSet<Element>();
  const listen = () => {
    for (const handle of head.querySelectorAll<HTMLElement>('.handle')) {
      if (known.has(handle)) continue;
      known.add(handle);
      listenTo(handle, columns);
    }
  };
  listen();
  new MutationObserver(listen).observe(head, { childList: true });
}

function listenTo(handle: HTMLElement, columns: TableColumns): void {
  const name = handle.dataset['sizes'] ?? '';
  onDrag(handle, {
    start: () => {
      const before = columns.shownWidthOf(name);
      // The size is at the right end: dragging its left edge.
      const sign = name === 'size' ? -1 : 1;
      return (right) => right !== 0 && columns.setWidth(name, before + sign * right);
    },
    end: () => columns.keep(),
  });
  handle.addEventListener('dblclick', () => {
    columns.setWidth(name, undefined);
    columns.keep();
  });
}
