import { l10n } from 'vscode';
import { DIRECTION_NAMES } from '../sse/direction';
import { FIELD_NAMES } from '../sse/parse';
import type { Problem } from '../sse/script';
import { nearest } from './nearest';

/** The longest piece of a file that is quoted, in UTF-16 code units. */
const MAX_QUOTE = 40;

/** What is wrong with a `.sse` file and what to do, in the user's language. */
export function problemText(problem: Problem): string {
  const quote = quoted(problem.text);
  switch (problem.code) {
    case 'direction':
      return directionText(problem, quote);
    case 'loopWithoutWait':
      return l10n.t(
        'Without a pause, the file would be sent over and over at once. Put a pause before it, as “:@ wait 1s”.',
      );
    case 'methodNotFirst':
      return l10n.t('The method has to be known before anything is sent. Move this line to the beginning of the file.');
    case 'noLineBefore':
      return l10n.t(
        '“:@ no-newline” takes the end off the line right before it, and there is no such line. Remove it.',
      );
    case 'noConnection':
      return l10n.t(
        'What is sent next would become a part of the line before. Put “:@ connection” between, or remove this.',
      );
    case 'tooLong':
      return l10n.t('The file is too long to be played: it may have 5 million lines and 1 million steps. Split it.');
    case 'unknownField':
      return fieldText(problem.text, quote);
    case 'badRetry':
      return l10n.t(
        'The reconnection time is a number of milliseconds, as in “retry: 3000”. Clients ignore this line.',
      );
    case 'nulInId':
      return l10n.t('Clients ignore an id that has the character NUL. Remove the character.');
    case 'noBlankLine':
      return l10n.t('No blank line ends this event, so clients never see it. Add one.');
  }
}

function directionText({ direction, text }: Problem, quote: string): string {
  switch (direction) {
    case undefined:
    case 'unknown':
      return unknownText(text, quote);
    case 'wait':
      return l10n.t('A pause is given in seconds or milliseconds, up to 24 hours: “:@ wait 1.25s” or “:@ wait 80ms”.');
    case 'status':
      return l10n.t('A status is 204 or 400 to 599, with a time in seconds or without: “:@ status 503 retry-after 2”.');
    case 'method':
      return l10n.t('The method is GET or POST: “:@ method POST”.');
    default:
      return l10n.t('“:@ {0}” stands alone. Remove “{1}”.', direction, quote);
  }
}

function unknownText(text: string, quote: string): string {
  const meant = nearest(text, DIRECTION_NAMES);
  if (meant) return l10n.t('There is no direction “{0}”. Did you mean “{1}”?', quote, meant);
  return text === ''
    ? l10n.t('A line that begins with “:@” is a direction: {0}. A comment begins with “:”.', DIRECTION_NAMES.join(', '))
    : l10n.t(
        'There is no direction “{0}”, only {1}. A comment would begin with “:@@”.',
        quote,
        DIRECTION_NAMES.join(', '),
      );
}

function fieldText(text: string, quote: string): string {
  const meant = nearest(text.trim(), FIELD_NAMES);
  return meant
    ? l10n.t('There is no field “{0}”, so clients ignore this line. Did you mean “{1}”?', quote, meant)
    : l10n.t(
        'There is no field “{0}”, so clients ignore this line. Fields are data, event, id and retry; a comment begins with “:”.',
        quote,
      );
}

function quoted(text: string): string {
  return text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text;
}
