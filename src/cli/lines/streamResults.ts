import { protocolName } from '../../analysis/protocols/model/protocol';
import { ResultReader } from '../../analysis/protocols/resultReader';
import type { StreamEvent } from '../../api/reading/streamEvent';
import type { StreamHead } from '../../api/reading/streamReader';
import type { Output } from '../process/output';
import { jsonLine } from './eventLines';

/** Collects what a stream says, and prints it at the end. */
export class StreamResults {
  readonly #requestedAt = Date.now();
  #reader = new ResultReader();
  #count = 0;

  /** Takes the head of the first response, which may tell the protocol. A reconnect goes on with it. */
  begin(head: StreamHead): void {
    if (this.#count === 0) this.#reader = new ResultReader({ head });
  }

  add(event: StreamEvent): void {
    this.#add(event, false);
  }

  /** Adds the event that the stream ended in the middle of: a client drops it, which is noted as a problem. */
  addOpen(event: StreamEvent): void {
    this.#add(event, true);
  }

  #add({ time, event, data, id, omitted }: StreamEvent, isOpen: boolean): void {
    this.#count += 1;
    this.#reader.add({ number: this.#count, at: time - this.#requestedAt, event, data, id, omitted, isOpen });
  }

  /** Prints a line for each result; a sentence on standard error if there is none. */
  print(stdout: Output, stderr: Output): void {
    this.#reader.end();
    const results = this.#reader.results();
    for (const result of results) stdout.line(jsonLine(result, stdout.isTerminal));
    if (results.length === 0) stderr.line(this.#reason);
  }

  get #reason(): string {
    const { protocol } = this.#reader;
    if (this.#count === 0) return 'There is no result, as no event came.';
    return protocol === undefined
      ? 'There is no result: the events are of no protocol that is known. See them without --result.'
      : `There is no result: results of ${protocolName(protocol)} aren’t assembled. See its events without --result.`;
  }
}
