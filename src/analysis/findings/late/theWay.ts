import { headerValue } from '../../evidence/headerValues';
import { streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';

/** Headers by which something on the way is known, and its name: the nearest to the client first. */
const KNOWN: readonly [name: string, header: string, value: RegExp][] = [
  ['Cloudflare', 'CF-Ray', /./],
  ['Amazon CloudFront', 'X-Amz-Cf-Id', /./],
  ['Fastly', 'X-Served-By', /^cache-/],
  ['Vercel', 'X-Vercel-Id', /./],
  ['Fly.io', 'Fly-Request-Id', /./],
  ['AWS ALB', 'Server', /^awselb/i],
  ['Google', 'Server', /^Google Frontend/i],
  ['Envoy', 'X-Envoy-Upstream-Service-Time', /./],
  ['Envoy', 'Server', /envoy/i],
  ['Varnish', 'X-Varnish', /./],
  ['nginx', 'Server', /nginx|openresty/i],
  ['Apache', 'Server', /^Apache\b/i],
  ['Caddy', 'Server', /^Caddy/i],
  ['Caddy', 'Via', /\bCaddy/i],
  ['IIS', 'Server', /^Microsoft-IIS/i],
  ['Gunicorn', 'Server', /^gunicorn/i],
  ['Uvicorn', 'Server', /^uvicorn/i],
  ['Werkzeug', 'Server', /^Werkzeug/i],
  ['Jetty', 'Server', /^Jetty/i],
  ['Express', 'X-Powered-By', /^Express/i],
  ['Next.js', 'X-Powered-By', /^Next\.js/i],
  ['PHP', 'X-Powered-By', /^PHP/i],
  ['ASP.NET', 'X-Powered-By', /^ASP\.NET/i],
];

/** D10: servers and proxies that the response passed, as its headers tell. */
export const theWay: Rule = (evidence) => {
  const connection = streamsOf(evidence).at(-1);
  if (!connection || evidence.now - connection.requestedAt < 1000) return undefined;
  const known = KNOWN.filter(([, header, value]) => value.test(headerValue(connection, header) ?? ''));
  const names = [...new Set(known.map(([name]) => name))];
  if (names.length === 0) return undefined;
  return { id: 'the-way', confidence: 'information', values: { names: names.join(' → ') } };
};
