import type { ResultTiming } from '../model/result';
import type { Answer } from './answer';

/** Number of pieces, and time between the first and the last, in milliseconds: with less, the speed is a guess. */
const [MIN_PIECES, MIN_TIME] = [3, 50];

/** Returns the speed that the server says, else an estimate from the arrivals; nothing if neither can be had. */
export function speedOf(answer: Answer): Pick<ResultTiming, 'tokensPerSecond' | 'tokensPerSecondBy'> {
  if (answer.speed !== undefined && Math.abs(answer.speed) <= Number.MAX_SAFE_INTEGER)
    return { tokensPerSecond: answer.speed, tokensPerSecondBy: 'server' };
  const { firstText, lastText, pieces } = answer.times;
  const tokens = arrivedTokens(answer);
  if (firstText === undefined || lastText === undefined || tokens === undefined || pieces < MIN_PIECES) return {};
  const time = lastText - firstText;
  if (time < MIN_TIME || tokens < 2) return {};
  return { tokensPerSecond: rateOf(tokens, time), tokensPerSecondBy: 'arrivals' };
}

/** Returns how many came a second after the first one, with three digits; 0 if all came at once. @param time in milliseconds */
export function rateOf(count: number, time: number): number {
  return time > 0 ? Number((((count - 1) / time) * 1000).toPrecision(3)) : 0;
}

/** Returns the output tokens without those of reasoning that never came; undefined if there is no figure. */
function arrivedTokens({ usage, items }: Answer): number | undefined {
  const { input = 0, output, reasoning = 0, total } = usage;
  if (output === undefined) return undefined;
  // Some servers count reasoning beside the output, as Gemini's does; most within it.
  const isBeside = total !== undefined && total >= input + output + reasoning;
  const hasCome = items.some(({ kind, text = '' }) => kind === 'reasoning' && text !== '');
  return isBeside || hasCome ? output : output - reasoning;
}
