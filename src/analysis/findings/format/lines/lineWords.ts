import { quoted } from '../../../../text/quoted';
import type { Translate } from '../../../../text/translate';
import type { Finding, FindingId, FindingWords, Fix, WriteWords } from '../../finding';

const NODE_EVENT = "res.write('data: ' + JSON.stringify(value) + '\\n\\n');";
const NODE_FAILURE = "res.write('event: failure\\ndata: ' + JSON.stringify(value) + '\\n\\n');";
const NODE_LINES = "res.write('data: ' + text.split(/\\r\\n|\\r|\\n/).join('\\ndata: ') + '\\n\\n');";
const PYTHON_LINES = "yield ''.join(f'data: {line}\\n' for line in text.splitlines()) + '\\n'";
/** The characters that stand for two line ends in most languages. */
const ESCAPES = '\\n\\n';

/** Sentences and fixes about lines and blocks that clients ignore. */
export const LINE_WORDS: Partial<Record<FindingId, WriteWords>> = {
  'no-blank-line': (t, finding) => ({ text: noBlankLine(t, finding), fixes: [endWithBlankLine(t)] }),
  'lost-lines': (t, { values }) => ({
    text: t(
      'An event’s data begins with “{0}” and goes on in lines without “data:” (lines: {1}): clients ignore those, and get only the beginning.',
      quoted(values['text']),
      values['lines'] ?? 0,
    ),
    fixes: [prefixEachLine(t), { text: t('Or send JSON on one line.'), for: 'Node.js', code: NODE_EVENT }, inPython(t)],
  }),
  'ignored-lines': (t, finding) => ({ text: ignored(t, finding), fixes: ignoredFixes(t, finding) }),
  'without-data': (t, { values }) => ({
    text: t(
      'Blocks with an event type but without data: {0}, the first of type “{1}”. Clients don’t dispatch them, so no handler is called.',
      values['blocks'] ?? 0,
      quoted(values['type']),
    ),
    fixes: [{ text: t('Send a line with data, if only an empty one.'), code: 'data:\n' }],
  }),
  'not-the-format': (t, finding) => ({ text: otherFormat(t, finding), fixes: formatFixes(t, finding) }),
  'escaped-newlines': (t, finding) => escaped(t, finding),
};

function noBlankLine(t: Translate, { variant, values }: Finding): string {
  const [lines, bytes] = [values['lines'] ?? 0, values['bytes'] ?? 0];
  if (variant === 'line') return t('Bytes come ({0}), but no line ends: no event is ever finished.', bytes);
  return variant === 'ended'
    ? t('The stream ended without a blank line: its fields ({0} lines) are no event, and a client gets nothing.', lines)
    : t('Fields come, but no blank line: no event is ever finished. Lines that wait for one: {0}.', lines);
}

function endWithBlankLine(t: Translate): Fix {
  return { text: t('End every event with a blank line.'), for: 'Node.js', code: NODE_EVENT };
}

function prefixEachLine(t: Translate): Fix {
  return { text: t('Write “data:” before every line of the data.'), for: 'Node.js', code: NODE_LINES };
}

function inPython(t: Translate): Fix {
  return { text: t('Write “data:” before every line of the data.'), for: 'Python', code: PYTHON_LINES };
}

function ignored(t: Translate, { variant, values }: Finding): string {
  const [lines, text] = [values['lines'] ?? 0, quoted(values['text'])];
  switch (variant) {
    case 'json':
      return t('Bare JSON in the stream, without “data:”: {0} (lines: {1}). Clients ignore it.', text, lines);
    case 'error':
      return t('Clients ignore a line that tells of an error: “{0}” (lines: {1}).', text, lines);
    case 'spelling':
      return t(
        'Clients ignore “{0}”: names of fields are in lower case, with no blank around (lines: {1}).',
        text,
        lines,
      );
    case 'field':
      return t('Clients ignore “{0}”: an event stream has no field of that name (lines: {1}).', text, lines);
    default:
      return t('Clients ignore a line that has no field: “{0}” (lines: {1}).', text, lines);
  }
}

function ignoredFixes(t: Translate, { variant }: Finding): Fix[] {
  if (variant === 'text') return [prefixEachLine(t), inPython(t)];
  if (variant === 'spelling') return [{ text: t('Write “data:”, “event:”, “id:” or “retry:”, exactly so.') }];
  if (variant === 'field')
    return [{ text: t('Put it into the data, or make it a comment if no client needs it.'), code: ': ' }];
  return [
    {
      text: t('Send it as an event: whoever writes into a stream, a proxy too, has to write events.'),
      for: 'Node.js',
      code: NODE_FAILURE,
    },
  ];
}

function otherFormat(t: Translate, { variant, values }: Finding): string {
  switch (variant) {
    case 'ndjson':
      return t('This is NDJSON, not an event stream: a JSON value a line, and no field. A client gets nothing.');
    case 'json':
      return t('This is JSON, not an event stream: no line has a field. A client gets nothing.');
    case 'html':
      return t('This is HTML, not an event stream: no line has a field. A client gets nothing.');
    case 'xml':
      return t('This is XML, not an event stream: no line has a field. A client gets nothing.');
    default:
      return t(
        'This isn’t an event stream: no line has a field; the first is “{0}”. A client gets nothing.',
        quoted(values['text']),
      );
  }
}

function formatFixes(t: Translate, { variant }: Finding): Fix[] {
  const asEvents = { text: t('Send each value as an event.'), for: 'Node.js', code: NODE_EVENT };
  if (variant === 'html') return [{ text: t('This is a page: correct the route, or what answers on it.') }];
  const type = { text: t('Or name its real type.'), code: 'Content-Type: application/x-ndjson' };
  return variant === 'ndjson' ? [asEvents, type] : [asEvents];
}

function escaped(t: Translate, { variant, values }: Finding): FindingWords {
  if (variant === 'crlf') {
    const text = t('Lines end with CR LF: right, but clients that split the text at two LF find no event in it.');
    return { text, fixes: [] };
  }
  const fixes = [
    { text: t('Write line ends, not their escapes.') },
    { text: t('PHP knows escapes within double quotes only.'), for: 'PHP', code: 'echo "data: $json\\n\\n";' },
  ];
  const text =
    variant === 'never'
      ? t('The text {0} was sent as four characters, so that no line ever ends.', ESCAPES)
      : t('The text {0} was sent as four characters (events: {1}).', ESCAPES, values['events'] ?? 0);
  return { text, fixes };
}
