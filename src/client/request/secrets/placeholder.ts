import { isSecretName } from './scan/secretNames';
import { SCHEME } from './scan/secretScan';

/** Maximum length of a placeholder, in characters: as of a name of a secret. */
const MAX_LENGTH = 200;
/** Variables of shells and templates, in capitals or braces; and commands without a digit, which a secret would have. */
const NAMED =
  /^(?:\$[A-Z][A-Z\d_]*|\$\{[A-Za-z_]\w*\}|\$\{?[Ee][Nn][Vv]:[A-Za-z_]\w*\}?|%[A-Z][A-Z\d_]*%|<[A-Z][A-Z_ -]*>|\{\{ ?[A-Za-z_][\w.-]* ?\}\}|\$\([a-zA-Z][a-zA-Z_./ -]{0,80}\))$/;
/** The same in small letters without a digit: only one that is called like a secret is no password. */
const MEANT = /^(?:\$([a-z_]+)|%([a-z_]+)%|<([a-z_ -]+)>)$/;

/** Whether the value of a header or a parameter is, behind its scheme, no secret but the name of what is to stand there. */
export function isPlaceholder(value: string): boolean {
  if (value.length > MAX_LENGTH) return false;
  const written = value.replace(SCHEME, '');
  if (NAMED.test(written)) return true;
  const [, ...names] = MEANT.exec(written) ?? [];
  return names.some((name) => name !== undefined && isSecretName(name, 'parameter'));
}
