import { l10n } from 'vscode';

/** Snippet that completes a directive or a field, and what that does, in the user's language. */
export type Description = [snippet: string, detail: string];

/** Returns the directives in the order in which they are offered. */
export function directives(): Description[] {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: places of a snippet
  return [
    ['wait ${1:1s}', l10n.t('A pause')],
    ['drop', l10n.t('Drops the connection')],
    ['reset', l10n.t('Resets the TCP connection')],
    ['end', l10n.t('Ends the response. Clients that have seen the last id get 204.')],
    ['stall', l10n.t('Sends nothing more on this connection')],
    ['status ${1:503} retry-after ${2:2}', l10n.t('Answers the next request with this status, once')],
    ['body ${1:{"error": "busy"\\}}', l10n.t('Body of the refusal right before it')],
    ['cut ${1:13} ${2:50ms}', l10n.t('Sends the next line in two writes, divided behind that number of bytes')],
    ['loop', l10n.t('Starts again at the beginning of the file')],
    ['method ${1|POST,GET,POST\\, GET|}', l10n.t('Method of the request; stands before anything that is sent')],
    ['path ${1:/v1/events}', l10n.t('Path of the stream; stands before anything that is sent')],
    ['header ${1:X-Id}: ${2:7}', l10n.t('A header of the response; stands before anything that is sent')],
    ['head ${1:2s}', l10n.t('Delay of the response’s head; stands before anything that is sent')],
    [
      'unknown-id ${1|204,409,resync|}',
      l10n.t('Reply to a Last-Event-ID that the file doesn’t have; the default is the beginning'),
    ],
    [
      'when ${1:query channel = 7}',
      l10n.t(
        'A condition on the request: its number, query, headers or JSON body; stands before anything that is sent',
      ),
    ],
    ['fill', l10n.t('Fills in places such as {0}; stands before anything that is sent', '{{n}}')],
    ['connection', l10n.t('Recorded: here a new connection begins')],
    ['no-newline', l10n.t('Recorded: the line before has no end')],
  ];
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: places of a snippet
}

/** Returns the fields of an event stream (WHATWG HTML §9.2.6). */
export function fields(): Description[] {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: places of a snippet
  return [
    ['data: $0', l10n.t('Data of the event. Several lines are one text; without any, clients never see the event.')],
    ['event: ${1:message}', l10n.t('Type of the event: the name that a client listens to')],
    ['id: ${1:1}', l10n.t('Last event ID from here on; a client that reconnects sends it as Last-Event-ID.')],
    ['retry: ${1:3000}', l10n.t('Time until a client reconnects, in milliseconds')],
  ];
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: places of a snippet
}

/** Returns the places that are filled in, without their braces. */
export function places(): Description[] {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: places of a snippet
  return [
    ['n', l10n.t('Number of the event on the stream, from 1; counts on over loops')],
    ['now', l10n.t('Time of sending, in UTC: {0}', '2026-01-31T12:00:00.000Z')],
    ['now ms', l10n.t('Time of sending, in milliseconds since 1970')],
    ['uuid', l10n.t('A random UUID')],
    ['random ${1:1} ${2:100}', l10n.t('A random whole number, both ends included')],
    ['query ${1:channel}', l10n.t('A value in the query of the request')],
    [
      'body ${1:/messages/-1/content}',
      l10n.t('A value in the JSON body of the request, by JSON Pointer; -1 is a list’s last'),
    ],
  ];
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: places of a snippet
}

/** Returns the name of what a snippet completes. */
export function nameOf(snippet: string): string {
  return snippet.replace(/[: ].*/, '');
}
