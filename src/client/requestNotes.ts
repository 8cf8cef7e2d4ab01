import type { Translate } from '../text/translate';
import { MAX_SUBJECT } from './request/curlError';
import type { RequestNote } from './request/requestNote';
import { veiled } from './request/secrets/secrets';

/** Maximum number of subjects in a sentence. */
const MAX_NAMED = 10;

/**
 * Returns remarks on an accepted command for the user; undefined if none. Its placeholders and files are asked about
 * elsewhere.
 */
export function notesOn(t: Translate, notes: readonly RequestNote[]): string | undefined {
  const [ignored, rest] = [subjectsOf(notes, 'ignored'), subjectsOf(notes, 'rest')];
  const has = (wanted: RequestNote['code']) => notes.some(({ code }) => code === wanted);
  const texts = [
    ignored.length > 0 ? t('Ignored here: {0}.', listed(ignored)) : '',
    rest.length > 0 ? t('Left out: {0}', withoutValues(rest.join(' '))) : '',
    has('ampersand') ? t('The & in the URL isn’t quoted: taken as one URL.') : '',
    has('lostQuotes') ? t('The quotes inside the body are lost, as in the shell: put the body in single quotes.') : '',
    ...subjectsOf(notes, 'doubledQuotes').map((quote) => t('“{0}” was read as a quote, as on Windows.', quote)),
  ];
  return texts.filter(Boolean).join(' ') || undefined;
}

/** Returns the distinct subjects of the notes of that kind, in order. */
export function subjectsOf(notes: readonly RequestNote[], wanted: RequestNote['code']): string[] {
  return [...new Set(notes.filter(({ code }) => code === wanted).map(({ subject }) => subject))];
}

/** Returns the subjects in one line, without parts that may be secret. */
export function listed(subjects: readonly string[]): string {
  const named = subjects.slice(0, MAX_NAMED).map((subject) => shortened(placeholderName(subject)));
  return named.join(', ') + (subjects.length > MAX_NAMED ? ' …' : '');
}

/** Returns `${NAME:-…}` without its default, and only the name of a command substitution. */
function placeholderName(subject: string): string {
  return subject.replace(/^(\$\{\w+|\$\(\s*[\w./-]+|`\s*[\w./-]+)[^\w})`].*?([})`]?)$/s, '$1 …$2');
}

/**
 * Returns the text up to its first option or quote, and each line up to its first `name=` or `name:`, since secrets may
 * follow.
 */
function withoutValues(text: string): string {
  const [begin = ''] = shortened(text).split(/\s-|['"$`]/, 1);
  const isWhole = begin.length === text.length;
  // The colon of a URL's scheme isn't followed by a value.
  const named = begin.trim().replace(/(?<=[\w-])(=|:(?!\/\/)).*/g, (_, sign) => (sign === '=' ? '=…' : ': …'));
  return veiled(isWhole ? named : `${named} …`);
}

function shortened(subject: string): string {
  return subject.length > MAX_SUBJECT ? `${subject.slice(0, MAX_SUBJECT)}…` : subject;
}
