import { l10n } from 'vscode';

/** Returns the location of a secret in words. @param place see `Span` */
export function placeText(place: string): string {
  const [part, name = ''] = place.split(/ (.*)/s);
  if (part === 'header') return l10n.t('the header {0}', name);
  if (part === 'parameter') return l10n.t('the parameter {0}', name);
  if (part === 'user') return l10n.t('user and password of the URL');
  if (part === 'url') return l10n.t('a part of the URL');
  return name === '' ? l10n.t('a part of the body') : l10n.t('{0} in the body', name);
}
