import { expect, test } from 'vitest';
import { eventsBefore, positionAt, resumePosition } from '../../src/script/position';
import type { Script } from '../../src/script/script';
import { newScript } from '../support/mock/newScript';
import { fuzz } from '../support/random/fuzz';
import { randomPart } from '../support/random/randomScript';

/** Number of files. */
const FILES = 30;
const CONNECTION = ':@ connection\n';

function randomScript(random: () => number): Script {
  const part = () => randomPart(random);
  return newScript(
    part() + CONNECTION + part() + (random() < 0.5 ? ':@ wait 5ms\n:@ loop\n' : '') + CONNECTION + part(),
  );
}

/** Returns the number of events before an index, found step by step. */
function eventsBySteps({ steps }: Script, index: number): number {
  const last = steps.slice(0, index).findLast(({ kind }) => kind === 'send');
  return last?.events ?? 0;
}

/** Returns the first step of the open event before an index, found step by step; the index itself if there is none. */
function wholeBySteps({ steps }: Script, index: number): number {
  let from = index;
  for (let at = index - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step?.kind !== 'send') continue;
    if (step.closed || step.cutOff) break;
    from = at;
  }
  return from;
}

test('the number of events before a step is that of the steps before it', async () => {
  await fuzz(FILES, (random) => {
    const script = randomScript(random);
    for (let index = 0; index <= script.steps.length; index += 1)
      expect([index, eventsBefore(script, index)]).toEqual([index, eventsBySteps(script, index)]);
  });
});

test('a client that joins a shared timeline begins with the event in progress', async () => {
  await fuzz(FILES, (random) => {
    const script = randomScript(random);
    const loop = script.steps.findIndex(({ kind }) => kind === 'loop');
    for (const { offset } of script.steps) {
      const round = script.steps[loop]?.offset;
      const now = round ? offset % round : offset;
      const after = script.steps.findIndex((step) => step.offset > now);
      const index = Math.min(...[after, loop, script.steps.length].filter((one) => one >= 0));
      expect(positionAt(script, 0, offset).from).toBe(wholeBySteps(script, index));
    }
  });
});

test('a client that resumes has seen everything up to the fault that ended its connection, or else up to the event', async () => {
  await fuzz(FILES, (random) => {
    const script = randomScript(random);
    for (const [id, { index }] of script.resumePoints) {
      const place = resumePosition(script, id);
      // An event after the loop was never sent.
      expect(place === undefined).toBe(index > (script.loop ?? script.steps.length));
      if (!place) continue;
      const fault = script.steps
        .slice(index, place?.faultsFrom)
        .find(({ kind }) => kind !== 'send' && kind !== 'status');
      const offset = fault?.offset ?? script.steps[index - 1]?.offset ?? 0;
      expect(place?.offset).toBe(offset);
    }
  });
});
