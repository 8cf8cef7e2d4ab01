/** Maximum number of characters that are examined, because this is done at each change of a selection. */
export const MAX_EXAMINED = 4000;

/** A URL alone, also in quotes, or one of this machine without a scheme. */
const URL_ALONE = /^["'`<]?(?:https?:\/\/\S+|(?:localhost|127\.0\.0\.1|\[::1\]):\d+(?:[/?#]\S*)?)$/i;
/** Name of curl at the beginning of a line, behind a prompt or variables, with an option, a URL or the next line after it. */
const CURL =
  /^[ \t]*(?:[$>%#][ \t]+)?(?:\w+=\S+[ \t]+){0,9}["']?curl(?:\.exe)?["']?[ \t]+(?:[\\^`][ \t]*$|-|["'^$<{]|https?:|[\w.-]+[.:/]\w)/im;
/** Request line of an `.http` file. */
const REQUEST_LINE = /^[ \t]*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \t]+(?:https?:\/\/|\{\{)/m;
/** Call with a literal URL, as browsers copy it. */
const CALL = /(?:^|[^\w$.])(?:fetch|fetchEventSource|new[ \t]+EventSource)\([ \t]*["'`]https?:\/\//m;

/**
 * Whether a text looks as if it could be inspected: a URL, a curl command, a request line of an `.http` file, or a call of
 * fetch with a URL. Examines the beginning alone, and can be wrong: reading the text says in words what is missing.
 */
export function looksLikeRequest(text: string): boolean {
  const examined = text.slice(0, MAX_EXAMINED).trim();
  return [URL_ALONE, CURL, REQUEST_LINE, CALL].some((form) => form.test(examined));
}
