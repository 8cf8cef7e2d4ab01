import { typesOf } from '../../../client/http/exchange';
import type { Inspection } from '../../../client/inspection';
import type { InspectionStatus } from '../../../client/inspectionStatus';
import { isSendableId } from '../../../client/request/streamRequest';
import type { AnswerFacts, Outcome, StreamStatus } from '../../../messages/streamStatus';

/** Maximum length of an id or a content type that is shown, in characters. */
const MAX_FACT = 1000;

/** Returns what the page's connection line says. */
export function streamStatus(inspection: Inspection, { reason, nextStep }: Outcome): StreamStatus {
  const { status, recorder, rate, running, body } = inspection;
  const figures = {
    reconnects: status.reconnects,
    lastEventId: status.lastEventId.slice(0, MAX_FACT),
    unsendable: !isSendableId(status.lastEventId),
    insecure: status.state !== 'idle' && inspection.insecure,
    recording: recorder && { name: recorder.name, size: recorder.size },
  };
  switch (status.state) {
    case 'idle':
      return { ...figures, state: 'idle', running: false, answer: factsOf(status) };
    case 'connecting':
      return { ...figures, state: 'connecting', running: true };
    case 'open':
      return { ...figures, state: 'open', running: true, answer: answerFacts(status), rate, reason };
    case 'waiting': {
      const reconnectIn = Math.max(0, status.reconnectAt - performance.now());
      return { ...figures, state: 'waiting', running: true, answer: factsOf(status), reconnectIn, reason, nextStep };
    }
    case 'answered': {
      const known = { answer: answerFacts(status), bodySize: body.size };
      return { ...figures, state: 'answered', running, ...known, reason, nextStep };
    }
    case 'ended':
    case 'failed':
      return { ...figures, state: status.state, running: false, answer: factsOf(status), reason, nextStep };
  }
}

function factsOf(status: InspectionStatus): AnswerFacts | undefined {
  return status.answer && answerFacts(status);
}

function answerFacts({
  answer,
  headersAfter,
  firstEventAfter,
}: Extract<InspectionStatus, { headersAfter: number }>): AnswerFacts {
  return {
    status: answer.status,
    // As it is written: with a charset that browsers refuse.
    contentType: typesOf(answer.headers).join(', ').slice(0, MAX_FACT),
    headersAfter,
    firstEventAfter,
  };
}
