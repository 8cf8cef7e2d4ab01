import { parsedUrl } from '../../client/request/parsedUrl';
import { origins, ownOptions, textOfUrl } from '../options/checkedOption';
import type { DiagnoseOptions } from './diagnosis';

/** Maximum length of a URL, in characters. */
const MAX_URL = 64 * 1024;

/**
 * Returns the options of a diagnosis, checked.
 * @throws {TypeError} that names the option, without its value if that may be secret
 */
export function checkedDiagnoseOptions(options: DiagnoseOptions): DiagnoseOptions {
  const { compare, ...own } = ownOptions(options);
  if (own.origin !== undefined) origins('origin', [own.origin]);
  return compare === undefined ? own : { ...own, compare: addressOf(compare) };
}

/** Returns a URL as a text, of this and no other moment. */
function addressOf(given: string | URL): string {
  const url = textOfUrl(given);
  if (url.length <= MAX_URL && /^https?:$/.test(parsedUrl(url)?.protocol ?? '')) return url;
  throw new TypeError('compare takes a URL that starts with http:// or https://.');
}
