import type { Exchange } from '../../../src/client/http/exchange';
import { type InspectionStatus, idle } from '../../../src/client/inspectionStatus';

/** An answer as an exchange has it, of HTML unless said otherwise. */
export function exchange(more: object = {}): Exchange {
  const head = { status: 200, statusText: 'OK', headers: [], contentType: 'text/html', redirects: [] };
  return { ...head, ...more } as object as Exchange;
}

/** A status in that state, with the facts that the test is about. */
export function inState(state: InspectionStatus['state'], facts: object = {}): InspectionStatus {
  return { ...idle(), state, ...facts } as InspectionStatus;
}
