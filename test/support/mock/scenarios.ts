// Files with each fault, and the events that a client gets by the standard (WHATWG HTML §9.2.3, §9.2.6).

/** An event as received by a client. */
export interface Got {
  type: string;
  data: string;
  lastEventId: string;
}

export interface Scenario {
  name: string;
  file: string;
  /** All events that an EventSource gets, including those after reconnecting. */
  events: Got[];
  /** State of the EventSource after that: closed for good, or still open. */
  end: 'closed' | 'open';
  /** Number of events that curl gets with its single request, and its exit code. */
  curl: { events: number; code: number };
}

/** The types of the events. */
export const TYPES = ['message', 'tick'];

const got = (data: string, lastEventId: string, type = 'message'): Got => ({ type, data, lastEventId });
const [A, B, C] = [got('a', '1'), got('b\nb', '2', 'tick'), got('c', '3')];
const [a, b, c] = [
  'id: 1\ndata: a\n\n',
  'event: tick\nid: 2\ndata: b\ndata: b\n\n',
  ': hi\r\nid: 3\r\ndata: c\r\n\r\n',
];
/** A short reconnection time, so that tests don't wait for the default of some seconds. */
const RETRY = 'retry: 20\n\n';
const WAIT = ':@ wait 20ms\n';

export const SCENARIOS: Scenario[] = [
  {
    name: 'an end behind the last event: who comes again gets 204, and stops',
    file: `${RETRY}${a}${WAIT}${b}${WAIT}${c}:@ end\n`,
    events: [A, B, C],
    end: 'closed',
    curl: { events: 3, code: 0 },
  },
  {
    name: 'an end in between: who comes again gets the rest',
    file: `${RETRY}${a}:@ end\n${b}${c}`,
    events: [A, B, C],
    end: 'open',
    curl: { events: 1, code: 0 },
  },
  {
    name: 'a drop in mid-event: the event comes once, and whole',
    file: `${RETRY}${a}event: tick\nid: 2\ndata: b\n${WAIT}:@ drop\ndata: b\n\n${c}:@ end\n`,
    events: [A, B, C],
    end: 'closed',
    curl: { events: 1, code: 18 },
  },
  {
    name: 'two drops behind two events',
    file: `${RETRY}${a}:@ drop\n${b}:@ drop\n${c}:@ end\n`,
    events: [A, B, C],
    end: 'closed',
    curl: { events: 1, code: 18 },
  },
  {
    name: 'a reset: as any network error, it is tried again',
    file: `${RETRY}${a}${WAIT}:@ reset\n${b}${c}:@ end\n`,
    events: [A, B, C],
    end: 'closed',
    curl: { events: 1, code: 56 },
  },
  {
    name: 'a drop, and 503 to who comes again: that is the end, any status but 200 is',
    // Chromium may lose an event right in front of a drop, if it learns of both at once; only here it can't come again.
    file: `${RETRY}${a}${WAIT}:@ drop\n:@ status 503 retry-after 1\n${b}`,
    events: [A],
    end: 'closed',
    curl: { events: 1, code: 18 },
  },
  {
    name: 'a stall: no client of the standard notices',
    file: `${RETRY}${a}${b}:@ stall\n${c}`,
    events: [A, B],
    end: 'open',
    curl: { events: 2, code: 28 },
  },
  {
    name: 'the end of the file: the stream stays open',
    file: `${RETRY}${a}${b}${c}`,
    events: [A, B, C],
    end: 'open',
    curl: { events: 3, code: 28 },
  },
  {
    name: 'a file without ids: who comes again gets it from the beginning, as it says nothing of what it has',
    file: `${RETRY}data: x\n\n${WAIT}data: y\n\n${WAIT}:@ drop\n`,
    events: [got('x', ''), got('y', ''), got('x', ''), got('y', '')],
    end: 'open',
    curl: { events: 2, code: 18 },
  },
];
