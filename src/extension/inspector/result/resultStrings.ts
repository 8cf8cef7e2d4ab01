import { l10n } from 'vscode';
import type { ProblemCode } from '../../../analysis/protocols/model/result';
import type { ResultStrings } from '../../../messages/results';

/** Returns the texts of the page's part about results, in the user's language. */
export function resultStrings(): ResultStrings {
  return {
    kinds: {
      text: l10n.t('Text'),
      reasoning: l10n.t('Reasoning'),
      tool: l10n.t('Tool call'),
      message: l10n.t('Message'),
      document: l10n.t('Document'),
      error: l10n.t('Error'),
    },
    problems: problems(),
    problemTimes: l10n.t('{0} ({1} times)', '{0}', '{1}'),
    problemsLabel: l10n.t('Problems'),
    showEventOf: l10n.t('Shows the event in Events'),
    answer: l10n.t('Answer {0}', '{0}'),
    toEvents: l10n.t('{0}: show in Events', '{0}'),
    showEvent: l10n.t('Shows the first of these events in Events'),
    characters: l10n.t('{0} characters', '{0}'),
    request: l10n.t('Request'),
    sent: l10n.t('Sent request'),
    response: l10n.t('Response'),
    notification: l10n.t('Notification'),
    copyText: l10n.t('Copy Text'),
    copyCall: l10n.t('Copy Tool Call'),
    copyJson: l10n.t('Copy as JSON'),
    ...figures(),
    none: l10n.t('No protocol is recognised. If you know it, choose it above.'),
    undecided: l10n.t('No protocol is recognised yet.'),
    off: l10n.t('The stream isn’t read by a protocol, as you have chosen.'),
    named: l10n.t('This is {0}. Its events aren’t put together here; see Events.', '{0}'),
    empty: l10n.t('No events of this protocol have come yet.'),
    noValue: l10n.t('No event so far has a value at this path.'),
    badPath: l10n.t(
      'Not a JSON path of names and indexes, such as $.choices[0].delta.content. It has at most 1,000 characters.',
    ),
    complete: l10n.t('Complete'),
    cutOff: l10n.t('Cut off: ended without its end mark'),
    cutOffWithout: l10n.t('Cut off: ended without {0}', '{0}'),
    failed: l10n.t('Failed: the server reports an error'),
    left: l10n.t('Disconnected before the end'),
    recognised: l10n.t('(a protocol is recognised)'),
    cut: l10n.t('Only the beginning is shown. Open as Markdown or JSON shows all.'),
    detected: l10n.t('Detected: {0}', '{0}'),
    detecting: l10n.t('Detect'),
  };
}

function problems(): Record<ProblemCode, string> {
  return {
    unfinished: l10n.t('Cut off: ended without its end mark'),
    error: l10n.t('The server reports an error'),
    toolError: l10n.t('A tool failed'),
    arguments: l10n.t('Arguments of a tool call are no JSON'),
    blocked: l10n.t('Blocked by a filter'),
    openBlock: l10n.t('The last event has no end: clients drop it'),
    omitted: l10n.t('An event was too large to be read'),
    notJson: l10n.t('Data that is no JSON'),
    lost: l10n.t('Events are missing, by their numbers'),
    restarted: l10n.t('Another answer began before this one had ended'),
    afterEnd: l10n.t('Something came behind the end mark'),
    patch: l10n.t('A change to the document can’t be made'),
    fragment: l10n.t('A deferred part failed'),
    limit: l10n.t('There was more than is kept'),
  };
}

/** Returns the texts of the line of figures. */
function figures() {
  return {
    model: l10n.t('model {0}', '{0}'),
    stop: l10n.t('stop reason {0}', '{0}'),
    input: l10n.t('{0} tokens in', '{0}'),
    output: l10n.t('{0} tokens out', '{0}'),
    cached: l10n.t('{0} cached', '{0}'),
    reasoning: l10n.t('{0} for reasoning', '{0}'),
    total: l10n.t('{0} tokens in all', '{0}'),
    firstEvent: l10n.t('first event {0}', '{0}'),
    firstText: l10n.t('first text {0}', '{0}'),
    duration: l10n.t('duration {0}', '{0}'),
    eventRate: l10n.t('{0} events/s', '{0}'),
    tokenRateByServer: l10n.t('{0} tokens/s (the server says)', '{0}'),
    tokenRateByArrivals: l10n.t('{0} tokens/s (estimated by arrivals)', '{0}'),
  };
}
