import { l10n } from 'vscode';
import { MAX_SHOWN, type Redirect } from '../../../client/http/redirect';
import type { InspectionStatus } from '../../../client/inspectionStatus';
import type { RedirectRow } from '../../../messages/inspector';
import { LimitedLog } from '../../shared/output/limitedLog';
import type { Log } from '../../shared/output/log';

/** Maximum length of a logged line, in characters: a server may redirect endlessly, to URLs of any length. */
const MAX_LOGGED = 500;

/** Logs the redirects that a request has followed, but the same route only once. */
export class RedirectLog {
  readonly #log: LimitedLog;
  #logged = '[]';
  #latest: Redirect[] = [];

  constructor(log: Log) {
    this.#log = new LimitedLog(log);
  }

  /** Logs new redirects. To be called when something may have changed. */
  update(status: InspectionStatus): void {
    const redirects = redirectsOf(status);
    if (redirects === this.#latest || redirects.length === 0) return;
    this.#latest = redirects;
    const rows = rowsOf(redirects, MAX_LOGGED);
    const text = JSON.stringify(rows);
    if (text === this.#logged) return;
    this.#logged = text;
    for (const { status: code, url, notes } of rows) {
      this.#log.info(l10n.t('Redirected ({0}) to {1}', code, url));
      for (const note of notes) this.#log.info(note);
    }
  }

  /** Prepares for another request. */
  clear(): void {
    this.#logged = '[]';
    this.#latest = [];
  }

  /** Logs the number of omitted lines. Can be called repeatedly. */
  close(): void {
    this.#log.close();
  }
}

/** Returns the redirects for the page, in the user's language. */
export function redirectRows(status: InspectionStatus): RedirectRow[] {
  return rowsOf(redirectsOf(status), MAX_SHOWN);
}

/** @param limit maximum length of each text, in characters */
function rowsOf(redirects: Redirect[], limit: number): RedirectRow[] {
  return redirects.map(({ status: code, url, withheld, downgrade }) => {
    const notes = withheld.length > 0 ? [cut(leftBehind(withheld), limit)] : [];
    if (downgrade) notes.push(l10n.t('From https to http: from here on, nothing is encrypted.'));
    return { status: code, url: cut(url, limit), notes };
  });
}

function cut(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}

function leftBehind(withheld: string[]): string {
  return l10n.t('Not sent along, because they are secrets: {0}', withheld.join(', '));
}

/** Returns the redirects of the latest attempt so far. */
function redirectsOf({ end, response }: InspectionStatus): Redirect[] {
  return (end?.cause === 'network' ? end.redirects : response?.redirects) ?? [];
}
