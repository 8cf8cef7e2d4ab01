import { parsedUrl } from '../../client/request/parsedUrl';
import { origins } from '../mock/checkedOption';
import type { DiagnoseOptions } from './diagnosis';

/** Maximum length of a URL, in characters. */
const MAX_URL = 64 * 1024;

/** Checks the options of a diagnosis. @throws {TypeError} that names the option, without its value if that may be secret */
export function checkDiagnoseOptions({ origin, compare }: DiagnoseOptions): void {
  if (origin !== undefined) origins('origin', [origin]);
  if (compare !== undefined && !isAddress(String(compare)))
    throw new TypeError('compare takes a URL that starts with http:// or https://.');
}

function isAddress(url: string): boolean {
  return url.length <= MAX_URL && /^https?:$/.test(parsedUrl(url)?.protocol ?? '');
}
