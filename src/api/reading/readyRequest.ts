import { excessText } from '../../client/excessText';
import { proxySecrets } from '../../client/http/proxy/environmentProxy';
import { parseCommand } from '../../client/request/arguments/parseCommand';
import { CurlError } from '../../client/request/curlError';
import { parsedUrl } from '../../client/request/parsedUrl';
import { excessOf, MAX_HEADERS } from '../../client/request/requestLimits';
import { type KnownSecrets, mask, partsWith } from '../../client/request/secrets/secrets';
import { isHeaderValue, isToken, type StreamRequest } from '../../client/request/streamRequest';
import { listed, subjectsOf } from '../../client/requestNotes';
import { requestProblem } from '../../client/requestProblem';
import { isolated, withCodes } from '../../text/foreignText';
import { inEnglish } from '../../text/translate';
import { textOfUrl } from '../options/checkedOption';
import { readBodyFiles } from './bodyFiles';
import { RequestError } from './requestError';
import type { EventStreamRequest, RequestLocation } from './streamEvent';

/** Maximum length of a body, in UTF-16 code units: it is searched for secrets before it is sent. */
const MAX_BODY = 1024 * 1024;

/** A request that can be sent. */
export interface ReadyRequest {
  /** Request to be sent, with its secrets. */
  plain: StreamRequest;
  /** The same with masks for its secrets, for messages. */
  masked: StreamRequest;
  /** Parts of the request that contain secrets; the values are also those of the environment's proxies. */
  secret: KnownSecrets;
}

/**
 * Reads where a stream is, and the files that its body comes from. No environment variable is read into it.
 * @throws {RequestError} if the request can't be made as it is given
 */
export async function readyRequest(location: RequestLocation): Promise<ReadyRequest> {
  if (typeof location === 'string') return requestOfText(location);
  // A missing environment variable, in code without types.
  if (typeof location !== 'object' || location === null)
    throw new RequestError('A stream is given by its URL, a curl command, or { url, … }.');
  return ready(requestOf(location instanceof URL ? { url: location } : location));
}

/** Returns the request with its secrets found. @param isFromFile whether its body is a file's text, which may be secret */
export function ready(plain: StreamRequest, isFromFile = false): ReadyRequest {
  const { request: masked, secrets } = mask(plain);
  const parts = partsWith(masked, secrets);
  const secret = { ...parts, values: [...parts.values, ...proxySecrets()] };
  return { plain, masked, secret: isFromFile ? { ...secret, body: true } : secret };
}

async function requestOfText(text: string): Promise<ReadyRequest> {
  const { notes } = parsed(text);
  const placeholders = subjectsOf(notes, 'placeholder');
  if (placeholders.length > 0) {
    const what = placeholders.length === 1 ? 'a placeholder' : 'placeholders';
    const advice = placeholders.length === 1 ? 'its value in its place' : 'their values in their places';
    throw new RequestError(`The request has ${what}: ${isolated(listed(placeholders))}. Write ${advice}.`);
  }
  const paths = subjectsOf(notes, 'file');
  return ready(parsed(text, await readBodyFiles(paths)).request, paths.length > 0);
}

function parsed(text: string, files: ReadonlyMap<string, string> = new Map()) {
  try {
    return parseCommand(text, { files });
  } catch (error) {
    if (!(error instanceof CurlError)) throw error;
    // A browser's "Copy as fetch", which the inspector takes, isn't read here: its reader is as large as all the rest.
    if (error.code === 'notUnderstood') throw new RequestError('This is neither a URL nor a curl command.');
    throw new RequestError(withCodes(requestProblem(inEnglish, { code: error.code, subject: withoutQuery(error) })));
  }
}

/** Returns the part of a command that an error is about; of a URL, without its query and fragment, which may hold any secret. */
function withoutQuery({ code, subject = '' }: CurlError): string {
  return code === 'url' || code === 'manyUrls' ? subject.replace(/(?<=[?#]).+/s, '…') : subject;
}

function requestOf({ url: given, method, headers = [], body, insecure = false }: EventStreamRequest): StreamRequest {
  const url = textOfUrl(given);
  if (!/^https?:$/.test(parsedUrl(url)?.protocol ?? ''))
    throw new RequestError('The URL is not a valid one that starts with http:// or https://. Correct it.');
  const verb = method ?? (body === undefined ? 'GET' : 'POST');
  if (typeof verb !== 'string') throw new RequestError('The method is not a string, such as POST.');
  if (!isToken(verb)) throw new RequestError(`“${isolated(verb)}” is not a valid HTTP method.`);
  const pairs = pairsOf(headers);
  const excess = excessOf({ url, headers: pairs });
  if (excess) throw new RequestError(excessText(inEnglish, excess));
  if (body !== undefined && typeof body !== 'string')
    throw new RequestError('The body is not a string. Give an object as JSON: JSON.stringify(object).');
  if (body !== undefined && body.length > MAX_BODY) throw new RequestError(excessText(inEnglish, 'longRequest'));
  return { method: verb, url, headers: pairs, body, insecure };
}

/** Returns headers; of a list that is longer than any, one more than are sent. */
function pairsOf(headers: unknown): [string, string][] {
  if (typeof headers !== 'object' || headers === null)
    throw new RequestError('The headers are neither an object of names and values nor a list of pairs.');
  const pairs: [string, string][] = [];
  // Those of `fetch`, and maps, are lists, too.
  for (const pair of isList(headers) ? headers : Object.entries(headers)) {
    pairs.push(asHeader(pair));
    if (pairs.length > MAX_HEADERS) break;
  }
  return pairs;
}

function isList(headers: object): headers is Iterable<unknown> {
  return Symbol.iterator in headers;
}

function asHeader(pair: unknown): [string, string] {
  if (!Array.isArray(pair)) throw new RequestError('A header in a list is a pair: [name, value].');
  const [name, value] = pair;
  if (typeof name !== 'string') throw new RequestError('A header has a name that is not a string.');
  // Behind a colon, a blank or an equals sign there may be a value.
  if (!isToken(name))
    throw new RequestError(
      `“${isolated(name.replace(/(?<=.)[\s:=].*/s, '…'))}” is not the name of a header. Correct it.`,
    );
  if (typeof value !== 'string') throw new RequestError(`The header ${name} has a value that is not a string.`);
  if (!isHeaderValue(value)) throw new RequestError(`The header ${name} has a character that headers can’t carry.`);
  return [name, value];
}
