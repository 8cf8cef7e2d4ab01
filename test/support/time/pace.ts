// The present slowness of the machine, compared with an idle one: other processes share its caches and CPUs.

/** CPU time of the work on an idle machine with two cores, in milliseconds. */
const IDLE = 3;
/** Machines that do this work in the same time do other work up to so much slower: they differ in caches and memory. */
const TOLERANCE = 1.5;
/** Time for which a measurement is valid, in milliseconds. */
const GOOD_FOR = 200;
const TEXT = JSON.stringify(Array.from({ length: 2000 }, (_, n) => ({ id: n, name: `name ${n}`, list: [n, n + 1] })));

/** Number of runs until V8 has compiled the work. */
const WARM_UP = 12;

let seen = { at: Number.NEGATIVE_INFINITY, pace: TOLERANCE };

/** Returns the slowness factor, with the tolerance: limits are those of an idle machine even if this one is faster. */
export function pace(): number {
  if (performance.now() - seen.at > GOOD_FOR) {
    const goes = seen.at < 0 ? WARM_UP : 3;
    const least = Math.min(...Array.from({ length: goes }, workTime));
    seen = { at: performance.now(), pace: TOLERANCE * Math.max(1, least / IDLE) };
  }
  return seen.pace;
}

/** Measures work of each measured kind: memory, texts, expressions and numbers. */
function workTime(): number {
  const before = process.cpuUsage();
  const names = new Map<string, number>();
  for (const { name, list } of JSON.parse(TEXT) as { name: string; list: number[] }[]) names.set(name, list.length);
  let sum = TEXT.replace(/name (\d+)/g, '$1').length + names.size;
  for (let n = 0; n < 1_000_000; n += 1) sum = (sum * 31 + n) | 0;
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 + (sum === 0 ? 1 : 0);
}
