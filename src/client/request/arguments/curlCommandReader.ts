import { CurlError } from '../curlError';
import type { Environment } from '../environment';
import type { PastedCommand } from '../pastedCommand';
import type { RequestNote } from '../requestNote';
import type { StreamRequest } from '../streamRequest';
import { type CurlDraft, newDraft, requestOf } from './curlDraft';
import { curlOption } from './curlOptions';

/** Returns the request that a curl command makes. @throws {CurlError} */
export function requestOfCommand(
  command: PastedCommand,
  environment: Environment,
): { request: StreamRequest; notes: RequestNote[] } {
  const { words, others, openQuote, typographic, isJoined, isSeveral, readAsQuote, stdin } = command;
  if (typographic !== undefined) throw new CurlError('quotes', typographic);
  if (openQuote !== undefined) throw new CurlError('quote', openQuote);
  if (isSeveral) throw new CurlError('unsupported', '{…,…}');
  const draft = readOptions(words.slice(1), newDraft(environment, stdin));
  const request = requestOf(draft);
  const { notes } = draft;
  if (isJoined) notes.push({ code: 'ampersand', subject: '&' });
  if (command.hasLostQuotes) notes.push({ code: 'lostQuotes', subject: '"' });
  if (readAsQuote !== undefined) notes.push({ code: 'doubledQuotes', subject: readAsQuote });
  for (const subject of others) notes.push({ code: 'rest', subject });
  return { request, notes };
}

function readOptions(words: string[], draft: CurlDraft): CurlDraft {
  // Uses an iterator: on an array of this size, `shift` moves all the other elements.
  const left = words.values();
  let areUrls = false;
  for (const word of left) {
    if (areUrls || !word.startsWith('-')) draft.urls.push(word);
    else if (word === '--') areUrls = true;
    else if (word === '-' || word.startsWith('--')) {
      const { takesValue, effect } = curlOption(word);
      effect(draft, takesValue ? nextValue(left, word) : '', word);
    } else readLetters(draft, word.slice(1), left);
  }
  return draft;
}

/** Reads short options: `-sSN`, `-XPOST`. An option that takes a value takes the rest of the word, or else the next word. */
function readLetters(draft: CurlDraft, letters: string, left: Iterator<string>): void {
  for (let at = 0; at < letters.length; at += 1) {
    const option = `-${letters.charAt(at)}`;
    const { takesValue, effect } = curlOption(option);
    if (takesValue) {
      effect(draft, letters.slice(at + 1) || nextValue(left, option), option);
      return;
    }
    effect(draft, '', option);
  }
}

function nextValue(left: Iterator<string>, option: string): string {
  const { value, done } = left.next();
  if (done) throw new CurlError('noValue', option);
  return value;
}
