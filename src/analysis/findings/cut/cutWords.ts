import type { Translate } from '../../../text/translate';
import type { Finding, FindingId, WriteWords } from '../finding';
import { durationText } from '../quantityText';
import { ageFixes, beatFixes, deafFixes, eventBeatFixes, idleFixes, lengthFixes, wholeFixes } from './cutFixes';

/** Sentences and fixes of the findings why a stream is cut off. */
export const CUT_WORDS: Partial<Record<FindingId, WriteWords>> = {
  'idle-limit': (t, finding) => ({ text: idleText(t, finding), fixes: idleFixes(t) }),
  'age-limit': (t, finding) => ({ text: ageText(t, finding), fixes: ageFixes(t) }),
  'cut-in-an-event': (t, finding) => ({
    text: cutText(t, finding),
    fixes: wholeFixes(t, finding.variant, Number(finding.values['ids'] ?? 0) > 0),
  }),
  'no-heartbeat': (t, { values }) => ({
    text: t(
      'Silent for {0} without a heartbeat: many proxies cut a stream that is silent for 60 s.',
      duration(values['silence']),
    ),
    fixes: beatFixes(t),
  }),
  'heartbeat-unseen': (t, { values }) => ({
    text: t(
      'The heartbeat is a comment: for {0} nothing else came. It keeps proxies content, but a page can’t see it.',
      duration(values['gap']),
    ),
    fixes: eventBeatFixes(t),
  }),
  'deaf': (t, { values }) => ({
    text: t(
      'This connection is open, but gets nothing any more: a second one beside it got {0} events.',
      values['events'] ?? 0,
    ),
    fixes: deafFixes(t),
  }),
  'counted-or-closed': (t, finding) => ({ text: lengthText(t, finding), fixes: lengthFixes(t, finding.variant) }),
};

function idleText(t: Translate, { variant, confidence, values }: Finding): string {
  const [silence, names] = [duration(values['silence']), values['names'] ?? ''];
  if (variant === 'single') {
    const seen = t('Cut after {0} without a byte: this may be an idle limit.', silence);
    return withNames(t, seen, names);
  }
  const cuts = values['cuts'] ?? 0;
  const seen =
    confidence === 'proven'
      ? t('Cut after {0} without a byte, {1} times: an idle limit.', silence, cuts)
      : t(
          'Cut after {0} without a byte, {1} times: this may be an idle limit, or one of the whole answer.',
          silence,
          cuts,
        );
  return withNames(t, seen, names);
}

function ageText(t: Translate, { variant, values }: Finding): string {
  const [age, names] = [duration(values['age']), values['names'] ?? ''];
  const seen =
    variant === 'single'
      ? t('Cut at an age of {0} while events came: this may be a limit on the whole answer, heartbeats or not.', age)
      : t(
          'Ends at an age of {0}, {1} times, heartbeats or not: a limit on the whole answer.',
          age,
          values['cuts'] ?? 0,
        );
  return withNames(t, seen, names);
}

function withNames(t: Translate, seen: string, names: number | string): string {
  return names === '' ? seen : `${seen} ${t('Such a limit is known of: {0}.', names)}`;
}

function cutText(t: Translate, { variant, values }: Finding): string {
  const event = values['event'] ?? 0;
  if (variant === 'between') {
    return t(
      'Cut before event {0}, without the end that HTTP asks for: a client can’t tell whether there was more.',
      event,
    );
  }
  if (variant === 'ended') {
    return t('The stream ended within event {0}, as its blank line is missing: a client drops that event.', event);
  }
  return Number(values['ids']) > 0
    ? t('Cut in the middle of event {0}: a client drops it. The events have ids, so it can be sent again.', event)
    : t('Cut in the middle of event {0}: a client drops it. The events have no ids, so it is lost.', event);
}

function lengthText(t: Translate, { variant, values }: Finding): string {
  return variant === 'counted'
    ? t('The stream has a Content-Length: it ends after {0} bytes, whatever comes.', values['length'] ?? 0)
    : t(
        'The answer (HTTP/{0}) has neither a length nor chunks: a cut can’t be told from the end, and some proxies fail on it.',
        values['version'] ?? '',
      );
}

function duration(value: number | string | undefined): string {
  return durationText(Number(value ?? 0));
}
