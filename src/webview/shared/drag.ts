/** Listeners to a drag of a handle. */
export interface DragListeners {
  /** Called when it begins. Returns the listener to its moves, with the distances from its beginning, in pixels. */
  start(): (right: number, down: number) => unknown;
  /** Called when it has ended, unless it never moved. */
  end(): void;
}

/** Lets a handle be dragged, without selecting text on the way. */
export function onDrag(handle: HTMLElement, { start, end }: DragListeners): void {
  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    // Without this, the drag would select text.
    event.preventDefault();
    event.stopPropagation();
    handle.setPointerCapture(event.pointerId);
    const [from, move, drag] = [event, start(), new AbortController()];
    let hasMoved = false;
    const listening = { signal: drag.signal };
    handle.addEventListener(
      'pointermove',
      ({ clientX, clientY }) => {
        const [right, down] = [clientX - from.clientX, clientY - from.clientY];
        hasMoved ||= right !== 0 || down !== 0;
        if (hasMoved) move(right, down);
      },
      listening,
    );
    const stop = () => {
      drag.abort();
      if (hasMoved) end();
    };
    handle.addEventListener('lostpointercapture', stop, listening);
  });
}
