import { onTestFinished } from 'vitest';
import { Inspection } from '../../../src/client/inspection';

export interface InspectedStream {
  inspection: Inspection;
  /** Resolves when the condition holds; rejects if the inspection ends before that. */
  until(condition: () => boolean): Promise<void>;
}

/** Opens the stream; it is closed when the test is over. */
export function openInspection(url: string, { method = 'GET', reconnect = false } = {}): InspectedStream {
  let wake = () => {};
  const inspection = new Inspection(() => wake());
  onTestFinished(() => inspection.close());
  inspection.connect({ method, url, headers: [], insecure: false }, { reconnect, lastEventId: '' });
  const until = async (condition: () => boolean) => {
    while (!condition()) {
      if (!inspection.running) throw new Error(`The inspection is over: ${JSON.stringify(inspection.status)}.`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { inspection, until };
}

/** Reads the stream until the given number of events has been received. */
export async function inspect(url: string, events: number): Promise<Inspection> {
  const { inspection, until } = openInspection(url);
  await until(() => inspection.history.count >= events);
  return inspection;
}

/** Returns the data of all events, in order. */
export function dataOf({ history }: Inspection): string[] {
  return Array.from({ length: history.count }, (_, index) => {
    const event = history.get(index + 1);
    return event ? history.data(event) : '';
  });
}
