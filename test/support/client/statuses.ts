import type { Exchange } from '../../../src/client/http/exchange';
import { type InspectionStatus, idle } from '../../../src/client/inspectionStatus';

/** Returns an exchange with a response, of HTML unless `more` says otherwise. */
export function exchange(more: object = {}): Exchange {
  const head = { status: 200, statusText: 'OK', headers: [], contentType: 'text/html', redirects: [] };
  return { ...head, ...more } as object as Exchange;
}

/** Returns a status in that state, with the facts that matter to the test. */
export function inState(state: InspectionStatus['state'], facts: object = {}): InspectionStatus {
  return { ...idle(), state, ...facts } as InspectionStatus;
}
