import { env, l10n } from 'vscode';
import { isAssembled, protocolName } from '../../../analysis/protocols/model/protocol';
import type { Inspection } from '../../../client/inspection';
import type { ProtocolChoice, ResultCollector } from '../../../client/results/resultCollector';
import type { FromResults, ResultSummary, ToResults } from '../../../messages/results';
import type { EventRow } from '../../../messages/rows';
import type { Turns } from '../../../turns/turns';
import { tellBriefly, tellWarning } from '../../shared/output/tell';
import type { SaveDialog } from '../saving/saveDialog';
import { copiedPieces } from './itemTexts';
import { openDocument } from './openDocument';
import { MAX_ITEMS, MAX_SHOWN, ResultChanges } from './resultChanges';
import { jsonPieces, markdownPieces } from './resultDocument';
import { rowNear } from './rowNear';

/** Time after which changes that were left are sent, if nothing else happens, in milliseconds. */
const REST_TIME = 100;
/** Maximum length of a copied text, in UTF-16 code units: it is sent to the window in one message. */
const MAX_COPIED = 4 * 1024 * 1024;

const TYPES: readonly string[] = [
  'watchResults',
  'chooseProtocol',
  'choosePath',
  'showEvent',
  'copyResult',
  'copyItem',
  'openResults',
] satisfies FromResults['type'][];

/** Whether a message of the page is about results. */
export function isAboutResults(message: { type: string }): message is FromResults {
  return TYPES.includes(message.type);
}

export interface StreamResultsOptions {
  inspection: Inspection;
  requests: { readonly results: ResultCollector };
  turns: Turns;
  dialog: SaveDialog;
  panel: { post(message: ToResults): void };
}

/** Results of a panel's stream: sends the page what it shows of them, and does what the user wants with them. */
export class StreamResults {
  readonly #options: StreamResultsOptions;
  readonly #results: ResultCollector;
  /** Whether the page shows the results. */
  #isWatched = false;
  #changes = new ResultChanges();
  /** Generation and version of the results that the page has. */
  #generation = -1;
  #version = -1;
  /** Summary that the page has, as JSON. */
  #summary = '';
  /** Timer for the changes that were left. */
  #rest: NodeJS.Timeout | undefined;

  constructor(options: StreamResultsOptions) {
    this.#options = options;
    this.#results = options.requests.results;
  }

  /** Prepares for a new page, which has nothing yet, and doesn't show the results. */
  forgetShown(): void {
    [this.#isWatched, this.#summary] = [false, ''];
    this.#forgetResults();
  }

  /** Sends what has changed. To be called while the page is visible, at most ten times a second. */
  show(): void {
    const { panel } = this.#options;
    const summary = summaryOf(this.#results);
    const text = JSON.stringify(summary);
    if (text !== this.#summary) panel.post({ type: 'resultSummary', summary });
    this.#summary = text;
    const { generation, version, state } = this.#results;
    if (!this.#isWatched || (generation === this.#generation && version === this.#version)) return;
    if (generation !== this.#generation) this.#forgetResults();
    [this.#generation, this.#version] = [generation, version];
    // The page has no more, and one more tells that there are others: to make ten thousand, or to join 16 MB, took 20 ms.
    const results = this.#results.results(MAX_ITEMS + 1, MAX_SHOWN + 1);
    const changes = this.#changes.take(results, state !== 'open', performance.now());
    const { isCut, isBehind } = this.#changes;
    panel.post({ type: 'results', generation, changes, isCut });
    if (isBehind) this.#showRest();
  }

  /** Sends the changes that were left, soon. */
  #showRest(): void {
    this.#version = -1;
    this.#rest ??= setTimeout(() => {
      this.#rest = undefined;
      this.show();
    }, REST_TIME).unref();
  }

  /** Returns what an event's row says about what the event adds; undefined if it adds nothing. */
  addedBy(event: number): EventRow['adds'] {
    return this.#results.additionOf(event);
  }

  async act(message: FromResults): Promise<void> {
    const { panel } = this.#options;
    switch (message.type) {
      case 'watchResults':
        this.#isWatched = message.isShown;
        return this.show();
      case 'chooseProtocol':
        return this.#choose(message.protocol);
      case 'choosePath':
        return this.#choose(message.path);
      case 'showEvent':
        return panel.post(this.#rowOf(message.number));
      case 'copyResult':
        return this.#copy(this.#textsOf(message.result));
      case 'copyItem': {
        const item = this.#results.lastingResults()[message.result]?.items[message.item];
        return this.#copy(item && copiedPieces(item));
      }
      case 'openResults': {
        const results = this.#results.lastingResults();
        const pieces = () => (message.format === 'json' ? jsonPieces(results) : markdownPieces(results));
        return openDocument({ ...this.#options, format: message.format, pieces });
      }
    }
  }

  async #choose(choice: ProtocolChoice): Promise<void> {
    const read = this.#results.choose(choice, this.#options.turns);
    this.show();
    await read;
    this.show();
  }

  #forgetResults(): void {
    this.#changes = new ResultChanges();
    [this.#generation, this.#version] = [-1, -1];
  }

  #rowOf(number: number): ToResults {
    const { view, history } = this.#options.inspection;
    if (number < history.first) return { type: 'noEventRow', reason: l10n.t('The event is no longer kept.') };
    const row = rowNear(view, number);
    if (row === undefined) return { type: 'noEventRow', reason: l10n.t('No event passes the filter') };
    return { type: 'eventRow', generation: view.generation, place: view.evicted + row };
  }

  #textsOf(result: number): string[] | undefined {
    const items = this.#results.results()[result]?.items;
    return items?.filter(({ kind }) => kind === 'text').map(({ text = '' }, at) => `${at === 0 ? '' : '\n\n'}${text}`);
  }

  /** @param pieces of the text; undefined if the results have begun anew since */
  async #copy(pieces: Iterable<string> | undefined): Promise<void> {
    if (!pieces) return;
    const { turns } = this.#options;
    let text = '';
    for (const piece of pieces) {
      text += piece;
      if (text.length > MAX_COPIED) break;
      if (turns.isOver) await turns.next();
    }
    if (text.length > MAX_COPIED) {
      void tellWarning(l10n.t('The text is too large for the clipboard. Open as Markdown or JSON offers to save it.'));
      return;
    }
    await env.clipboard.writeText(text);
    tellBriefly(l10n.t('Copied: {0}', l10n.t('result')));
    this.#options.panel.post({ type: 'resultCopied', note: l10n.t('Copied') });
  }
}

function summaryOf(results: ResultCollector): ResultSummary {
  const { generation, choice, protocol, isDecided, isReading, recognisedAfter, state } = results;
  return {
    generation,
    ...(typeof choice === 'string' ? { choice } : { choice: 'path' as const, path: choice }),
    ...(protocol !== undefined && { protocol: protocolName(protocol) }),
    isAssembled: protocol !== undefined && isAssembled(protocol),
    isDecided,
    isReading,
    recognisedAfter,
    state,
  };
}
