import type { Evidence } from '../../../src/analysis/evidence/evidence';
import { EvidenceRecorder } from '../../../src/client/evidence/evidenceRecorder';
import { handlersInTurn } from '../../../src/client/http/handlersInTurn';
import { Subscription } from '../../../src/client/http/subscription';
import type { SubscriptionHandlers, SubscriptionOptions } from '../../../src/client/http/subscriptionOptions';
import type { StreamRequest } from '../../../src/client/request/streamRequest';

export interface ReadEvidenceOptions extends Partial<Omit<SubscriptionOptions, 'position'>> {
  request?: Partial<StreamRequest>;
  /** Ends the reading when it returns true; called whenever something has come. Default: it ends with the stream. */
  until?(evidence: Evidence): boolean;
  /** Ends the reading after that many milliseconds. Default: 20,000. */
  within?: number;
}

/** Reads a stream and resolves with the evidence about it. */
export function readEvidence(url: string, options: ReadEvidenceOptions = {}): Promise<Evidence> {
  const { request, until, within = 20_000, ...more } = options;
  const whole: StreamRequest = { method: 'GET', url, headers: [], insecure: true, ...request };
  const recorder = new EvidenceRecorder(whole);
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      subscription.close();
      recorder.close();
      resolve(recorder.snapshot());
    };
    const timer = setTimeout(finish, within);
    const look = () => {
      if (until?.(recorder.snapshot())) finish();
    };
    const own: SubscriptionHandlers = {
      onConnect: () => {},
      onResponse: look,
      onBytes: () => {},
      onEvent: look,
      onParsed: look,
      onLastEventId: () => {},
      onWait: look,
      onEnd: finish,
    };
    const how = { reconnect: false, lastEventId: '', position: 0, ...more };
    const subscription = new Subscription(whole, how, handlersInTurn(recorder.handlers, own));
  });
}
