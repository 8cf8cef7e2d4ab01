import { quoted } from '../../../text/quoted';
import type { Translate } from '../../../text/translate';
import type { Finding, FindingWords, Fix } from '../finding';

/** Sentences and fixes about pages of other origins. */
export function corsWords(t: Translate, finding: Finding): FindingWords {
  const origin = quoted(finding.values['origin']);
  return finding.variant?.startsWith('preflight-')
    ? { text: preflight(t, finding, origin), fixes: preflightFixes(t, finding, origin) }
    : { text: response(t, finding, origin), fixes: responseFixes(t, finding, origin) };
}

function response(t: Translate, { variant, values }: Finding, origin: string): string {
  const allowed = quoted(values['allowed']);
  switch (variant) {
    case 'missing':
      return t('A page on {0} may not read this: there is no Access-Control-Allow-Origin.', origin);
    case 'other':
      return t('A page on {0} may not read this: another origin is allowed, {1}.', origin, allowed);
    case 'two':
      return t(
        'A page on {0} may not read this: Access-Control-Allow-Origin has several values, {1}.',
        origin,
        allowed,
      );
    case 'wildcard':
      return t('A page on {0} may not read this with cookies: “*” doesn’t count for them.', origin);
    case 'credentials':
      return t('A page on {0} may not read this with cookies: Access-Control-Allow-Credentials is missing.', origin);
    case 'errors':
      return t(
        'A page on {0} may read the stream, but not the error {1}: to fetch, both look like a network that fails.',
        origin,
        values['status'] ?? 0,
      );
    default:
      return t('The origin {0} is repeated without “Vary: Origin”: a cache may give it to pages of others.', origin);
  }
}

function responseFixes(t: Translate, { variant }: Finding, origin: string): Fix[] {
  switch (variant) {
    case 'two':
      return [{ text: t('Set the header in one place, the app or the proxy.'), code: allow(origin) }];
    case 'wildcard':
    case 'credentials': {
      const code = `${allow(origin)}\nAccess-Control-Allow-Credentials: true\nVary: Origin`;
      return [{ text: t('Name the origin, and allow credentials.'), code }, inExpress(t, origin, true)];
    }
    case 'errors':
      return [
        { text: t('Set the header on errors, too.') },
        {
          text: t('Without “always”, errors don’t get it.'),
          for: 'nginx',
          code: `add_header Access-Control-Allow-Origin ${origin} always;`,
        },
      ];
    case 'vary':
      return [{ text: t('Say that the response depends on the origin.'), code: 'Vary: Origin' }];
    default:
      return [{ text: t('Allow the origin.'), code: `${allow(origin)}\nVary: Origin` }, inExpress(t, origin, false)];
  }
}

function preflight(t: Translate, { variant, values }: Finding, origin: string): string {
  switch (variant) {
    case 'preflight-status':
      return t(
        'A page on {0} asks first, by OPTIONS, whether it may: the answer is {1}, so the request isn’t made.',
        origin,
        values['status'] ?? 0,
      );
    case 'preflight-origin':
      return t('A page on {0} asks first, by OPTIONS, whether it may: the answer doesn’t allow its origin.', origin);
    case 'preflight-method':
      return t('A page on {0} may not use the method {1} here.', origin, quoted(values['method']));
    default:
      return t('A page on {0} may not send these headers: {1}.', origin, quoted(values['headers']));
  }
}

function preflightFixes(t: Translate, { variant, values }: Finding, origin: string): Fix[] {
  if (variant === 'preflight-method')
    return [{ text: t('Allow the method.'), code: `Access-Control-Allow-Methods: ${quoted(values['method'])}` }];
  if (variant === 'preflight-headers')
    return [
      { text: t('Allow the headers.'), code: `Access-Control-Allow-Headers: ${quoted(values['headers'])}` },
      { text: t('A Last-Event-ID that fetch sets needs to be allowed, too; that of an EventSource doesn’t.') },
    ];
  return [
    { text: t('Answer OPTIONS with 204 before anything asks for a login.'), code: allow(origin) },
    inExpress(t, origin, false),
  ];
}

function allow(origin: string): string {
  return `Access-Control-Allow-Origin: ${origin}`;
}

function inExpress(t: Translate, origin: string, withCookies: boolean): Fix {
  const options = `{ origin: ${JSON.stringify(origin)}${withCookies ? ', credentials: true' : ''} }`;
  return { text: t('Express has it in the package “cors”.'), for: 'Express', code: `app.use(cors(${options}));` };
}
