import { execFile } from 'node:child_process';
import { EventSource } from 'eventsource';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Inspection } from '../../../src/client/inspection';
import { EventStreamParser } from '../../../src/stream/parse';
import { type Got, SCENARIOS, type Scenario, TYPES } from '../../support/mock/scenarios';
import { serveScript } from '../../support/mock/scriptServer';

interface Read {
  events: Got[];
  end: 'closed' | 'open';
}

/** A client that reads until it has the expected events and no more follow, or it has stopped for good. */
type Client = (url: string, scenario: Scenario) => Promise<Read>;

const CLIENTS: Record<string, Client> = {
  'the eventsource package': readByEventSource,
  'our inspector': readByInspector,
};

const NAMED = SCENARIOS.map((scenario) => [scenario.name, scenario] as const);

/** Time for which an open client is watched for unexpected events, in milliseconds. */
const SETTLE = 150;

for (const [name, read] of Object.entries(CLIENTS)) {
  describe(name, () => {
    test.each(NAMED)('%s', async (_, scenario) => {
      const { stream } = await serveScript(scenario.file);
      const { events, end } = await read(stream, scenario);
      expect(events.slice(0, scenario.events.length)).toEqual(scenario.events);
      expect(end).toBe(scenario.end);
    });
  });
}

describe('curl', () => {
  test.each(NAMED)('%s', async (_, { file, curl, events }) => {
    const { stream } = await serveScript(file);
    const { code, bytes } = await readByCurl(stream);
    expect(code).toBe(curl.code);
    expect(parse(bytes)).toEqual(events.slice(0, curl.events));
  });
});

function readByEventSource(url: string, { events: wanted, end }: Scenario): Promise<Read> {
  const events: Got[] = [];
  const source = new EventSource(url);
  onTestFinished(() => source.close());
  return new Promise((resolve) => {
    const settle = () => {
      if (end === 'open' && events.length === wanted.length)
        setTimeout(
          () => resolve({ events, end: source.readyState === EventSource.CLOSED ? 'closed' : 'open' }),
          SETTLE,
        );
    };
    for (const type of TYPES)
      source.addEventListener(type, ({ data, lastEventId }) => {
        events.push({ type, data, lastEventId });
        settle();
      });
    source.onerror = () => source.readyState === EventSource.CLOSED && resolve({ events, end: 'closed' });
  });
}

function readByInspector(url: string, { events: wanted, end }: Scenario): Promise<Read> {
  return new Promise((resolve) => {
    const inspection = new Inspection(() => {
      const { state } = inspection.status;
      if (state === 'ended' || state === 'answered') resolve({ events: eventsOf(inspection), end: 'closed' });
      else if (end === 'open' && inspection.history.count >= wanted.length)
        setTimeout(() => resolve({ events: eventsOf(inspection), end: 'open' }), SETTLE);
    });
    onTestFinished(() => inspection.close());
    inspection.connect({ method: 'GET', url, headers: [], insecure: false }, { reconnect: true, lastEventId: '' });
  });
}

function eventsOf({ history }: Inspection): Got[] {
  let lastEventId = '';
  return Array.from({ length: history.count }, (_, index) => {
    const event = history.get(index + 1);
    lastEventId = event?.id ?? lastEventId;
    return { type: event?.event ?? '', data: event ? history.data(event) : '', lastEventId };
  });
}

/** Makes a single request, which may take a second. */
function readByCurl(url: string): Promise<{ code: number; bytes: Buffer }> {
  return new Promise((resolve) => {
    execFile('curl', ['-sN', '--max-time', '1', url], { encoding: 'buffer' }, (error, bytes) =>
      resolve({ code: Number(error?.code ?? 0), bytes }),
    );
  });
}

function parse(bytes: Buffer): Got[] {
  const events: Got[] = [];
  new EventStreamParser(({ event: type, data, lastEventId }) => events.push({ type, data, lastEventId })).feed(bytes);
  return events;
}
