const SECOND = 1000;

/** A limit that servers and proxies have by default: its least and its most, in seconds, and whose it is. */
type Limit = readonly [least: number, most: number, names: string];

/** Limits of a time without a byte. */
const IDLE: readonly Limit[] = [
  [10, 10, 'Bun'],
  [30, 30, 'Amazon CloudFront'],
  [55, 55, 'Heroku'],
  [60, 60, 'nginx, AWS ALB, Cowboy'],
  [100, 100, 'Cloudflare, dev tunnels'],
  [120, 120, 'Node.js before 13'],
  [125, 125, 'Cloudflare'],
  [230, 240, 'Azure'],
  [300, 300, 'Envoy'],
  [350, 350, 'AWS NLB, AWS NAT Gateway'],
];

/** Limits of a whole response. */
const AGE: readonly Limit[] = [
  [10, 10, 'Vercel'],
  [15, 15, 'Envoy, Go'],
  [29, 29, 'Amazon API Gateway'],
  [30, 30, 'Spring, Tomcat, Go'],
  [60, 60, 'Go'],
  [120, 120, 'AWS App Runner'],
  [300, 302, 'Vercel, Google Cloud Run'],
  [3600, 3600, 'Google Cloud Run'],
];

/** Returns whose default an idle limit is, up to 3 % or half a second away; empty for nobody's. */
export function idleLimitAt(milliseconds: number): string {
  return nearest(IDLE, milliseconds, (limit) => Math.max(0.03 * limit, 0.5));
}

/** Returns whose default a limit of a response is, up to a second away; empty for nobody's. */
export function ageLimitAt(milliseconds: number): string {
  return nearest(AGE, milliseconds, () => 1);
}

function nearest(limits: readonly Limit[], milliseconds: number, allowed: (limit: number) => number): string {
  const seconds = milliseconds / SECOND;
  const distance = ([least, most]: Limit) => Math.max(least - seconds, seconds - most, 0);
  const near = limits.filter((limit) => distance(limit) <= allowed(limit[1]));
  return near.toSorted((a, b) => distance(a) - distance(b))[0]?.[2] ?? '';
}
