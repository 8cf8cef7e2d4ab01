// The format cases of web-platform-tests' `eventsource` suite, restated: the stream that its server sends, and the events
// that a page gets. If the suite connects twice to observe an id or a time, this is checked directly here.
import { expect, test } from 'vitest';
import { EventStreamParser, type IncomingEvent } from '../../src/stream/parse';

type Expected = Partial<Pick<IncomingEvent, 'data' | 'event' | 'lastEventId'>>;

const LONG = 'x'.repeat(2_048);

/** The test's name in the suite, the stream, and the events. */
const CASES: [name: string, stream: string, events: Expected[]][] = [
  [
    'event-data',
    'data:one\ndata: two\n\n:\nother:one\n\nother:one\nData:two\n\ndata\n\ndata:last\n\n',
    [{ data: 'one\ntwo' }, { data: '' }, { data: 'last' }],
  ],
  ['format-bom', '\uFEFFdata:1\n\n\uFEFFdata:2\n\ndata:3\n\n', [{ data: '1' }, { data: '3' }]],
  ['format-bom-2', '\uFEFF\uFEFFdata:1\n\ndata:2\n\ndata:3\n\n', [{ data: '2' }, { data: '3' }]],
  [
    'format-comments',
    `data:1\r:\0\n:\r\ndata:2\n:${LONG}\rdata:3\n:data:no\r:${LONG}\ndata:4\n\n`,
    [{ data: '1\n2\n3\n4' }],
  ],
  [
    'format-data-before-final-empty-line',
    'retry:1000\ndata:sent\n\nid:never\ndata:lost\n',
    [{ data: 'sent', lastEventId: '' }],
  ],
  ['format-field-data', 'data:\n\ndata\ndata\n\ndata:a\n\n', [{ data: '' }, { data: '\n' }, { data: 'a' }]],
  [
    'format-field-event',
    'event:other\ndata:a\n\ndata:a\n\n',
    [
      { event: 'other', data: 'a' },
      { event: 'message', data: 'a' },
    ],
  ],
  ['format-field-event-empty', 'event: \ndata:a\n\n', [{ event: 'message', data: 'a' }]],
  ['format-field-id', 'id: …\nretry: 200\ndata: hello\n\n', [{ data: 'hello', lastEventId: '…' }]],
  [
    'format-field-id-2',
    'id: …\nretry: 200\ndata: hello\n\ndata: a\n\ndata: b\n\n',
    [
      { data: 'hello', lastEventId: '…' },
      { data: 'a', lastEventId: '…' },
      { data: 'b', lastEventId: '…' },
    ],
  ],
  ['format-field-id-3: persists', 'id: 1\ndata: a\n\ndata: b\n\n', [{ lastEventId: '1' }, { lastEventId: '1' }]],
  [
    'format-field-id-3: changes and persists',
    'id: 1\ndata: a\n\nid: 2\ndata: b\n\ndata: c\n\n',
    [{ lastEventId: '1' }, { lastEventId: '2' }, { lastEventId: '2' }],
  ],
  [
    'format-field-id-3: resets',
    'id: 1\ndata: a\n\nid:\ndata: b\n\ndata: c\n\n',
    [{ lastEventId: '1' }, { lastEventId: '' }, { lastEventId: '' }],
  ],
  ...['\0\0', 'x\0', '\0x', 'x\0x', ' \0'].map((id): [string, string, Expected[]] => [
    `format-field-id-null: ${JSON.stringify(id)}`,
    `id: ${id}\ndata: hello\n\n`,
    [{ data: 'hello', lastEventId: '' }],
  ]),
  [
    'format-field-parsing',
    'data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n',
    [{ data: '\0\n 2\n1\n3\n\n4' }],
  ],
  ['format-field-retry-empty', 'retry\ndata:a\n\n', [{ data: 'a' }]],
  ['format-field-unknown', 'data:a\n data\ndata\nother:b\nonlytext\n:acomment\ndata:c\n\n', [{ data: 'a\n\nc' }]],
  ['format-leading-space', 'data:\ta\rdata: \ndata:b\n\n', [{ data: '\ta\n\nb' }]],
  ['format-newlines', 'data:a\r\ndata\ndata:b\r\n\r\n', [{ data: 'a\n\nb' }]],
  ['format-null-character', 'data:\0\n\n\n\n', [{ data: '\0' }]],
  ['format-utf-8', 'data:ok…\n\n', [{ data: 'ok…' }]],
];

/** The test's name in the suite, the stream, and the final reconnection time. */
const TIMES: [name: string, stream: string, milliseconds: number | undefined][] = [
  ['format-field-retry: decimal, also after a 0', 'retry:03000\ndata:a\n\n', 3_000],
  ['format-field-retry-bogus: the former stays', 'retry:3000\nretry:1000x\ndata:a\n\n', 3_000],
  ['format-field-retry-empty: none is set', 'retry\ndata:a\n\n', undefined],
];

test.each(CASES)('%s', (_name, stream, expected) => {
  const events: IncomingEvent[] = [];
  new EventStreamParser((event) => events.push(event)).feed(Buffer.from(stream));
  expect(events).toMatchObject(expected);
});

test.each(TIMES)('%s', (_name, stream, expected) => {
  let time: number | undefined;
  const onRetry = (milliseconds: number) => {
    time = milliseconds;
  };
  new EventStreamParser(() => undefined, { onRetry }).feed(Buffer.from(stream));
  expect(time).toBe(expected);
});

test('format-field-id, after the reconnect: the id that is sent is the last one', () => {
  const parser = new EventStreamParser(() => undefined);
  parser.feed(Buffer.from('id: …\nretry: 200\ndata: hello\n\n'));
  expect(parser.lastEventId).toBe('…');
});
