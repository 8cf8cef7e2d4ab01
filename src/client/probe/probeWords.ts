import type { ConnectionEvidence, Evidence, ProbeKind } from '../../analysis/evidence/evidence';
import { quoted } from '../../text/quoted';
import type { Translate } from '../../text/translate';
import type { LeftOut, ProbedStream, Step } from './probedStream';

/** Returns how a request asks for the stream, for a line of progress: such as "without compression". */
export function stepText(t: Translate, step: Step): string {
  switch (step) {
    case 'first':
      return t('as it is');
    case 'again':
      return t('once more');
    case 'identity':
      return t('without compression');
    case 'browser':
      return t('with a browser’s compression');
    case 'anyType':
      return t('for any type');
    case 'origin':
      return t('from a page’s origin');
    case 'preflight':
      return t('as a page asks first (OPTIONS)');
    case 'second':
      return t('beside itself');
    case 'resumed':
      return t('behind its third event');
    case 'head':
      return t('for its head alone (HEAD)');
    case 'other':
      return t('at the other address');
    case 'http2':
      return t('over HTTP/2');
  }
}

/** Returns sentences that say what was checked, and what wasn't, and why. @param origin of the page that was asked about */
export function checkedSentences(
  t: Translate,
  { evidence, asked, leftOut }: Pick<ProbedStream, 'evidence' | 'asked' | 'leftOut'>,
  origin: string | undefined,
): string[] {
  const checks = asked.map((kind) => checkText(t, kind, origin ?? ''));
  const omissions = leftOut.map((left) => leftOutText(t, left, evidence));
  return [...firstText(t, evidence), ...checks, ...omissions].filter((text) => text !== '');
}

function firstText(t: Translate, { connections }: Evidence): string[] {
  return connections.slice(0, 1).map((connection) => {
    const { head, eventCount } = connection;
    const time = secondsOf(connection);
    if (!head) return t('The stream as it is: no response came in {0} s.', time);
    if (!head.isStream)
      return t('The response: its status is {0}, its type {1}.', head.status, typeOf(head.contentType));
    return eventCount === 1
      ? t('The stream as it is: 1 event in {0} s.', time)
      : t('The stream as it is: {0} events in {1} s.', eventCount, time);
  });
}

function typeOf(contentType: string): string {
  return contentType === '' ? '?' : quoted(contentType);
}

function secondsOf({ end }: ConnectionEvidence): string {
  return ((end?.at ?? 0) / 1000).toFixed(1);
}

/** Returns the sentence about a probe that was made; empty if another probe's says it. */
function checkText(t: Translate, kind: ProbeKind, origin: string): string {
  switch (kind) {
    case 'identity':
      return t('Whether compression holds events back: asked without it, and for a browser’s.');
    case 'anyType':
      return t('Whether it differs for clients that accept any type.');
    case 'origin':
      return t('Whether a page on {0} may read it.', quoted(origin));
    case 'preflight':
      return t('Whether that page may ask with these headers.');
    case 'second':
      return t('Whether the server answers a second request beside the first.');
    case 'resumed':
      return t('Whether it goes on behind an event: asked with the ID of the third.');
    case 'head':
      return t('Whether the server could have answered at once: asked for the head alone.');
    case 'other':
      return t('Whether the other address differs.');
    case 'http2':
      return t('Whether it works over HTTP/2.');
    default:
      return '';
  }
}

function leftOutText(t: Translate, { kind, reason }: LeftOut, { connections }: Evidence): string {
  switch (reason) {
    case 'method':
      return t('No more than that: only a GET is made again unasked, not {0}.', quoted(connections[0]?.request.method));
    case 'noStream':
      return kind === 'identity' ? t('Not the rest: the response is no event stream.') : '';
    case 'unwanted':
      return t('Not whether the server answers several requests at once: only one at a time was allowed.');
    case 'ended':
      return t('Not whether the server answers several requests at once: the first was over too soon.');
    case 'noIds':
      return t('Not whether it can be resumed: fewer than three events with an ID came.');
    case 'noOrigin':
      return t('Not whether a page of another origin may read it: no origin was given.');
    case 'sameOrigin':
      return t('Not whether that page may read it: it has the stream’s own origin.');
    case 'secret':
      return t('Not the other address: the body holds a secret, which must not go there.');
    case 'noTime':
      return t('Not {0}: there was no time left.', stepText(t, kind ?? 'first'));
  }
}
