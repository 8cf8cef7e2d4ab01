import { quoted } from '../../../text/quoted';
import type { Translate } from '../../../text/translate';
import type { Finding, FindingId, Fix, WriteWords } from '../finding';
import { durationText } from '../quantityText';

const STOP = "if (req.get('Last-Event-ID') === lastId) return res.sendStatus(204);";
const CLOSE = "source.addEventListener('done', () => source.close());";
const WITH_ID = "res.write('id: ' + id + '\\ndata: ' + JSON.stringify(value) + '\\n\\n');";
const FROM_ID = "const events = history.filter(({ id }) => id > Number(req.get('Last-Event-ID') ?? 0));";

/** Sentences and fixes about clients that come back. */
export const AGAIN_WORDS: Partial<Record<FindingId, WriteWords>> = {
  'round-and-round': (t, finding) => ({ text: roundAndRound(t, finding), fixes: stops(t) }),
  'no-ids': (t, { values }) => ({
    text: t(
      'Whatever was sent between {0} and {1} is lost: there are no ids to resume from.',
      duration(values['from']),
      duration(values['to']),
    ),
    fixes: [{ text: t('Give each event an id, and begin behind Last-Event-ID.'), for: 'Express', code: WITH_ID }],
  }),
  'resume-ignored': (t, finding) => ({
    text: resumeIgnored(t, finding),
    fixes: [{ text: t('Send what comes behind Last-Event-ID, and no more.'), for: 'Express', code: FROM_ID }],
  }),
  'ids-broken': (t, finding) => ({ text: idsBroken(t, finding), fixes: idFixes(t, finding) }),
};

function roundAndRound(t: Translate, { variant, values }: Finding): string {
  const [wait, rounds] = [duration(values['wait']), values['rounds'] ?? 0];
  return variant === 'anew'
    ? t('The stream ends, and EventSource asks again after {0}: {1} times now.', wait, rounds)
    : t('The stream ends, EventSource asks again after {0}, and gets it all once more: {1} times now.', wait, rounds);
}

function stops(t: Translate): Fix[] {
  return [
    { text: t('Answer 204 to whoever has seen the end, by Last-Event-ID.'), for: 'Express', code: STOP },
    { text: t('Or send a last event at which the page closes.'), for: 'EventSource', code: CLOSE },
  ];
}

function resumeIgnored(t: Translate, { variant, values }: Finding): string {
  const [events, first, last] = [values['events'] ?? 0, quoted(values['first']), quoted(values['lastEventId'])];
  switch (variant) {
    case 'inclusive':
      return t('Asked behind {0}, the server sends {0} again: that event comes twice.', last);
    case 'restart':
      return t('Last-Event-ID has no effect: behind {0}, ids begin at {1} again.', last, first);
    default:
      return t('Last-Event-ID has no effect: behind {0} comes {1}, and {2} events come twice.', last, first, events);
  }
}

function idsBroken(t: Translate, { variant, values }: Finding): string {
  const [before, after] = [quoted(values['before']), quoted(values['after'])];
  switch (variant) {
    case 'own-count':
      return t(
        'Events of type “{2}” have ids of their own count: {1} behind {0}. Whoever resumes from one misses others.',
        before,
        after,
        quoted(values['type']),
      );
    case 'down':
      return t('Ids go down: {1} comes behind {0}. Whoever resumes misses events, or gets some twice.', before, after);
    case 'repeat':
      return t('The id {1} comes again, behind {0}: it names no one place to resume from.', before, after);
    case 'constant':
      return t('All events have the id {0}: nobody can resume within the stream.', after);
    case 'gap':
      return t(
        'After the reconnect, {1} comes behind {0}: {2} events are missing.',
        before,
        after,
        values['events'] ?? 0,
      );
    case 'nul':
      return t('An id has a NUL: clients ignore it.');
    default:
      return t('An empty line “id:” makes clients forget the last id: they can’t resume from there.');
  }
}

function idFixes(t: Translate, { variant }: Finding): Fix[] {
  switch (variant) {
    case 'gap':
      return [
        { text: t('Keep more events for those who come back.') },
        { text: t('Say so if history is gone: an event by which the page loads the state anew.') },
      ];
    case 'nul':
      return [{ text: t('Give ids without NUL and line ends.') }];
    case 'empty':
      return [{ text: t('Leave out the line “id:” where there is no id.') }];
    case 'constant':
      return [{ text: t('Give each event an id of its own, in order.') }];
    default:
      return [{ text: t('Give ids only to events that can be resumed from, from one count.') }];
  }
}

function duration(milliseconds: string | number | undefined): string {
  return durationText(Number(milliseconds ?? 0));
}
