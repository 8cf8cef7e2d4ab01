import type { TimelineView } from '../../../src/analysis/timeline/timelineView';

/** Time at which the picture begins, as `Date.now()` counts. */
export const BEGIN = 1_700_000_000_000;

/** Returns a timeline of 120 s over 600 columns with everything in it: bursts, heartbeats, an idle limit met twice, a refusal. */
export function everythingSeen(): TimelineView {
  const zeros = () => new Array<number>(600).fill(0);
  const [events, comments, bursts] = [zeros(), zeros(), zeros()];
  for (let column = 5; column < 100; column += 1) events[column] = 1 + ((column * 7) % 5);
  for (let column = 20; column < 100; column += 20) comments[column] = 1;
  [events[5], bursts[5]] = [212, 212];
  [events[402], bursts[402]] = [40, 40];
  for (let column = 403; column < 470; column += 6) events[column] = 1;
  for (let column = 480; column < 600; column += 25) comments[column] = 1;
  const at = (seconds: number) => BEGIN + seconds * 1000;
  const ended = { endedAt: at(70), end: 'cut', waits: true } as const;
  return {
    summary: {
      events: 512,
      span: 115_000,
      medianGap: 250,
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
