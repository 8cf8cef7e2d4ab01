// How servers of Chat Completions differ, as data. Each row says who does so; paths lead from a chunk, a choice's delta, or usage.
import type { ItemKind, ResultUsage } from '../model/result';

type Path = readonly string[];

/** Fields of a delta that are added to an item, and are no tool calls. */
export const TEXT_FIELDS: readonly { path: Path; key: string; kind: ItemKind; name?: string }[] = [
  { path: ['content'], key: 'text', kind: 'text' },
  { path: ['refusal'], key: 'refusal', kind: 'text', name: 'refusal' },
  { path: ['audio', 'transcript'], key: 'audio', kind: 'text', name: 'audio' },
];

/**
 * Fields of a delta that say what the model thinks; several may say the same, so that the first that isn't empty counts.
 * DeepSeek, xAI, older vLLM: `reasoning_content` · OpenRouter, Groq, vLLM, Ollama: `reasoning`.
 */
export const REASONING_FIELDS: readonly Path[] = [['reasoning_content'], ['reasoning']];
/** OpenRouter: a list in a delta that says what the model thinks, and the fields of its elements. */
export const REASONING_LISTS: readonly { path: Path; texts: readonly Path[] }[] = [
  { path: ['reasoning_details'], texts: [['text'], ['summary']] },
];

/** Mistral: content as a list. Kinds of its parts, and where their text is: a text, or a list of parts again. */
export const CONTENT_PARTS: Readonly<Record<string, { kind: 'text' | 'reasoning'; path: Path }>> = {
  text: { kind: 'text', path: ['text'] },
  thinking: { kind: 'reasoning', path: ['thinking'] },
};

/** Kinds of tool calls: the member that holds one, and those of its name and arguments. */
export const TOOL_FORMS: readonly { member: string; name: string; input: string; isFree: boolean }[] = [
  { member: 'function', name: 'name', input: 'arguments', isFree: false },
  { member: 'custom', name: 'name', input: 'input', isFree: true },
];
/** Ids that are none. Alibaba: empty in later chunks · Mistral: the text null. */
export const NO_IDS: readonly string[] = ['', 'null'];

/** Places of the usage in a chunk. Groq has it, in some, in a member of its own. */
export const USAGE_PLACES: readonly Path[] = [['usage'], ['x_groq', 'usage']];
/** Figures of the usage. DeepSeek: `prompt_cache_hit_tokens` · Perplexity, xAI: `reasoning_tokens` beside the others. */
export const USAGE_FIELDS: readonly { figure: keyof ResultUsage; path: Path }[] = [
  { figure: 'input', path: ['prompt_tokens'] },
  { figure: 'output', path: ['completion_tokens'] },
  { figure: 'total', path: ['total_tokens'] },
  { figure: 'cached', path: ['prompt_cache_hit_tokens'] },
  { figure: 'cached', path: ['prompt_tokens_details', 'cached_tokens'] },
  { figure: 'reasoning', path: ['reasoning_tokens'] },
  { figure: 'reasoning', path: ['completion_tokens_details', 'reasoning_tokens'] },
];

/** Speeds that servers say. llama.cpp: a figure · Groq: tokens, and the time for them in seconds. */
export const SPEEDS: readonly { tokens: Path; seconds?: Path }[] = [
  { tokens: ['timings', 'predicted_per_second'] },
  { tokens: ['usage', 'completion_tokens'], seconds: ['usage', 'completion_time'] },
  { tokens: ['x_groq', 'usage', 'completion_tokens'], seconds: ['x_groq', 'usage', 'completion_time'] },
];

/** Members of a chunk that hold an error. Groq: one in `x_groq`. */
export const ERROR_PLACES: readonly Path[] = [[], ['x_groq']];
/** Value of `object` in a chunk that is an error itself: older vLLM. */
export const ERROR_OBJECT = 'error';
/** Reasons for an end that are failures. OpenRouter, Mistral: `error` · DeepSeek: the other. */
export const ERROR_REASONS: readonly string[] = ['error', 'insufficient_system_resource'];

/** Members of a chunk by which a server is known that sends no `[DONE]`: Perplexity. Its answer ends with a reason for the end. */
export const WITHOUT_DONE: readonly string[] = ['citations', 'search_results'];
