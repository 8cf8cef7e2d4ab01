import { typesOf } from '../../../client/http/exchange';
import type { Inspection } from '../../../client/inspection';
import type { InspectionStatus } from '../../../client/inspectionStatus';
import { isSendableId } from '../../../client/request/streamRequest';
import type { Outcome, ResponseFacts, StreamStatus } from '../../../messages/streamStatus';

/** Maximum length of a shown id or content type, in characters. */
const MAX_FACT = 1000;

/** Returns the content of the page's connection line. */
export function streamStatus(inspection: Inspection, { reason, nextStep, readAs }: Outcome): StreamStatus {
  const { status, recorder, rate, running, body } = inspection;
  const figures = {
    reconnects: status.reconnects,
    lastEventId: status.lastEventId.slice(0, MAX_FACT),
    unsendable: !isSendableId(status.lastEventId),
    insecure: status.state !== 'idle' && inspection.insecure,
    ...(readAs && { readAs }),
    recording: recorder && { name: recorder.name, size: recorder.size },
  };
  switch (status.state) {
    case 'idle':
      return { ...figures, state: 'idle', running: false, response: factsOf(status) };
    case 'connecting':
      return { ...figures, state: 'connecting', running: true };
    case 'open':
      return { ...figures, state: 'open', running: true, response: answerFacts(status), rate, reason };
    case 'waiting': {
      const reconnectIn = Math.max(0, status.reconnectAt - performance.now());
      return { ...figures, state: 'waiting', running: true, response: factsOf(status), reconnectIn, reason, nextStep };
    }
    case 'answered': {
      const known = { response: answerFacts(status), bodySize: body.size };
      return { ...figures, state: 'answered', running, ...known, reason, nextStep };
    }
    case 'ended':
    case 'failed':
      return { ...figures, state: status.state, running: false, response: factsOf(status), reason, nextStep };
  }
}

function factsOf(status: InspectionStatus): ResponseFacts | undefined {
  return status.response && answerFacts(status);
}

function answerFacts({
  response,
  headersAfter,
  firstEventAfter,
}: Extract<InspectionStatus, { headersAfter: number }>): ResponseFacts {
  return {
    status: response.status,
    // Unparsed, including a charset that browsers reject.
    contentType: typesOf(response.headers).join(', ').slice(0, MAX_FACT),
    headersAfter,
    firstEventAfter,
  };
}
