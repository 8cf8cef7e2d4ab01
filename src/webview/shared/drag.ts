/** Listeners to a drag of a handle. */
export interface DragListeners {
  /** Called when it begins. Returns the listener to its moves, with the distance from its beginning, in pixels. */
  start(): (distance: number) => void;
  /** Called when it has ended, unless it never moved. */
  end(): void;
}

/** Lets a handle be dragged to the left and right, without selecting text on the way. */
export function onDrag(handle: HTMLElement, { start, end }: DragListeners): void {
  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    // Without this, the drag would select text.
    event.preventDefault();
    event.stopPropagation();
    handle.setPointerCapture(event.pointerId);
    const [from, move, drag] = [event.clientX, start(), new AbortController()];
    let hasMoved = false;
    const listening = { signal: drag.signal };
    handle.addEventListener(
      'pointermove',
      ({ clientX }) => {
        hasMoved ||= clientX !== from;
        if (hasMoved) move(clientX - from);
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
