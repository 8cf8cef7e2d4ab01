import { l10n } from 'vscode';

/** Returns the title of the panel of a request. @param url with masks */
export function requestTitle(url: string): string {
  // A mask in the path reads as one.
  const path = URL.canParse(url) ? new URL(url).pathname.replaceAll('%E2%80%A2', '•') : '';
  const title = URL.canParse(url) ? `${new URL(url).host}${path}` : url;
  return title === '' ? l10n.t('Event Stream') : title;
}
