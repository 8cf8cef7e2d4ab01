import type { ResultFacts, ResultStrings } from '../../../messages/results';
import { isolated } from '../../../text/foreignText';
import { shorten } from '../../../text/textCost';
import { format } from '../../shared/dom';
import { countText, durationText } from '../../shared/quantities';

/** Maximum cost of a model's name, or of a stop reason: a hundred answers have them, which a browser lays out all together. */
const NAME_COST = 500;

/** Returns the line of figures of an answer, as its parts: as the server says them, and as the events came. */
export function figuresOf({ protocol, model, stop, usage, timing }: ResultFacts, strings: ResultStrings): string[] {
  const named = (template: string, value: string | undefined) =>
    value === undefined ? [] : [format(template, isolated(shorten(value, NAME_COST)))];
  const counted = (template: string, value: number | undefined) =>
    value === undefined ? [] : [format(template, countText(value))];
  const timed = (template: string, value: number | undefined) =>
    value === undefined ? [] : [format(template, durationText(value))];
  const { eventsPerSecond, tokensPerSecond, tokensPerSecondBy } = timing;
  const tokenRate = tokensPerSecondBy === 'server' ? strings.tokenRateByServer : strings.tokenRateByArrivals;
  return [
    protocol,
    ...named(strings.model, model),
    ...named(strings.stop, stop),
    ...counted(strings.input, usage.input),
    ...counted(strings.output, usage.output),
    ...counted(strings.cached, usage.cached),
    ...counted(strings.reasoning, usage.reasoning),
    ...(usage.input === undefined || usage.output === undefined ? counted(strings.total, usage.total) : []),
    ...timed(strings.firstEvent, timing.firstEventAfter),
    ...timed(strings.firstText, timing.firstTextAfter),
    ...timed(strings.duration, timing.duration),
    ...(eventsPerSecond > 0 ? [format(strings.eventRate, rateText(eventsPerSecond))] : []),
    ...(tokensPerSecond === undefined ? [] : [format(tokenRate, rateText(tokensPerSecond))]),
  ];
}

function rateText(rate: number): string {
  return rate.toLocaleString(document.documentElement.lang, { maximumFractionDigits: rate < 100 ? 1 : 0 });
}
