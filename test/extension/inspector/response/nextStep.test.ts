import { expect, test } from 'vitest';
import type { Exchange } from '../../../../src/client/http/exchange';
import { RedirectError } from '../../../../src/client/http/redirect';
import { type InspectionStatus, idle } from '../../../../src/client/inspectionStatus';
import { nextStepOf } from '../../../../src/extension/inspector/response/nextStep';
import { exchange, inState } from '../../../support/client/statuses';

const failed = (error: object, more: Partial<InspectionStatus> = {}) => {
  const end = { cause: 'network', error: Object.assign(new Error('x'), error), redirects: [] };
  return inState('failed', { end, ...more });
};
const answered = (status: number, contentType = 'text/plain') =>
  inState('answered', { end: { cause: 'response' }, response: exchange({ status, contentType }) });
const INVALID = { code: 'HPE_INVALID_HEADER_TOKEN', reason: 'Invalid header token' };
const response = { status: 200, headers: [] } as unknown as Exchange;

test.each<[string, InspectionStatus, string, string | undefined]>([
  ['nothing has ended', idle(), 'GET', undefined],
  ['an answer of another type', answered(200), 'GET', 'readAsStream'],
  ['one to a POST, of another success', answered(201), 'POST', 'readAsStream'],
  ['a stream with another status that is a success', answered(206, 'text/event-stream'), 'GET', 'readAsStream'],
  ['an answer that is an error', answered(404), 'GET', undefined],
  ['an answer that asks for authorization', answered(401), 'POST', 'addAuthorization'],
  ['an answer that refuses the one that was given', answered(403), 'GET', 'addAuthorization'],
  ['an answer without a body', answered(205), 'GET', undefined],
  ['an answer to HEAD', answered(200), 'HEAD', undefined],
  ['an answer to a POST that isn’t valid HTTP', failed(INVALID), 'POST', 'readAnyway'],
  ['one to a GET, which was read leniently already', failed(INVALID), 'GET', undefined],
  ['one to a GET whose body isn’t valid', failed(INVALID, { response }), 'GET', 'readAnyway'],
  ['one that was read leniently', failed(INVALID, { response: { ...response, faultBefore: 'x' } }), 'POST', undefined],
  ['one that will be read leniently by itself', failed(INVALID, { response, state: 'waiting' }), 'GET', undefined],
  ['a server without TLS', failed({ code: 'EPROTO', message: 'wrong version number' }), 'GET', 'tryHttp'],
  [
    'a server of TLS',
    failed({ code: 'HPE_INVALID_CONSTANT', reason: 'x', rawPacket: Buffer.from([21, 3, 3, 0, 2, 2, 70]) }),
    'GET',
    'tryHttps',
  ],
  ['a certificate of nobody', failed({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'POST', 'connectAnyway'],
  ['a certificate of another name', failed({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'GET', 'connectAnyway'],
  ['a server that isn’t there', failed({ code: 'ECONNREFUSED' }), 'GET', undefined],
  [
    'a server of HTTP/2 only',
    failed({ code: 'EPROTO', message: 'tlsv1 alert no application protocol' }),
    'GET',
    undefined,
  ],
])('%s: what is offered', (_, status, method, step) => {
  expect(nextStepOf(status, method)).toBe(step);
});

test('a POST that also failed to be read leniently isn’t offered again and again', () => {
  expect(nextStepOf(failed(INVALID), 'POST', true)).toBeUndefined();
});

test('for the target of a redirect no other way is offered, because the request doesn’t name it', () => {
  const redirects = [{ status: 302, url: 'https://b/', withheld: [], downgrade: false }];
  const error = Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(nextStepOf(failed({}, { end: { cause: 'network', error, redirects } }), 'GET')).toBeUndefined();
  const stopped = new RedirectError('secret', '', 'https://b');
  expect(nextStepOf(failed({}, { end: { cause: 'network', error: stopped, redirects } }), 'POST')).toBe('sendTo');
});
