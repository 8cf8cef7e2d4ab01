import { readBodyFiles } from '../api/reading/bodyFiles';
import { type ReadyRequest, ready, readyRequest } from '../api/reading/readyRequest';
import { requestOfCommand } from '../client/request/arguments/curlCommandReader';
import { CurlError } from '../client/request/curlError';
import { Environment } from '../client/request/environment';
import type { StreamRequest } from '../client/request/streamRequest';
import { listed, subjectsOf } from '../client/requestNotes';
import { requestProblem } from '../client/requestProblem';
import { isolated } from '../text/foreignText';
import { inEnglish } from '../text/translate';
import { apiFailure } from './process/apiFailure';
import type { Arguments } from './process/arguments';
import { UsageError } from './process/failure';
import { standardInput } from './process/standardInput';

/** Options of the request, with curl's names. */
export const REQUEST_OPTIONS = {
  request: { type: 'string', short: 'X' },
  header: { type: 'string', short: 'H', multiple: true },
  data: { type: 'string', short: 'd', multiple: true },
  insecure: { type: 'boolean', short: 'k' },
} as const;

/** Lines of help about these options. */
export const REQUEST_HELP = `
  -X, --request M         method. Default: GET; POST with -d
  -H, --header 'N: v'     header. Repeatable
  -d, --data BODY         body, @FILE for a file's text, @- for standard input. Repeatable, joined with &
  -k, --insecure          takes any TLS certificate
`.slice(1, -1);

/** Returns the request of a URL or a curl command with the options, which are read as if they stood at the command's end. */
export async function requestFrom(given: Arguments, interrupted: AbortSignal): Promise<ReadyRequest> {
  try {
    const { plain, secret } = await readyRequest(given.only('URL'));
    const names = given.texts('data').filter((value) => value.startsWith('@'));
    const paths = names.map((name) => name.slice(1)).filter((path) => path !== '-');
    const files = await readBodyFiles([...new Set(paths)]);
    const input = names.includes('@-') ? await standardInput(interrupted) : undefined;
    const changed = await readyRequest(withOptions(plain, given, { files, input }));
    return secret.body || names.length > 0 ? ready(changed.plain, true) : changed;
  } catch (error) {
    throw apiFailure(error);
  }
}

interface Texts {
  /** Texts of files, by path. */
  files: ReadonlyMap<string, string>;
  /** Text of standard input; undefined if it isn't asked for. */
  input: string | undefined;
}

function withOptions(request: StreamRequest, given: Arguments, { files, input }: Texts): StreamRequest {
  const words = ['curl', ...wordsOf(request), ...wordsGiven(given)];
  const environment = new Environment({ files });
  const command = { words, others: [], asides: [], operator: '', end: 0, next: 0, stdin: () => input };
  try {
    const changed = requestOfCommand(command, environment).request;
    const placeholders = subjectsOf(environment.missing, 'placeholder');
    if (placeholders.length > 0)
      throw new UsageError(`-H has a placeholder: ${isolated(listed(placeholders))}. Write a value in its place.`);
    return changed;
  } catch (error) {
    throw error instanceof CurlError ? new UsageError(problemOf(error)) : error;
  }
}

/** Returns the words that make the request. */
function wordsOf({ method, url, headers, body, insecure }: StreamRequest): string[] {
  const isImplied = method === (body === undefined ? 'GET' : 'POST');
  return [
    ...['--globoff', '--url', url],
    ...(isImplied ? [] : ['-X', method]),
    ...headers.flatMap(([name, value]) => ['-H', value === '' ? `${name};` : `${name}: ${value}`]),
    ...(body === undefined ? [] : ['--data-raw', body]),
    ...(insecure ? ['-k'] : []),
  ];
}

function wordsGiven(given: Arguments): string[] {
  const method = given.text('request');
  return [
    ...(method === undefined ? [] : ['-X', method]),
    ...given.texts('header').flatMap((header) => ['-H', header]),
    ...given.texts('data').flatMap((data) => ['-d', data]),
    ...(given.has('insecure') ? ['-k'] : []),
  ];
}

/** Returns the sentence about an option that can't be used, without its value. */
function problemOf({ code, subject }: CurlError): string {
  if (code === 'header') return "-H takes 'Name: value'.";
  if (code === 'method') return '-X takes a method, such as POST.';
  return requestProblem(inEnglish, { code, subject });
}
