import type { Exchange } from '../../../client/http/exchange';
import { isSecretResponseHeader } from '../../../client/request/secrets/responseSecrets';

/** Returns the response's head for the page, with masks for its secrets. */
export function headOf({ status, statusText, headers }: Exchange) {
  const masked = headers.flatMap(([name], index) => (isSecretResponseHeader(name) ? [index] : []));
  const shown = headers.map(([name, value]): [string, string] => [name, isSecretResponseHeader(name) ? '•••' : value]);
  return { status, statusText, headers: shown, masked };
}
