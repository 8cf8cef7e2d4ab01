// Where and when a finding is, and the figures and names that its sentence has.
import { expect, test } from 'vitest';
import type { ConnectionEvidence, EventEvidence, Evidence } from '../../../src/analysis/evidence/evidence';
import { idsBroken } from '../../../src/analysis/findings/again/idsBroken';
import { missedEvents } from '../../../src/analysis/findings/again/missedEvents';
import { noIds } from '../../../src/analysis/findings/again/noIds';
import { resumeIgnored } from '../../../src/analysis/findings/again/resumeIgnored';
import { unusableIds } from '../../../src/analysis/findings/again/unusableIds';
import type { Finding, Rule } from '../../../src/analysis/findings/finding';
import { blankType } from '../../../src/analysis/findings/format/blankType';
import { failedInside } from '../../../src/analysis/findings/format/failedInside';
import { escapedNewlines } from '../../../src/analysis/findings/format/lines/escapedNewlines';
import { ignoredLines } from '../../../src/analysis/findings/format/lines/ignoredLines';
import { lostLines } from '../../../src/analysis/findings/format/lines/lostLines';
import { noBlankLine } from '../../../src/analysis/findings/format/lines/noBlankLine';
import { notTheFormat } from '../../../src/analysis/findings/format/lines/notTheFormat';
import { oddRetry } from '../../../src/analysis/findings/format/oddRetry';
import { forbiddenInHttp2 } from '../../../src/analysis/findings/refused/forbiddenInHttp2';
import { needsItsCookie } from '../../../src/analysis/findings/refused/needsItsCookie';
import { notForEventSource } from '../../../src/analysis/findings/refused/notForEventSource';
import { sentElsewhere } from '../../../src/analysis/findings/refused/sentElsewhere';
import { toldToStop } from '../../../src/analysis/findings/refused/toldToStop';
import { wrongStatus } from '../../../src/analysis/findings/refused/wrongStatus';
import { wrongType } from '../../../src/analysis/findings/refused/wrongType';
import { connection, eventsAt, evidenceOf, head, probe, textEvidence } from '../../support/evidence/evidence';
import { noted } from '../../support/evidence/noted';

type Place = Pick<Finding, 'at' | 'position' | 'values'>;

/** Returns a connection that was asked for 1 s after the beginning, and whose head came 5 ms later. */
const later = (more: Partial<ConnectionEvidence>) => connection({ requestedAt: 1000, ...more });
const ofText = (text: Parameters<typeof textEvidence>[0]) => evidenceOf([later({ text: textEvidence(text) })]);
const ofHead = (...more: Parameters<typeof head>) => evidenceOf([later({ head: head(...more) })]);

/** Returns events with these ids, 10 ms and 20 bytes behind each other. */
function eventsOf(...ids: string[]): EventEvidence[] {
  return eventsAt(...ids.map((_, index) => 10 * index)).map((event, index) => ({ ...event, id: ids[index] ?? '' }));
}

/** Returns a stream of these ids that is cut at 500 ms, and 4 s after its beginning another one, asked for behind the last. */
function cutThen(before: string[], after: string[]): Evidence {
  const end = { at: 500, cause: 'cut', unfinished: false } as const;
  const request = { ...connection().request, lastEventId: before.at(-1) ?? '' };
  return evidenceOf([
    later({ events: eventsOf(...before), end }),
    later({ number: 2, requestedAt: 5000, request, events: eventsOf(...after) }),
  ]);
}

const { request } = connection();
const origin = 'https://app.example';

const CASES: [Rule, Evidence, Place][] = [
  [
    idsBroken,
    evidenceOf([later({ events: eventsOf('1', '2', '3', '4', '2', '5') })]),
    { at: 1040, position: 80, values: { before: '4', after: '2' } },
  ],
  [
    idsBroken,
    evidenceOf([later({ events: eventsOf('a', 'b', 'a', 'c') })]),
    { at: 1020, position: 40, values: { before: 'b', after: 'a' } },
  ],
  [
    idsBroken,
    evidenceOf([later({ events: eventsOf('x', 'x', 'x', 'x') })]),
    { at: 1000, position: 0, values: { after: 'x' } },
  ],
  [
    missedEvents,
    cutThen(['1', '2', '3', '4', '5'], ['9', '10']),
    { at: 5000, position: 0, values: { before: '5', after: '9', events: 3 } },
  ],
  [
    resumeIgnored,
    cutThen(['a', 'b', 'c'], ['a', 'b', 'c', 'd']),
    { at: 5000, position: 0, values: { events: 3, first: 'a', lastEventId: 'c' } },
  ],
  [
    noIds,
    evidenceOf([
      later({ events: eventsAt(0), end: { at: 500, cause: 'cut', unfinished: false } }),
      later({ number: 2, requestedAt: 4700, events: eventsAt(7, 8) }),
    ]),
    { at: 1500, position: undefined, values: { from: 1500, to: 4705, pause: 3200 } },
  ],
  [
    unusableIds,
    ofText({ nulIds: { count: 1, first: [{ position: 7, text: 'a' }] } }),
    { at: undefined, position: 7, values: {} },
  ],
  [
    escapedNewlines,
    ofText({ escaped: { count: 9, first: noted('a', 'b').first.slice(1) } }),
    { at: undefined, position: 2, values: { events: 9 } },
  ],
  [
    ignoredLines,
    ofText({ fields: 1, ignored: { count: 9, first: noted('x-trace: 7', 'Data: 1').first } }),
    { at: undefined, position: 11, values: { lines: 9, text: 'Data: 1' } },
  ],
  [
    lostLines,
    ofText({ lost: { count: 4, lines: 12, first: noted('"a": 1,').first } }),
    { at: undefined, position: 0, values: { events: 4, lines: 12, text: '"a": 1,' } },
  ],
  [
    notTheFormat,
    ofText({ ignored: { count: 9, first: [{ position: 3, text: '{"a":1}' }] } }),
    { at: undefined, position: 3, values: { lines: 9, text: '{"a":1}' } },
  ],
  [
    noBlankLine,
    evidenceOf([
      later({
        text: textEvidence({ start: 100, bytes: 50, fields: 3, open: { lines: 3, bytes: 20, at: 30, hasData: true } }),
        end: { at: 500, cause: 'end', unfinished: true },
      }),
    ]),
    { at: 1030, position: 130, values: { lines: 3, bytes: 20 } },
  ],
  [
    blankType,
    evidenceOf([
      later({
        types: [
          ['a', 5],
          ['b ', 3],
        ],
      }),
    ]),
    { at: undefined, position: undefined, values: { events: 3, type: 'b ' } },
  ],
  [
    failedInside,
    ofText({ errors: { count: 2, first: [{ position: 9, text: 'overloaded' }] } }),
    { at: undefined, position: 9, values: { events: 2, message: 'overloaded' } },
  ],
  [
    oddRetry,
    ofText({ badRetry: { count: 2, first: [{ position: 9, text: 'soon' }] } }),
    { at: undefined, position: 9, values: { lines: 2, text: 'soon' } },
  ],
  [oddRetry, ofText({ retries: [3000, 99] }), { at: undefined, position: undefined, values: { time: 99 } }],
  [wrongStatus, ofHead({ status: 503 }), { at: 1005, position: undefined, values: { status: 503 } }],
  [wrongType, ofHead({ contentType: 'text/html' }), { at: 1005, position: undefined, values: { type: 'text/html' } }],
  [toldToStop, ofHead({ status: 204 }), { at: 1005, position: undefined, values: {} }],
  [
    sentElsewhere,
    evidenceOf([
      later({
        redirects: [
          { status: 302, url: 'http://localhost:3000/a' },
          { status: 307, url: 'http://localhost:3000/login' },
        ],
        head: head({ contentType: 'text/html', isStream: false }),
      }),
    ]),
    { at: 1005, position: undefined, values: { url: 'http://localhost:3000/login', status: 307 } },
  ],
  [
    needsItsCookie,
    evidenceOf([later({ request: { ...request, headers: ['cookie'] } })], {
      probes: [
        probe('origin', connection({ request: { ...request, fromOrigin: origin }, head: head({ status: 401 }) })),
      ],
    }),
    { at: undefined, position: undefined, values: { status: 401, origin } },
  ],
  [
    notForEventSource,
    evidenceOf([later({ request: { ...request, headers: ['x-a', 'x-b', 'x-c', 'x-d', 'x-e', 'x-f'] } })]),
    { at: undefined, position: undefined, values: { headers: 'x-a, x-b, x-c, x-d, x-e' } },
  ],
  [
    forbiddenInHttp2,
    evidenceOf([later({})], {
      probes: [probe('http2', connection(), { http2: { alpn: 'h2', error: 'NGHTTP2_PROTOCOL_ERROR' } })],
    }),
    { at: undefined, position: undefined, values: { error: 'NGHTTP2_PROTOCOL_ERROR' } },
  ],
];

test.each(CASES.map(([rule, ...more]) => [rule.name, rule, ...more] as const))(
  '%s says where it is, and what it has found',
  (_, rule, evidence, place) => {
    const { at, position, values } = rule(evidence) ?? expect.fail('Nothing is found.');
    expect({ at, position, values }).toEqual(place);
  },
);
