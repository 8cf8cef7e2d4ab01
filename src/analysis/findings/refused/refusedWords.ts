import { quoted } from '../../../text/quoted';
import type { Translate } from '../../../text/translate';
import type { Finding, FindingId, FindingWords, Fix, WriteWords } from '../finding';
import { corsWords } from './corsWords';

const TYPE = 'Content-Type: text/event-stream';
const IN_VITE = "server: { proxy: { '/events': 'http://localhost:3000' } },";
const IN_WEBPACK = "devServer: { proxy: [{ context: ['/events'], target: 'http://localhost:3000' }] },";
const IN_NEXT = "rewrites: async () => [{ source: '/events', destination: 'http://localhost:3000/events' }],";
const ASK_AGAIN = [
  'source.onerror = () => {',
  '  if (source.readyState === EventSource.CLOSED) setTimeout(connect, 5000 + 5000 * Math.random());',
  '};',
].join('\n');
const WITH_COOKIES = 'new EventSource(url, { withCredentials: true })';

/** Sentences and fixes about what a browser refuses. */
export const REFUSED_WORDS: Partial<Record<FindingId, WriteWords>> = {
  'wrong-type': (t, finding) => ({ text: wrongType(t, finding), fixes: typeFixes(t, finding) }),
  'wrong-status': (t, finding) => ({
    text: t(
      'The answer is {0}: an EventSource gives up for good; it doesn’t try again, and ignores Retry-After.',
      finding.values['status'] ?? 0,
    ),
    fixes: statusFixes(t, finding),
  }),
  'sent-elsewhere': (t, finding) => sentElsewhere(t, finding),
  'told-to-stop': (t, { variant }) => ({
    text:
      variant === 'first'
        ? t('204 tells an EventSource to stop: as a first answer, that is hardly meant.')
        : t('204 tells an EventSource to stop: it doesn’t ask again.'),
    fixes: [],
  }),
  'needs-its-cookie': (t, finding) => needsItsCookie(t, finding),
  'cors': corsWords,
  'not-for-EventSource': (t, finding) => ({ text: notForEventSource(t, finding), fixes: otherWays(t) }),
  'one-of-six': (t, { variant }) => ({
    text:
      variant === 'plain'
        ? t(
            'Without TLS it is HTTP/1.1: each open stream takes one of the browser’s six connections to this origin, over all tabs; the seventh request waits without an error.',
          )
        : t(
            'The server offers no HTTP/2: each open stream takes one of the browser’s six connections to this origin, over all tabs; the seventh request waits without an error.',
          ),
    fixes: [
      { text: t('Offer HTTP/2 where TLS ends.'), for: 'nginx', code: 'http2 on;' },
      { text: t('Or share one stream among tabs, by a SharedWorker or a BroadcastChannel.') },
    ],
  }),
  'forbidden-in-http2': (t, { values }) => ({
    text: t(
      'Over HTTP/2 the answer breaks the protocol ({0}), over HTTP/1.1 it doesn’t: it may carry Connection, Keep-Alive or Transfer-Encoding, which are forbidden there. Safari drops such a stream.',
      quoted(values['error']),
    ),
    fixes: [{ text: t('Don’t set “Connection: keep-alive” by hand: HTTP/1.1 does so anyway.') }],
  }),
};

function wrongType(t: Translate, { variant, values }: Finding): string {
  const type = quoted(values['type']);
  switch (variant) {
    case 'index':
      return t('The answer is an HTML page: a dev server answers so with its index page if a route isn’t proxied.');
    case 'html':
      return t('The answer is an HTML page, not an event stream: a browser refuses it.');
    case 'json':
      return t('The answer is JSON ({0}), not an event stream: a browser refuses it. See Response.', type);
    case 'ndjson':
      return t('The answer is NDJSON ({0}), not an event stream: a browser’s EventSource refuses it.', type);
    case 'none':
      return t('The answer names no type: a browser refuses what isn’t text/event-stream.');
    default:
      return t('The answer’s type is {0}: a browser refuses what isn’t text/event-stream.', type);
  }
}

function typeFixes(t: Translate, { variant }: Finding): Fix[] {
  const named = { text: t('Name the type, before anything is written.'), code: TYPE };
  if (variant === 'ndjson') return [{ text: t('Read it with fetch, line by line; or send events.') }];
  if (variant !== 'index' && variant !== 'html')
    return [named, { ...named, for: 'Express', code: "res.set('Content-Type', 'text/event-stream');" }];
  const route = t('Route the path to the server that has the stream.');
  return [
    { text: route, for: 'Vite', code: IN_VITE },
    { text: route, for: 'webpack-dev-server', code: IN_WEBPACK },
    { text: route, for: 'Next.js', code: IN_NEXT },
    named,
  ];
}

function statusFixes(t: Translate, { variant }: Finding): Fix[] {
  const again = { text: t('Make a new EventSource after a while.'), for: 'EventSource', code: ASK_AGAIN };
  switch (variant) {
    case 'forbidden':
      return [{ text: t('Sign in, or send the token or cookie that the server asks for.') }, again];
    case '404':
      return [{ text: t('Correct the path, or the route of the proxy.') }];
    case '405':
      return [{ text: t('Ask by the method that the server expects: an EventSource only knows GET.') }];
    case '406':
      return [{ text: t('Say which type is wanted.'), code: 'Accept: text/event-stream' }];
    case 'gateway':
      return [{ text: t('The proxy doesn’t reach the server: is it running, or restarting?') }, again];
    default:
      return [again];
  }
}

function sentElsewhere(t: Translate, { variant, values }: Finding): FindingWords {
  const url = quoted(values['url']);
  if (variant === 'downgrade')
    return {
      text: t('Redirected from https to {0}, which has no stream: a page on https may not even ask there.', url),
      fixes: [{ text: t('Tell the app that TLS ends at the proxy, so that it makes https addresses.') }],
    };
  if (variant === 'elsewhere')
    return {
      text: t('Redirected to {0}, which answers with a page and not with the stream.', url),
      fixes: [{ text: t('Ask at the address that has the stream, or answer there without a redirect.') }],
    };
  return {
    text: t('Redirected to {0}: not signed in.', url),
    fixes: [
      { text: t('Sign in, and send the cookie or token along.') },
      { text: t('Answer a stream’s request with 401: a page can tell that from a login page.') },
    ],
  };
}

function needsItsCookie(t: Translate, { variant, values }: Finding): FindingWords {
  const [origin, status] = [quoted(values['origin']), values['status'] ?? 0];
  const text =
    variant === 'redirect'
      ? t('Without its cookie this leads elsewhere; from a page on {0}, an EventSource sends none by itself.', origin)
      : t('Without its cookie this is {0}; from a page on {1}, an EventSource sends none by itself.', status, origin);
  const server = {
    text: t('The server has to allow that, too.'),
    code: `Access-Control-Allow-Origin: ${origin}\nAccess-Control-Allow-Credentials: true\nVary: Origin`,
  };
  return {
    text,
    fixes: [{ text: t('Have it send cookies across origins.'), for: 'EventSource', code: WITH_COOKIES }, server],
  };
}

function notForEventSource(t: Translate, { variant, values }: Finding): string {
  switch (variant) {
    case 'method':
      return t('A browser’s EventSource can’t send {0}: it only knows GET.', quoted(values['method']));
    case 'body':
      return t('A browser’s EventSource can’t send a body.');
    default:
      return t('A browser’s EventSource can’t send these headers: {0}.', quoted(values['headers']));
  }
}

function otherWays(t: Translate): Fix[] {
  return [
    { text: t('Read it with fetch and a parser, such as eventsource-parser.') },
    { text: t('Or let a cookie or a token in the address say who asks.') },
  ];
}
