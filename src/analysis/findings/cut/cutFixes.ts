import type { Translate } from '../../../text/translate';
import type { Fix } from '../finding';

const GO_DEADLINE = 'http.NewResponseController(w).SetWriteDeadline(time.Time{})';

export function beatFixes(t: Translate): Fix[] {
  return [
    { text: t('Send a comment line every 15 s, as the standard advises.'), code: ': beat\n' },
    {
      for: 'Node.js',
      text: t('Send a comment line every 15 s, until the client leaves.'),
      code: "const beat = setInterval(() => res.write(': beat\\n\\n'), 15_000);\nres.on('close', () => clearInterval(beat));",
    },
  ];
}

export function idleFixes(t: Translate): Fix[] {
  const raise = t('Then raise the limit.');
  return [
    ...beatFixes(t),
    { for: 'nginx', text: raise, code: 'location /events {\n    proxy_read_timeout 1h;\n}' },
    {
      for: 'AWS ALB',
      text: raise,
      code: 'aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=idle_timeout.timeout_seconds,Value=4000',
    },
    { for: 'Bun', text: raise, code: 'server.timeout(req, 0);' },
    { for: 'Envoy', text: raise, code: 'stream_idle_timeout: 0s' },
  ];
}

export function ageFixes(t: Translate): Fix[] {
  const lift = t('Lift the limit for streams.');
  return [
    {
      text: t(
        'Heartbeats don’t help. Lift the limit, or end the stream earlier yourself, and let Last-Event-ID resume it.',
      ),
    },
    { for: 'Go', text: lift, code: GO_DEADLINE },
    { for: 'Spring', text: lift, code: 'new SseEmitter(0L)' },
    { for: 'Envoy', text: lift, code: 'route:\n  timeout: 0s' },
  ];
}

/** @param hasIds whether events of the stream had ids */
export function wholeFixes(t: Translate, variant: string | undefined, hasIds: boolean): Fix[] {
  if (variant === 'ended') return [{ text: t('Write the blank line of the last event, too, before the stream ends.') }];
  if (hasIds) return [{ text: t('When the client comes back, send the events behind its Last-Event-ID.') }];
  return [{ text: t('Give each event an id, and send those behind Last-Event-ID when the client comes back.') }];
}

export function eventBeatFixes(t: Translate): Fix[] {
  return [
    {
      text: t('If the page is to notice a dead connection, send a real event as heartbeat, without an id.'),
      code: 'event: ping\ndata: {}\n\n',
    },
  ];
}

export function deafFixes(t: Translate): Fix[] {
  return [
    { text: t('Close the stream when a write fails, and subscribe again when the connection to the broker is new.') },
    { for: 'Go', text: t('Its WriteTimeout makes writes fail: lift it for streams.'), code: GO_DEADLINE },
  ];
}

export function lengthFixes(t: Translate, variant: string | undefined): Fix[] {
  if (variant === 'counted') return [{ text: t('Send no Content-Length with a stream.') }];
  return [
    { text: t('Answer by HTTP/1.1 with “Transfer-Encoding: chunked”, or by HTTP/2.') },
    {
      for: 'Python',
      text: t('Its http.server answers by HTTP/1.0 unless told; then write chunks yourself.'),
      code: "protocol_version = 'HTTP/1.1'",
    },
  ];
}
