import type { Translate } from '../../../text/translate';
import type { Finding, FindingId, WriteWords } from '../finding';
import { durationText } from '../quantityText';
import {
  acceptFixes,
  bufferFixes,
  cacheFixes,
  compressionFixes,
  headFixes,
  holdFixes,
  terminatorFixes,
  workerFixes,
} from './lateFixes';

/** Sentences and fixes of the findings why events come late. */
export const LATE_WORDS: Partial<Record<FindingId, WriteWords>> = {
  'compressed-and-not-flushed': (t, finding) => ({ text: compressedText(t, finding), fixes: compressionFixes(t) }),
  'held-to-the-end': (t, finding) => ({
    text: heldText(t, finding),
    fixes: finding.values['encoding']
      ? [...compressionFixes(t), ...holdFixes(t)]
      : [...holdFixes(t), ...bufferFixes(t)],
  }),
  'blocks-of-a-buffer': (t, finding) => ({ text: blocksText(t, finding), fixes: bufferFixes(t) }),
  'head-held-back': (t, finding) => ({
    text: headText(t, finding),
    fixes: finding.variant === 'proxy' ? [...bufferFixes(t), ...headFixes(t)] : headFixes(t),
  }),
  'one-at-a-time': (t, { values }) => ({
    text: t(
      'The server answers one request at a time: the second waited {0}, until the first was closed.',
      duration(values['wait']),
    ),
    fixes: workerFixes(t),
  }),
  'compressed-and-flushed': (t, { values }) => ({
    text: t('Compressed ({0}), but flushed event by event: this is fine.', values['encoding'] ?? ''),
    fixes: [],
  }),
  'terminator-late': (t, finding) => ({ text: terminatorText(t, finding), fixes: terminatorFixes(t) }),
  'accept-sensitive': (t, finding) => ({ text: acceptText(t, finding), fixes: acceptFixes(t) }),
  'cached': (t, { variant, values }) => ({
    text:
      variant === 'hit'
        ? t('This is a stored answer: a cache on the way gave it.')
        : t('This is a stored answer, {0} old: a cache on the way gave it.', duration(values['age'])),
    fixes: cacheFixes(t),
  }),
  'the-way': (t, { values }) => ({ text: t('On the way, by the headers: {0}.', values['names'] ?? ''), fixes: [] }),
};

function compressedText(t: Translate, { variant, values }: Finding): string {
  const { encoding = '', bytes = 0, events = 0 } = values;
  const time = duration(values['time']);
  if (variant === 'alone') {
    return t(
      'Compressed ({0}), and only the first {1} bytes have come in {2}: the events may be held in the compressor. Diagnose asks without compression, too.',
      encoding,
      bytes,
      time,
    );
  }
  if (variant === 'ended') {
    return t(
      'The server compresses ({0}), and holds the events in its compressor: {1} bytes in {2}, then all {3} events when the stream ended.',
      encoding,
      bytes,
      time,
      events,
    );
  }
  return t(
    'Asked as a browser asks, the server compresses ({0}), and holds the events in its compressor: {1} bytes in {2}. Asked without compression, {3} events came in that time.',
    encoding,
    bytes,
    time,
    events,
  );
}

function heldText(t: Translate, { variant, confidence, values }: Finding): string {
  const events = values['events'] ?? 0;
  const [burst, after, span] = [values['burst'], values['after'], values['span']].map(duration);
  if (variant === 'other') {
    return t(
      'At the other address all {0} events came within {1}, {2} after the request, and the stream ended: something on that way keeps them until it is complete. Here they came over {3}.',
      events,
      burst ?? '',
      after ?? '',
      span ?? '',
    );
  }
  if (confidence === 'hint') {
    return t(
      'All {0} events came within {1}, {2} after the request, and the stream ended. Unless the server makes them in one go, something kept them until it was complete.',
      events,
      burst ?? '',
      after ?? '',
    );
  }
  const seen = t(
    'All {0} events came within {1}, {2} after the request, and the stream ended: something kept them until it was complete.',
    events,
    burst ?? '',
    after ?? '',
  );
  if (variant === 'times') return `${seen} ${t('By their own times they were made over {0}.', span ?? '')}`;
  return variant === 'compared' ? `${seen} ${t('Asked another way, they came over {0}.', span ?? '')}` : seen;
}

function blocksText(t: Translate, { variant, values }: Finding): string {
  const size = Number(values['size']);
  const seen = t(
    'The bytes come in blocks of exactly {0}, cut in the middle of events: a buffer is filled before it is passed on.',
    size,
  );
  const whose = size === 4096 ? ` ${t('{0} is the size of buffers in nginx and Apache.', size)}` : '';
  const other = variant === 'compared' ? ` ${t('At the other address the events come one by one.')}` : '';
  return `${seen}${whose}${other}`;
}

function headText(t: Translate, { variant, confidence, values }: Finding): string {
  const after = duration(values['after']);
  const seen =
    variant === 'proxy'
      ? t(
          'The head came only with {0} events, after {1}: a proxy may wait until its buffer is full.',
          values['events'] ?? 0,
          after,
        )
      : t('The head came only with the first bytes, after {0}.', after);
  const until = t('Until then “onopen” doesn’t fire, and Firefox doesn’t even hand out a fetch’s response.');
  const head = confidence === 'likely' ? ` ${t('HEAD was answered after {0}.', duration(values['head']))}` : '';
  return `${seen}${head} ${until}`;
}

function terminatorText(t: Translate, { variant, values }: Finding): string {
  const late = duration(values['late']);
  return variant === 'alone'
    ? t('The blank line that ends an event comes {0} after its fields, so each event is late by that.', late)
    : t('Each event’s blank line comes with the next event, so each is {0} late; the last one never comes.', late);
}

function acceptText(t: Translate, { variant, values }: Finding): string {
  if (variant === 'refused') {
    return t(
      'Asked without “Accept: text/event-stream”, the server answers {0} {1} instead of the stream.',
      values['status'] ?? 0,
      values['type'] ?? '',
    );
  }
  return t(
    'The stream starts after {0} when asked with “Accept: text/event-stream”, after {1} without it.',
    duration(values['withIt']),
    duration(values['without']),
  );
}

function duration(value: number | string | undefined): string {
  return durationText(Number(value ?? 0));
}
