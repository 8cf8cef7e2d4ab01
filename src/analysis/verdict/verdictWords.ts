import { quoted } from '../../text/quoted';
import type { Translate } from '../../text/translate';
import type { Reason, Verdict } from './eventSourceVerdict';

/** Words for a verdict, in the user's language. */
export interface VerdictWords {
  /** A sentence that says whether it is read. */
  text: string;
  /** Sentences that say why not; empty if it is read. */
  reasons: string[];
}

/** Returns a verdict's sentences. */
export function verdictWords(t: Translate, { origin, reads, reasons }: Verdict): VerdictWords {
  const page = quoted(origin);
  const text = reads
    ? t('A browser’s EventSource at {0} would read it.', page)
    : t('A browser’s EventSource at {0} would refuse it, because:', page);
  return { text, reasons: reasons.map((reason) => because(t, reason, page)) };
}

function because(t: Translate, { kind, value, unsure }: Reason, page: string): string {
  const given = quoted(value);
  switch (kind) {
    case 'request':
      return value === '' ? t('It can’t send a body.') : t('It can’t send {0}.', given);
    case 'mixed':
      return t('A page on https may not ask {0}, which is on http.', given);
    case 'response':
      return value === '' ? t('There is no response.') : t('There is no response ({0}).', given);
    case 'status':
      return t('The status is {0}, not 200.', given);
    case 'type':
      return value === ''
        ? t('The response names no type; it has to be text/event-stream.')
        : t('The type is {0}, not text/event-stream.', given);
    case 'charset':
      return t('The charset is {0}, not UTF-8: Chromium refuses it.', given);
    case 'credentials':
      return t('With cookies, the response has to name {0} and to allow credentials.', page);
    case 'cors':
      return cors(t, { value, unsure }, page);
  }
}

function cors(t: Translate, { value, unsure }: Pick<Reason, 'value' | 'unsure'>, page: string): string {
  if (value !== '') return t('The response allows {0}, not {1}.', quoted(value), page);
  return unsure
    ? t('The response has no Access-Control-Allow-Origin; but it was asked without an origin. Diagnose asks with one.')
    : t('The response has no Access-Control-Allow-Origin.');
}
