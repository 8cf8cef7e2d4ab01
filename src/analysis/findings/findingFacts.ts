import type { Translate } from '../../text/translate';
import type { ConnectionEvidence, Evidence, ProbeKind } from '../evidence/evidence';
import type { Finding, FindingId } from './finding';
import { durationText } from './quantityText';

/** Facts behind a finding, of one request or of two side by side. */
export interface Facts {
  /** Descriptions of the requests. */
  columns: string[];
  rows: { label: string; values: string[] }[];
}

/** Probes that are shown for a finding, as far as they were made. */
const PROBES: Partial<Record<FindingId, readonly ProbeKind[]>> = {
  'held-to-the-end': ['other', 'identity'],
  'blocks-of-a-buffer': ['other'],
  'head-held-back': ['head'],
  'compressed-and-not-flushed': ['identity'],
  'accept-sensitive': ['anyType'],
  'one-at-a-time': ['second'],
  'needs-its-cookie': ['origin'],
  cors: ['origin', 'preflight'],
  'forbidden-in-http2': ['http2'],
  deaf: ['second'],
  'resume-ignored': ['resumed'],
};

/** Returns the facts that show a finding, in the user's language. */
export function findingFacts(t: Translate, { id, at }: Finding, { connections, probes }: Evidence): Facts {
  const kinds = PROBES[id] ?? [];
  const asked = probes.filter(({ kind }) => kinds.includes(kind)).slice(0, 2);
  // Asked as a browser asks, it is compared with what was asked without compression.
  const other = id === 'compressed-and-not-flushed' ? probes.find(({ kind }) => kind === 'browser') : undefined;
  const own = other ?? connectionAt(connections, at);
  const shown = [...(own ? [own] : []), ...asked];
  const columns = shown.map((one) => ('kind' in one ? probeText(t, one.kind) : t('connection {0}', one.number)));
  const facts = shown.map((one) => factsOf(t, 'kind' in one ? one.connection : one));
  const labels = [...new Set(facts.flatMap((one) => [...one.keys()]))];
  return { columns, rows: labels.map((label) => ({ label, values: facts.map((one) => one.get(label) ?? '–') })) };
}

/** Returns the connection that a time belongs to; the last one that was answered if there is no time. */
function connectionAt(
  connections: readonly ConnectionEvidence[],
  at: number | undefined,
): ConnectionEvidence | undefined {
  const began = at === undefined ? undefined : connections.findLast(({ requestedAt }) => requestedAt <= at);
  return began ?? connections.findLast(({ head }) => head !== undefined) ?? connections.at(-1);
}

/** Returns how a probe's request differs, in the user's language. */
export function probeText(t: Translate, kind: ProbeKind): string {
  const texts: Record<ProbeKind, () => string> = {
    again: () => t('asked again'),
    identity: () => t('without compression'),
    browser: () => t('with a browser’s compressions'),
    anyType: () => t('with “Accept: */*”'),
    origin: () => t('from a page of another origin'),
    preflight: () => t('preflight (OPTIONS)'),
    second: () => t('second connection'),
    resumed: () => t('behind the third event’s id'),
    head: () => t('with HEAD'),
    other: () => t('at the other address'),
    http2: () => t('over HTTP/2'),
  };
  return texts[kind]();
}

function factsOf(t: Translate, connection: ConnectionEvidence): Map<string, string> {
  const { head, received, chunks, events, eventCount, text, end } = connection;
  const facts = new Map<string, string>();
  if (!head) return facts.set(t('Response'), end?.code ?? t('none'));
  facts.set(t('Response'), [head.status, head.contentType, head.encoding].filter(Boolean).join(' · '));
  facts.set(t('Head after'), durationText(head.at));
  if (chunks[0]) facts.set(t('First byte after'), durationText(chunks[0].at));
  if (events[0]) facts.set(t('First event after'), durationText(events[0].at));
  facts.set(t('Received'), t('{0} bytes in {1} chunks', received.bytes, received.chunks));
  if (head.isStream) facts.set(t('Events'), String(eventCount));
  if (text.comments.count > 0) facts.set(t('Comments'), String(text.comments.count));
  if (end) {
    facts.set(t('End after'), `${durationText(end.at)} (${endText(t, end)})`);
    const last = chunks.at(-1);
    if (last) facts.set(t('Silent before that'), durationText(end.at - last.at));
  }
  return facts;
}

function endText(t: Translate, { cause, code }: NonNullable<ConnectionEvidence['end']>): string {
  const texts = {
    end: () => t('complete'),
    cut: () => t('cut off'),
    failed: () => t('failed'),
    left: () => t('closed by us'),
  };
  return [texts[cause](), code].filter(Boolean).join(', ');
}
