import { l10n } from 'vscode';
import type { InspectionStatus } from '../inspector/inspectionStatus';
import type { Redirect } from '../inspector/redirect';
import type { RedirectRow } from '../messages/inspector';
import type { Log } from './log';

/** Logs the redirects that a request has followed, once for each way. */
export class RedirectLog {
  readonly #log: Log;
  #logged = '[]';

  constructor(log: Log) {
    this.#log = log;
  }

  /** To be called when something may have changed. */
  update(status: InspectionStatus): void {
    const redirects = redirectsOf(status);
    const text = JSON.stringify(redirects);
    if (text === this.#logged || redirects.length === 0) return;
    this.#logged = text;
    for (const { status: code, url, notes } of redirectRows(status)) {
      this.#log.info(l10n.t('Redirected ({0}) to {1}', code, url));
      for (const note of notes) this.#log.info(note);
    }
  }

  /** Another request begins. */
  clear(): void {
    this.#logged = '[]';
  }
}

/** The redirects for the page, in the user's language. */
export function redirectRows(status: InspectionStatus): RedirectRow[] {
  return redirectsOf(status).map(({ status: code, url, withheld, downgrade }) => {
    const notes = withheld.length > 0 ? [leftBehind(withheld)] : [];
    if (downgrade) notes.push(l10n.t('From https to http: from here on, nothing is encrypted.'));
    return { status: code, url, notes };
  });
}

function leftBehind(withheld: string[]): string {
  return l10n.t('Left behind, since they are secrets: {0}', withheld.join(', '));
}

/** Returns the redirects of the latest attempt; while it is under way, of the one before. */
function redirectsOf({ end, answer }: InspectionStatus): Redirect[] {
  return (end?.cause === 'network' ? end.redirects : answer?.redirects) ?? [];
}
