import { l10n } from 'vscode';
import { parsedUrl } from '../../../client/request/parsedUrl';

/** Returns the title of a request's panel. @param url with masks */
export function requestTitle(url: string): string {
  const address = parsedUrl(url);
  // Shows a mask in the path unescaped.
  const title = address ? `${address.host}${address.pathname.replaceAll('%E2%80%A2', '•')}` : url;
  return title === '' ? l10n.t('Event Stream') : title;
}
