import { l10n } from 'vscode';
import { parsedUrl } from '../../../client/request/parsedUrl';

/** Returns the title of the panel of a request. @param url with masks */
export function requestTitle(url: string): string {
  const address = parsedUrl(url);
  // A mask in the path reads as one.
  const title = address ? `${address.host}${address.pathname.replaceAll('%E2%80%A2', '•')}` : url;
  return title === '' ? l10n.t('Event Stream') : title;
}
