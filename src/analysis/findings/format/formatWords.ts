import { withEscapes } from '../../../text/foreignText';
import { quoted } from '../../../text/quoted';
import type { Translate } from '../../../text/translate';
import type { Finding, FindingId, FindingWords, Fix, WriteWords } from '../finding';
import { durationText } from '../quantityText';
import { LINE_WORDS } from './lines/lineWords';

/** Length at which types are cut: such a one isn't whole. */
const CUT = 100;

/** Sentences and fixes about a stream's text. */
export const FORMAT_WORDS: Partial<Record<FindingId, WriteWords>> = {
  ...LINE_WORDS,
  'named-events': (t, finding) => namedEvents(t, finding),
  'encoding': (t, finding) => (finding.variant === 'charset' ? charset(t, finding) : encoding(t, finding)),
  'odd-retry': (t, finding) => oddRetry(t, finding),
  'failed-inside': (t, { values }) => ({
    text: t(
      'The answer says 200, the stream says: “{0}” (events: {1}).',
      quoted(values['message']),
      values['events'] ?? 0,
    ),
    fixes: [],
  }),
};

function namedEvents(t: Translate, { variant, values }: Finding): FindingWords {
  const [type, events] = [quoted(values['type']), values['events'] ?? 0];
  const fixes = listener(t, String(values['type'] ?? ''));
  if (variant === 'blank') {
    const text = t(
      'The type of {0} events is “{1}”, with a blank at an end: a listener for the name without it is never called.',
      events,
      type,
    );
    return { text, fixes: [{ text: t('Remove the blank where the line “event:” is written.') }, ...fixes] };
  }
  const all = values['all'] ?? 0;
  if (variant === 'several') {
    const types = values['types'] ?? 0;
    const text = t(
      '{0} of {1} events have a type of their own ({2} types, mostly “{3}”): “onmessage” doesn’t see them.',
      events,
      all,
      types,
      type,
    );
    return { text, fixes };
  }
  const text = t(
    '{0} of {1} events are of type “{2}”: “onmessage” doesn’t see them, a listener for that type does.',
    events,
    all,
    type,
  );
  return { text, fixes };
}

function listener(t: Translate, type: string): Fix[] {
  if (type.length >= CUT) return [];
  const name = withEscapes(JSON.stringify(type));
  const code = `source.addEventListener(${name}, (event) => console.log(event.data));`;
  return [{ text: t('Add a listener for the type.'), for: 'EventSource', code }];
}

function charset(t: Translate, { values }: Finding): FindingWords {
  return {
    text: t(
      'The charset is {0}: Chromium refuses the stream for good, though Firefox reads it. Only “utf-8” is right.',
      quoted(values['charset']),
    ),
    fixes: [
      { text: t('Name UTF-8, or no charset.'), code: 'Content-Type: text/event-stream; charset=utf-8' },
      {
        text: t('Without this, Jetty and Tomcat name ISO-8859-1 for a writer.'),
        for: 'Servlet',
        code: 'response.setCharacterEncoding("UTF-8");',
      },
    ],
  };
}

function encoding(t: Translate, { variant, values }: Finding): FindingWords {
  const [position, bytes] = [values['position'] ?? 0, spaced(values['bytes'])];
  const asUtf8 = { text: t('An event stream is always UTF-8: encode it so.') };
  switch (variant) {
    case 'utf16':
      return { text: t('The stream is UTF-16, not UTF-8: {0} at byte {1}.', bytes, position), fixes: [asUtf8] };
    case 'bytes': {
      const places = values['places'] ?? 0;
      const text = t(
        'Bytes that aren’t UTF-8: {0} at byte {1} (places: {2}). Clients show “�”.',
        bytes,
        position,
        places,
      );
      return { text, fixes: [asUtf8, { text: t('Don’t cut text between the bytes of a character.') }] };
    }
    case 'mark':
      return {
        text: t(
          'A byte order mark begins a line at byte {0}: its field has another name so, and clients ignore it.',
          position,
        ),
        fixes: [{ text: t('Remove the mark (EF BB BF) where text of files is put together.') }],
      };
    case 'inner-mark':
      return { text: t('There is a byte order mark within the text, at byte {0}.', position), fixes: [] };
    default:
      return { text: t('There is a NUL in the text, at byte {0}.', position), fixes: [asUtf8] };
  }
}

/** Returns hexadecimal by bytes. */
function spaced(hex: string | number | undefined): string {
  return String(hex ?? '')
    .slice(0, 16)
    .replace(/(..)(?=.)/g, '$1 ');
}

function oddRetry(t: Translate, { variant, values }: Finding): FindingWords {
  const time = values['time'] ?? 0;
  const inMilliseconds = { text: t('Give milliseconds, in digits only.'), code: 'retry: 3000\n\n' };
  if (variant === 'ignored') {
    const text = t(
      'Clients ignore the reconnection time “{0}”: it has to be digits only (lines: {1}).',
      quoted(values['text']),
      values['lines'] ?? 0,
    );
    return { text, fixes: [inMilliseconds] };
  }
  if (variant === 'short')
    return { text: t('The reconnection time is {0} ms: seconds were meant?', time), fixes: [inMilliseconds] };
  const text = t('The reconnection time is {0}: so long does a page wait after each cut.', durationText(Number(time)));
  return { text, fixes: [inMilliseconds] };
}
