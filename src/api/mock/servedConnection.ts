import type { OpenedConnection } from '../../server/source';
import type { MockConnection, MockRequest } from './eventStreamMock';

/** A connection of a mock, with its request. */
export class ServedConnection implements MockConnection {
  readonly id: number;
  readonly request: MockRequest;
  readonly lastEventId: string;
  readonly origin: string | undefined;
  readonly since: number;
  readonly #opened: OpenedConnection;

  constructor(opened: OpenedConnection, request: MockRequest) {
    ({ id: this.id, lastEventId: this.lastEventId, origin: this.origin, since: this.since } = opened);
    [this.#opened, this.request] = [opened, request];
  }

  get eventsSent(): number {
    return this.#opened.eventsSent;
  }

  get isOpen(): boolean {
    return this.#opened.isOpen;
  }

  get wasCutOff(): boolean {
    return this.#opened.wasCutOff;
  }
}
