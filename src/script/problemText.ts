import { FIELD_NAMES } from '../stream/field';
import type { Translate } from '../text/translate';
import { MAX_CONDITIONS } from './condition';
import { DIRECTIVE_NAMES } from './directive';
import { PLACE_NAMES } from './fill/place';
import { nearest } from './nearest';
import { fieldWithoutColon } from './problemFix';
import type { Problem } from './script';
import { MAX_HEADERS } from './scriptReply';

/** How braces are written that aren't those of a place, and the place of the event's number. */
const LITERAL = '{{{{';
const NUMBER = '{{n}}';

/** Maximum length of a quotation from a file, in UTF-16 code units. */
const MAX_QUOTE = 40;

/** Returns a sentence that says what is wrong with a `.sse` file and what to do, in the user's language. */
export function problemText(t: Translate, problem: Problem): string {
  const quote = quoted(problem.text);
  switch (problem.code) {
    case 'directive':
      return directiveText(t, problem, quote);
    case 'loopWithoutWait':
      return t(
        'Without a pause, the file would be sent over and over at once. Put a pause before it, as “:@ wait 1s”.',
      );
    case 'notFirst':
      return t(
        '“:@ {0}” has to stand before anything that is sent. Move this line to the beginning of the file.',
        quote,
      );
    case 'tooManyHeaders':
      return t('A file may set {0} headers. Remove some.', MAX_HEADERS);
    case 'tooManyConditions':
      return t('A file may have {0} conditions. Remove some.', MAX_CONDITIONS);
    case 'bodyWithoutStatus':
      return t('“:@ body” is the body of a refusal: put it right behind a “:@ status” other than 204.');
    case 'cutTooFar':
      return t('The next line is not longer than that, so it can’t be cut there. Take a smaller number of bytes.');
    case 'cutInPlace':
      return t('The cut would divide a place. Take a number of bytes before or behind it.');
    case 'place':
      return placeText(t, problem, quote);
    case 'placeInName':
      return t(
        'A place stands in a field’s value or in a comment, not in a name. Put a colon before it, or write “{0}” for braces that stay.',
        LITERAL,
      );
    case 'placeInId':
      return t(
        'An id has “{0}” once and no other place: only so can clients resume behind it. Remove this one.',
        NUMBER,
      );
    case 'tooManyPlaces':
      return t(
        'An event may have 1,000 places, and a file 100,000, which ask for 1,000 different values of a request. Remove some.',
      );
    case 'longDirective':
      return t('A directive may have 16,384 bytes. Shorten this line.');
    case 'noLineBefore':
      return t('“:@ no-newline” takes the end off the line right before it, and there is no such line. Remove it.');
    case 'noConnection':
      return t(
        'What is sent next would become part of the previous line. Put “:@ connection” between them, or remove this line.',
      );
    case 'tooLong':
      return t('The file is too long to be played: it may have 5 million lines and 1 million steps. Split it.');
    case 'unknownField':
      return fieldText(t, problem.text, quote);
    case 'badRetry':
      return t('The reconnection time is a number of milliseconds, as in “retry: 3000”. Clients ignore this line.');
    case 'nulInId':
      return t('Clients ignore an id that has the character NUL. Remove the character.');
    case 'noBlankLine':
      return t('No blank line ends this event, so clients never see it. Add one.');
  }
}

function directiveText(t: Translate, { directive, text }: Problem, quote: string): string {
  switch (directive) {
    case undefined:
    case 'unknown':
      return unknownText(t, text, quote);
    case 'wait':
      return t(
        'A pause is given in seconds or milliseconds, up to 24 hours: “:@ wait 1.25s”, “:@ wait 80ms”, or at random, “:@ wait 50ms..300ms”.',
      );
    case 'status':
      return t('A status is 204 or 400 to 599, with a time in seconds or without: “:@ status 503 retry-after 2”.');
    case 'method':
      return t('The method is GET or POST: “:@ method POST”; or both, where GET resumes: “:@ method POST, GET”.');
    case 'path':
      return t(
        'A path begins with “/”, is encoded as in a URL, and isn’t one of the server’s own: “:@ path /v1/events”.',
      );
    case 'header':
      return t(
        'A header has a name and a value in ASCII, and is none of the connection, or of who may read: “:@ header X-Id: 7”.',
      );
    case 'head':
      return t('The head’s delay is given in seconds or milliseconds, up to 24 hours: “:@ head 2s”.');
    case 'body':
      return t('A body is a text: “:@ body {0}”.', '{"error": "busy"}');
    case 'cut':
      return t('A cut has a number of bytes and a time: “:@ cut 13 50ms”.');
    case 'unknown-id':
      return t('An unknown id gets 204, 409 or resync: “:@ unknown-id 204”. Without this line, it gets the beginning.');
    case 'when':
      return t(
        'A condition is on the request’s number, query, headers or JSON body: “:@ when request 2”, “:@ when query channel = 7”, “:@ when header X-Tenant = a”, “:@ when body /stream = true”.',
      );
    default:
      return t('“:@ {0}” stands alone. Remove “{1}”.', directive, quote);
  }
}

function unknownText(t: Translate, text: string, quote: string): string {
  const meant = nearest(text, DIRECTIVE_NAMES);
  if (meant) return t('There is no directive “{0}”. Did you mean “{1}”?', quote, meant);
  return text === ''
    ? t('A line that begins with “:@” is a directive: {0}. A comment begins with “:”.', DIRECTIVE_NAMES.join(', '))
    : t('There is no directive “{0}”, only {1}. A comment would begin with “:@@”.', quote, DIRECTIVE_NAMES.join(', '));
}

function placeText(t: Translate, { place, text }: Problem, quote: string): string {
  switch (place) {
    case undefined:
    case 'unknown':
      return unknownPlaceText(t, text, quote);
    case 'now':
      return t('The time is “{0}”, or “{1}” in milliseconds since 1970.', '{{now}}', '{{now ms}}');
    case 'random':
      return t('A random number has two whole numbers, the lesser first: “{0}”.', '{{random 1 100}}');
    case 'query':
      return t('A value of the query has a name of up to 200 characters: “{0}”.', '{{query channel}}');
    case 'body':
      return t(
        'A value of the body has a JSON Pointer of up to 500 characters: “{0}”.',
        '{{body /messages/-1/content}}',
      );
    default:
      return t('Only “{0}” stands between the braces. Remove “{1}”.', place, quote);
  }
}

function unknownPlaceText(t: Translate, text: string, quote: string): string {
  const meant = nearest(text, PLACE_NAMES);
  return meant
    ? t('There is no place “{0}”. Did you mean “{1}”? Write “{2}” for braces that stay.', quote, meant, LITERAL)
    : t('There is no place “{0}”, only {1}. Write “{2}” for braces that stay.', quote, PLACE_NAMES.join(', '), LITERAL);
}

function fieldText(t: Translate, text: string, quote: string): string {
  const field = fieldWithoutColon(text);
  if (field !== undefined) return t('A colon is missing after “{0}”, so clients ignore this line: “{0}: …”.', field);
  const meant = nearest(text.trim(), FIELD_NAMES);
  return meant
    ? t('There is no field “{0}”, so clients ignore this line. Did you mean “{1}”?', quote, meant)
    : t(
        'There is no field “{0}”, so clients ignore this line. Fields are data, event, id and retry; a comment begins with “:”.',
        quote,
      );
}

function quoted(text: string): string {
  return text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text;
}
