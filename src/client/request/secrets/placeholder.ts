import { isSecretName } from './scan/secretNames';
import { SCHEME } from './scan/secretScan';

/** Maximum length of a placeholder, in characters: the same as of a secret's name. */
const MAX_LENGTH = 200;
/** Variables of shells and templates, in capitals or braces; and commands without a digit, which a secret would have. */
const NAMED =
  /^(?:\$[A-Z][A-Z\d_]*|\$\{[A-Za-z_]\w*\}|\$\{?[Ee][Nn][Vv]:[A-Za-z_]\w*\}?|%[A-Z][A-Z\d_]*%|<[A-Z][A-Z_ -]*>|\{\{ ?[A-Za-z_][\w.-]* ?\}\}|\$\([a-zA-Z][a-zA-Z_./ -]{0,80}\))$/;
/** Variables in small letters, without a digit: might be a password unless the name is that of a secret. */
const MEANT = /^(?:\$([a-z_]+)|%([a-z_]+)%|<([a-z_ -]+)>)$/;

/** Whether the value of a header or a parameter, without its scheme, isn't a secret but the name of something to fill in. */
export function isPlaceholder(value: string): boolean {
  if (value.length > MAX_LENGTH) return false;
  const written = value.replace(SCHEME, '');
  if (NAMED.test(written)) return true;
  const [, ...names] = MEANT.exec(written) ?? [];
  return names.some((name) => name !== undefined && isSecretName(name, 'parameter'));
}
