import { SearchBudget } from '../../client/request/secrets/searchBudget';
import { veiled } from '../../client/request/secrets/secrets';

/** Maximum number of characters that are read of the values in a text: a client's 16 KB of them would take 0.2 s. */
const MAX_READ = 32 * 1024;

/** Returns a client's text for a log, with masks: it may have a secret there, and a CI keeps its log. */
export function masked(text: string): string {
  return veiled(text, undefined, undefined, new SearchBudget(MAX_READ));
}
