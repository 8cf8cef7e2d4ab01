import { l10n } from 'vscode';
import { CurlError, MAX_SUBJECT, type ParsedRequest, parseRequest, type RequestNote } from '../inspector/curl';
import { veiled } from '../inspector/secrets';
import { excessText } from './excessText';
import { firstWord } from './firstWord';

/** What of a pasted text a person asks for: the request, or why there is none, in the user's language. */
export function readPasted(
  text: string,
): { parsed: ParsedRequest; problem?: undefined } | { parsed?: undefined; problem: string } {
  try {
    return { parsed: parseRequest(text) };
  } catch (error) {
    if (error instanceof CurlError) return { problem: problemOf(error) };
    throw error;
  }
}

function problemOf({ code, subject: written = '' }: CurlError): string {
  // A secret may stand in what can't be read.
  const subject = code === 'url' || code === 'manyUrls' ? veiled(written) : nameIn(code, written);
  switch (code) {
    case 'noUrl':
      return l10n.t('There is no URL.');
    case 'tooLong':
      return l10n.t('The text is longer than 1 MB.');
    case 'manyUrls':
      return l10n.t('There is more than one URL: “{0}” is the second.', subject);
    case 'url':
      return l10n.t('“{0}” is no address that begins with http:// or https://.', subject);
    case 'scheme':
      return l10n.t('Only http: and https: can be inspected, not {0}', subject);
    case 'quote':
      return l10n.t('The quote {0} is not closed.', subject);
    case 'noValue':
      return l10n.t('The option {0} lacks its value.', subject);
    case 'unknownOption':
      return l10n.t('The option {0} of curl is not known here. Remove it to go on.', subject);
    case 'unsupported':
      return l10n.t('{0} is not supported here. Remove it to go on.', subject);
    case 'header':
      return l10n.t('“{0}” is no header: a header is a name, a colon and a value.', subject);
    case 'notUnderstood':
      return l10n.t('This is no request: a URL, a curl command, and a browser’s “Copy as fetch” are understood.');
    case 'quotes':
      return l10n.t('Typographic quotes as “{0}” are none in a command: write plain ones in their place.', subject);
    case 'fetch':
      return l10n.t('The fetch call can’t be read at “{0}”.', subject);
    case 'method':
      return l10n.t('“{0}” is no HTTP method.', subject);
    default:
      return excessText(code);
  }
}

/** Returns the part of the subject that is a name: of an option without its value, of a header without its. */
function nameIn(code: CurlError['code'], subject: string): string {
  if (code === 'header') return firstWord(subject);
  if (code === 'unknownOption') return subject.replace(/([=:]).*/s, '$1…');
  // A file's name is none; but `-b` takes a cookie, too.
  return code === 'unsupported' ? subject.replace(/^(-\S+) (?!@).+/s, '$1 …') : veiled(subject);
}

/** How many subjects a note names. */
const MAX_NAMED = 10;

/** What the user should know of a command that was taken; undefined where there is nothing. */
export function notesOn(notes: RequestNote[]): string | undefined {
  const subjects = (code: RequestNote['code']) =>
    notes.filter((note) => note.code === code).map(({ subject }) => subject);
  const listed = (all: string[]) =>
    all.slice(0, MAX_NAMED).map(shortened).join(', ') + (all.length > MAX_NAMED ? ' …' : '');
  const [ignored, rest, variables] = [subjects('ignored'), subjects('rest'), subjects('placeholder')];
  const texts = [
    ignored.length > 0 ? l10n.t('Without effect here: {0}.', listed(ignored)) : '',
    rest.length > 0 ? l10n.t('Left out: {0}', withoutValues(rest.join(' '))) : '',
    variables.length > 0 ? l10n.t('Put the value in the place of {0}.', listed(variables.map(variableName))) : '',
  ];
  return texts.filter(Boolean).join(' ') || undefined;
}

/** Returns the text up to its first option or quote, and each line up to its first `name=` or `name:`: secrets may stand there. */
function withoutValues(text: string): string {
  const [begin = ''] = shortened(text).split(/\s-|['"$`]/, 1);
  const isWhole = begin.length === text.length;
  // Of an address the rest is no value.
  const named = begin.trim().replace(/(?<=[\w-])(=|:(?!\/\/)).*/g, (_, sign) => (sign === '=' ? '=…' : ': …'));
  return veiled(isWhole ? named : `${named} …`);
}

/** Returns `${NAME:-…}` without what stands for it, and of a command its name. */
function variableName(subject: string): string {
  return subject.replace(/^(\$\{\w+|\$\(\s*[\w./-]+|`\s*[\w./-]+)[^\w})`].*?([})`]?)$/s, '$1 …$2');
}

function shortened(subject: string): string {
  return subject.length > MAX_SUBJECT ? `${subject.slice(0, MAX_SUBJECT)}…` : subject;
}
