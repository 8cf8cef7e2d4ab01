import type { TimelineView } from '../../../src/analysis/timeline/timelineView';

/** Time at which the picture begins, as `Date.now()` counts. */
export const BEGIN = 1_700_000_000_000;

/**
 * Returns a timeline of 120 s with everything in it: bursts, heartbeats, an idle limit, a refusal, a failure.
 * @param width number of columns
 */
export function everythingSeen(width: number): TimelineView {
  const zeros = () => new Array<number>(width).fill(0);
  const [events, comments, bursts] = [zeros(), zeros(), zeros()];
  const columnOf = (seconds: number) => Math.floor((seconds / 120) * width);
  for (let second = 1; second < 20; second += 0.2) events[columnOf(second)] = 1 + ((second * 35) % 5);
  for (let second = 4; second < 20; second += 4) comments[columnOf(second)] = 1;
  for (const [second, count] of [
    [1, 212],
    [80.4, 40],
  ] as const)
    [events[columnOf(second)], bursts[columnOf(second)]] = [count, count];
  for (let second = 81; second < 94; second += 1.2) events[columnOf(second)] = 1;
  for (let second = 96; second < 115; second += 5) comments[columnOf(second)] = 1;
  const at = (seconds: number) => BEGIN + seconds * 1000;
  const ended = { endedAt: at(70), end: 'cut', waits: true } as const;
  return {
    summary: {
      events: 512,
      span: 115_000,
      medianGap: 250,
      gaps: 200,
      longest: 50_000,
      connections: 4,
      silentFor: 21_000,
      isRunning: false,
    },
    picture: {
      from: BEGIN,
      to: at(120),
      now: at(115),
      events,
      comments,
      bursts,
      silences: [
        { from: at(20), to: at(70) },
        { from: at(94), to: at(115) },
      ],
      connections: [
        { number: 1, requestedAt: at(0.2), lastEventId: '', headAt: at(0.8), firstEventAt: at(1), ...ended },
        {
          number: 2,
          requestedAt: at(75),
          lastEventId: '7',
          endedAt: at(76.5),
          headAt: at(76.5),
          end: 'refused',
          waits: true,
        },
        { number: 3, requestedAt: at(77.5), lastEventId: '7', endedAt: at(78.5), end: 'failed', waits: true },
        { number: 4, requestedAt: at(78.9), lastEventId: '7', headAt: at(80), firstEventAt: at(80.4) },
      ],
    },
  };
}
