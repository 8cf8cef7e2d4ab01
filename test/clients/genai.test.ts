// Our results, and those that @google/genai puts together from the same bytes of a server of ours.
import { expect } from 'vitest';
import { geminiAnswer, saidBy } from '../support/clients/saidBy';
import { EXAMPLES } from '../support/protocols/examples';
import { eventsOf, read, streamOf, streamOfJson } from '../support/protocols/reading';
import { ended, serveInTurn } from '../support/servers/streamServer';
import { longTest } from '../support/time/longRun';

const chunk = (parts: object[], more: object = {}, usage: object = {}) => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...more }],
  usageMetadata: { promptTokenCount: 4, ...usage },
  ...{ modelVersion: 'g-1', responseId: 'q' },
});
const over = { finishReason: 'STOP' };
const call = (name: string, args?: object) => ({ functionCall: { name, ...(args && { args }) } });

const STREAMS: [name: string, stream: string][] = [
  ['the example', streamOf(EXAMPLES.gemini)],
  [
    'thoughts between texts, and characters of several bytes',
    streamOfJson(
      chunk([{ text: 'Hm', thought: true }]),
      chunk([{ text: 'm.', thought: true }, { text: 'Ne' }]),
      chunk([{ text: 'ap 😀' }]),
      chunk([{ text: 'Again.', thought: true }, { text: ' Ebb' }], over, {
        candidatesTokenCount: 9,
        totalTokenCount: 13,
      }),
    ),
  ],
  [
    'calls at once, without arguments, and text behind them',
    streamOfJson(
      chunk([call('moon', { d: 3 }), call('now'), call('tide', { ports: ['Emden', 'Norden'] })]),
      chunk([{ text: 'Done' }], over, { candidatesTokenCount: 2, totalTokenCount: 6 }),
    ),
  ],
  [
    'a chunk without candidates, and a stop for want of room',
    streamOfJson(
      chunk([{ text: 'Eb' }]),
      {
        usageMetadata: { promptTokenCount: 4, candidatesTokenCount: 1, totalTokenCount: 5 },
        modelVersion: 'g-1',
        responseId: 'q',
      },
      chunk([{ text: 'b' }], { finishReason: 'MAX_TOKENS' }, { candidatesTokenCount: 2, totalTokenCount: 6 }),
    ),
  ],
];

for (const [name, stream] of STREAMS)
  longTest(`an answer is what @google/genai puts together (${name})`, async () => {
    const { url } = await serveInTurn(ended(stream));
    const theirs = await geminiAnswer(url);
    const [result] = read(eventsOf(stream)).results();
    const { input, output, total } = result?.usage ?? {};
    const ours = { said: saidBy(result), stop: result?.stop, model: result?.model, usage: [input, output, total] };
    expect(ours).toEqual(theirs);
    expect([result?.complete, theirs.said.length > 0]).toEqual([true, true]);
  });
