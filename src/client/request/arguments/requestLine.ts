import type { Environment } from '../environment';
import type { RequestNote } from '../requestNote';
import { isHeaderValue, isToken, type StreamRequest } from '../streamRequest';
import { filledIn, withScheme } from '../urlText';

/** Request line, without the lines that may continue its URL, whose variables may have blanks: `{{$dotenv BASE}}/events`. */
const REQUEST_LINE =
  /^(?<method>[A-Z]{3,20})[ \t]+(?<url>(?=https?:\/\/|\{\{)(?:\{\{[^{}]{0,110}\}\}|(?!\{\{[^{}]{0,110}\}\})\S)*)(?:[ \t]+HTTP\/[\d.]+)?[ \t]*$/;
/** Comments, separators and variables before a request. */
const BEFORE = /^[ \t]*(?:#|\/\/|@\w+[ \t]*=|$)/;
/** Maximum number of lines that are named as ignored. */
const MAX_NOTES = 20;
/** Lines that name a file or a script: `< file`, `<@ file`, `<@latin1 file`, `> {% … %}`, `>> file`, `>>! file`. */
const OUTSIDE = /^(?:[<>][ \t]|<@[\w-]*[ \t]|>>!?[ \t]|[<>][ \t]*\{%|\?\?)/;

/**
 * Reads the first request of an `.http` file: a request line, headers, a blank line and a body, up to a line that begins
 * with `###`. Returns undefined if the text doesn't begin with one.
 * @throws {CurlError} if its URL is invalid
 */
export function requestOfLines(
  text: string,
  environment: Environment,
): { request: StreamRequest; notes: RequestNote[] } | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !BEFORE.test(line));
  const { method, url } = REQUEST_LINE.exec(lines[first]?.trimStart() ?? '')?.groups ?? {};
  if (method === undefined || url === undefined) return undefined;
  const end = lines.findIndex((line, index) => index > first && line.startsWith('###'));
  const own = lines.slice(first + 1, end < 0 ? undefined : end);
  const notes = new Notes();
  // A long query stands on lines of its own.
  const query = countWhile(own, (line) => /^[ \t]+[?&]/.test(line));
  const whole =
    url +
    own
      .splice(0, query)
      .map((line) => line.trim())
      .join('');
  const head = countWhile(own, (line) => line.trim() !== '');
  const address = withScheme(whole, 'https:', environment);
  const headers = own.splice(0, head).flatMap((line) => headerOf(line, environment, notes));
  const body = bodyOf(own, notes);
  if (end >= 0) notes.addRest(lines.slice(end));
  const request: StreamRequest = { method, url: address, headers, insecure: false };
  if (body !== '') request.body = filledIn(body, environment, true);
  return { request, notes: notes.all };
}

/** Notes on lines that aren't in the request. */
class Notes {
  readonly all: RequestNote[] = [];

  ignore(line: string): void {
    if (this.all.length < MAX_NOTES) this.all.push({ code: 'ignored', subject: line.trim() });
  }

  /** Notes the requests after the first. */
  addRest(lines: string[]): void {
    const rest = lines.filter((line) => !BEFORE.test(line)).join('\n');
    if (rest !== '') this.all.push({ code: 'rest', subject: rest });
  }
}

function headerOf(line: string, environment: Environment, notes: Notes): [string, string][] {
  if (/^[ \t]*(?:#|\/\/)/.test(line)) return [];
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).trim();
  const value = filledIn(line.slice(colon + 1).trim(), environment);
  if (isToken(name) && isHeaderValue(value)) return [[name, value]];
  notes.ignore(line);
  return [];
}

/** Returns the text of the body, up to a file or a script, which aren't read. */
function bodyOf(lines: string[], notes: Notes): string {
  const length = countWhile(lines, (line) => !OUTSIDE.test(line));
  const outside = lines[length];
  if (outside !== undefined) notes.ignore(outside);
  return lines.slice(0, length).join('\n').trim();
}

function countWhile(lines: string[], test: (line: string) => boolean): number {
  const end = lines.findIndex((line) => !test(line));
  return end < 0 ? lines.length : end;
}
