import { beforeEach, expect, test } from 'vitest';
import { window } from 'vscode';
import { RedirectError } from '../../../src/client/http/redirect';
import type { Inspection } from '../../../src/client/inspection';
import { type InspectionStatus, idle } from '../../../src/client/inspectionStatus';
import { toForm } from '../../../src/extension/inspector/form/requestForm';
import { noRepositoryProxy } from '../../../src/extension/inspector/repositoryProxy';
import { type MadeRequest, RequestMaker } from '../../../src/extension/inspector/requestMaker';
import type { NextStep, RequestForm } from '../../../src/messages/inspector';
import { ReadingLimit } from '../../../src/turns/readingLimit';
import { Turns } from '../../../src/turns/turns';
import { exchange, inState } from '../../support/client/statuses';

const reading = new ReadingLimit(new Turns());
const secretParts = { headers: [], body: false, values: [] };
/** Calls of the inspection's `connect`, in order. */
let asked: unknown[][];
let lines: string[];
let inspection: {
  status: InspectionStatus;
  history: { bytes: { size: number } };
  timeline: { now: () => number };
  connect(...all: unknown[]): void;
  clear(): void;
};
let maker: RequestMaker;
/** Whether the user allows to send the body on. */
let agrees: boolean;

beforeEach(() => {
  [asked, lines] = [[], []];
  agrees = true;
  Object.assign(window, {
    showWarningMessage: async (_text: string, _options: object, _no: string, button: string) =>
      agrees ? button : undefined,
  });
  inspection = {
    status: idle(),
    history: { bytes: { size: 0 } },
    timeline: { now: () => 0 },
    connect: (request, options) => void asked.push(['connect', request, options]),
    clear: () => void asked.push(['clear']),
  };
  const log = { info: (line: string) => lines.push(line) };
  maker = new RequestMaker(inspection as unknown as Inspection, log as never, reading);
});

function request(more: Partial<MadeRequest['masked']> = {}): MadeRequest {
  const masked = { method: 'POST', url: 'http://a/', headers: [], body: '•••1', insecure: false, ...more };
  return { masked, plain: { ...masked, body: 'secret' }, secretParts, lastEventId: '7', reconnect: true };
}

/** Takes the offered step as a panel does. @param form as it is shown */
async function take(step: NextStep, form: RequestForm = toForm(request().masked)): Promise<void> {
  const taken = await maker.take(step, form);
  if (!taken) return;
  const { method, url, body, lastEventId, reconnect } = taken.form;
  maker.make({ ...request({ method, url, body }), lastEventId, reconnect }, taken.permissions);
}

/** Stops the request, because a redirect would have taken its secret to another origin. */
function stop(origin: string): void {
  const error = new RedirectError('secret', '', origin);
  inspection.status = inState('failed', { lastEventId: '7', end: { cause: 'network', error, redirects: [] } });
}

test('the first request is sent with its secrets, and shown with masks', () => {
  expect(maker.made).toBeUndefined();
  const { masked, plain } = request();
  maker.make(request());
  const limits = { reading, maxTextSize: 4 * 1024 * 1024, proxyFor: noRepositoryProxy };
  const options = { lastEventId: '7', reconnect: true, secret: secretParts, approved: [], ...limits };
  expect(asked).toEqual([['clear'], ['connect', plain, options]]);
  expect(maker.made).toEqual(masked);
});

test.each([
  ['the same request', {}, false],
  ['one that takes any certificate', { insecure: true }, false],
  ['another secret', { body: '•••2' }, false],
  ['an address with a token', { url: 'http://a/?token=•••2' }, true],
  ['another body', { body: 'a •••1' }, true],
  ['another method', { method: 'PUT' }, true],
  ['another address', { url: 'http://b/' }, true],
  ['another header', { headers: [['a', 'b']] as [string, string][] }, true],
])('%s: whether what has come is forgotten', (_, more, isNew) => {
  maker.make(request());
  asked.length = 0;
  maker.make(request(more));
  expect(asked.map(([name]) => name)).toEqual(isNew ? ['clear', 'connect'] : ['connect']);
});

test('with the user’s permission, the body is sent on to the origin of the redirect, and to those allowed before', async () => {
  maker.make(request());
  asked.length = 0;
  stop('http://b');
  await take('sendTo');
  stop('http://c');
  await take('sendTo');
  expect(asked.map(([name, plain, options]) => [name, plain, options])).toEqual([
    ['connect', request().plain, expect.objectContaining({ approved: ['http://b'] })],
    ['connect', request().plain, expect.objectContaining({ approved: ['http://b', 'http://c'] })],
  ]);
});

test('a permission for one secret doesn’t hold for the next', async () => {
  maker.make(request());
  stop('http://b');
  await take('sendTo');
  maker.make(request({ body: '•••2' }));
  expect(asked.at(-1)?.[2]).toMatchObject({ approved: [] });
});

test('a URL that is being edited isn’t used: the offer is for the requested one', async () => {
  maker.make(request());
  stop('http://b');
  await take('sendTo', {
    ...toForm(request().masked),
    url: 'http://c/',
    body: 'x',
    lastEventId: '9',
    reconnect: false,
  });
  const options = { approved: ['http://b'], lastEventId: '7', reconnect: false };
  expect(asked.at(-1)).toEqual(['connect', request().plain, expect.objectContaining(options)]);
});

test('without the user’s permission, the body is sent nowhere', async () => {
  maker.make(request());
  asked.length = 0;
  agrees = false;
  stop('http://b');
  await take('sendTo');
  expect(asked).toEqual([]);
});

test('a permission holds for the same request again, but for no other', async () => {
  maker.make(request());
  stop('http://b');
  await take('sendTo');
  maker.make(request());
  expect(asked.at(-1)?.[2]).toMatchObject({ approved: ['http://b'] });
  maker.make(request({ url: 'http://c/' }));
  expect(asked.at(-1)?.[2]).toMatchObject({ approved: [] });
});

test('if nothing was stopped, or sent, nothing is sent on', async () => {
  stop('http://b');
  await take('sendTo');
  maker.make(request());
  asked.length = 0;
  inspection.status = inState('ended', { end: { cause: 'end' } });
  await take('sendTo');
  expect(asked).toEqual([]);
});

test('redirects are logged once for each request', () => {
  const redirects = [{ status: 302, url: 'http://b/', withheld: ['auth'], downgrade: true }];
  inspection.status = inState('open', { response: exchange({ redirects }) });
  maker.make(request());
  maker.logRedirects();
  maker.logRedirects();
  const said = [
    'Redirected (302) to http://b/',
    'Not sent along, because they are secrets: auth',
    'From https to http: from here on, nothing is encrypted.',
  ];
  expect(lines).toEqual(said);
  maker.make(request());
  maker.logRedirects();
  expect(lines).toEqual([...said, ...said]);
  maker.close();
});
