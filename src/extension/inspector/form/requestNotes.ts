import { l10n } from 'vscode';
import { MAX_SUBJECT } from '../../../client/request/curlError';
import type { RequestNote } from '../../../client/request/requestNote';
import { veiled } from '../../../client/request/secrets/secrets';

/** Maximum number of subjects that a sentence names. */
const MAX_NAMED = 10;

/** Returns what the user should know of a command that was taken; undefined if nothing. What it leaves open is asked for elsewhere. */
export function notesOn(notes: readonly RequestNote[]): string | undefined {
  const [ignored, rest] = [subjectsOf(notes, 'ignored'), subjectsOf(notes, 'rest')];
  const has = (wanted: RequestNote['code']) => notes.some(({ code }) => code === wanted);
  const texts = [
    ignored.length > 0 ? l10n.t('Without effect here: {0}.', listed(ignored)) : '',
    rest.length > 0 ? l10n.t('Left out: {0}', withoutValues(rest.join(' '))) : '',
    has('ampersand') ? l10n.t('The & in the URL isn’t quoted: taken as one URL.') : '',
    has('lostQuotes')
      ? l10n.t('The quotes inside the body’s own are lost, as in the shell: put it in single quotes.')
      : '',
    ...subjectsOf(notes, 'doubledQuotes').map((quote) => l10n.t('“{0}” was read as a quote, as on Windows.', quote)),
  ];
  return texts.filter(Boolean).join(' ') || undefined;
}

/** Returns the subjects of the notes of that kind, each once, in their order. */
export function subjectsOf(notes: readonly RequestNote[], wanted: RequestNote['code']): string[] {
  return [...new Set(notes.filter(({ code }) => code === wanted).map(({ subject }) => subject))];
}

/** Returns the subjects in one line, without what may be secret in them. */
export function listed(subjects: readonly string[]): string {
  const named = subjects.slice(0, MAX_NAMED).map((subject) => shortened(placeholderName(subject)));
  return named.join(', ') + (subjects.length > MAX_NAMED ? ' …' : '');
}

/** Returns `${NAME:-…}` without what stands for it, and of a command its name. */
function placeholderName(subject: string): string {
  return subject.replace(/^(\$\{\w+|\$\(\s*[\w./-]+|`\s*[\w./-]+)[^\w})`].*?([})`]?)$/s, '$1 …$2');
}

/** Returns the text up to its first option or quote, and each line up to its first `name=` or `name:`: secrets may stand there. */
function withoutValues(text: string): string {
  const [begin = ''] = shortened(text).split(/\s-|['"$`]/, 1);
  const isWhole = begin.length === text.length;
  // Of an address the rest is no value.
  const named = begin.trim().replace(/(?<=[\w-])(=|:(?!\/\/)).*/g, (_, sign) => (sign === '=' ? '=…' : ': …'));
  return veiled(isWhole ? named : `${named} …`);
}

function shortened(subject: string): string {
  return subject.length > MAX_SUBJECT ? `${subject.slice(0, MAX_SUBJECT)}…` : subject;
}
