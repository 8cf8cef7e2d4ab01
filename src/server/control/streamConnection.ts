import { requestHeader } from '../http/requestHeader';
import { splitTarget } from '../http/requestTarget';
import type { OpenedConnection, StreamSink } from '../source';

/** A connection that a source plays on, or did: it then holds neither the stream nor what was played. */
export class StreamConnection implements OpenedConnection {
  readonly id: number;
  readonly path: string;
  readonly since = Date.now();
  readonly lastEventId: string;
  readonly origin: string | undefined;
  #stream: Pick<StreamSink, 'eventsSent' | 'wasCutOff'>;
  #isOpen = true;

  constructor(id: number, sink: StreamSink, lastEventId: string) {
    [this.id, this.lastEventId, this.#stream] = [id, lastEventId, sink];
    this.path = splitTarget(sink.request.url ?? '/').path;
    this.origin = requestHeader(sink.request, 'origin');
  }

  get eventsSent(): number {
    return this.#stream.eventsSent;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get wasCutOff(): boolean {
    return this.#stream.wasCutOff;
  }

  /** Notes that the stream has ended. */
  close(): void {
    const { eventsSent, wasCutOff } = this.#stream;
    [this.#stream, this.#isOpen] = [{ eventsSent, wasCutOff }, false];
  }
}
