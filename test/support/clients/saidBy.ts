import { GoogleGenAI } from '@google/genai';
import type { StreamResult } from '../../../src/analysis/protocols/model/result';

/** An answer in words of its own: kinds and texts, tools with their arguments. */
export type Said = [kind: string, content: unknown][];

/** Returns what a result says, without texts that are empty. */
export function saidBy(result: StreamResult | undefined): Said {
  const items = result?.items.filter(({ kind, text }) => kind === 'tool' || text !== '') ?? [];
  return items.map((item) => (item.kind === 'tool' ? ['tool', [item.name, item.arguments]] : [item.kind, item.text]));
}

/** An answer as @google/genai puts it together. */
export interface GeminiAnswer {
  said: Said;
  stop: string | undefined;
  model: string | undefined;
  /** Tokens in, out and in all. */
  usage: (number | undefined)[];
}

/** Returns the answer of a server that streams Gemini's: parts in order, of which those of one kind are one text. */
export async function geminiAnswer(baseUrl: string): Promise<GeminiAnswer> {
  const client = new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl } });
  const answer: GeminiAnswer = { said: [], stop: undefined, model: undefined, usage: [] };
  // Its chat keeps all parts, in order, as its history.
  const chat = client.chats.create({ model: 'g' });
  for await (const chunk of await chat.sendMessageStream({ message: 'Why is there a tide?' })) {
    const [candidate] = chunk.candidates ?? [];
    answer.stop = candidate?.finishReason ?? answer.stop;
    answer.model = chunk.modelVersion ?? answer.model;
    const { promptTokenCount, candidatesTokenCount, totalTokenCount } = chunk.usageMetadata ?? {};
    if (chunk.usageMetadata) answer.usage = [promptTokenCount, candidatesTokenCount, totalTokenCount];
  }
  for (const part of chat
    .getHistory()
    .slice(1)
    .flatMap(({ parts = [] }) => parts)) {
    const { functionCall: call, text = '', thought = false } = part;
    const kind = thought ? 'reasoning' : 'text';
    const last = answer.said.at(-1);
    if (call) answer.said.push(['tool', [call.name, call.args ?? {}]]);
    else if (last?.[0] === kind) last[1] = `${last[1]}${text}`;
    else if (text !== '') answer.said.push([kind, text]);
  }
  return answer;
}
