/** Protocols whose results are assembled. `path`: a JSON path that the user gives. */
export const ASSEMBLED = {
  'openai-chat': 'OpenAI Chat Completions',
  'openai-completions': 'OpenAI Completions',
  'openai-responses': 'OpenAI Responses',
  'anthropic': 'Anthropic Messages',
  'gemini': 'Gemini',
  'vercel-ui': 'Vercel AI SDK UI messages',
  'json-rpc': 'JSON-RPC 2.0',
  'mcp': 'MCP',
  'a2a': 'A2A',
  'ag-ui': 'AG-UI',
  'graphql': 'GraphQL over SSE',
  'ollama': 'Ollama',
  'path': 'JSON path',
} as const;

/** Protocols that are recognised, and only named. */
export const NAMED = {
  'anthropic-session': 'Anthropic Managed Agents',
  'bedrock': 'AWS event stream',
  'cohere': 'Cohere v2',
  'datastar': 'Datastar',
  'docker': 'Docker events',
  'gemini-interactions': 'Gemini Interactions',
  'kubernetes': 'Kubernetes watch',
  'langgraph': 'LangGraph',
  'langserve': 'LangServe',
  'lm-studio': 'LM Studio',
  'mercure': 'Mercure',
  'mistral-agents': 'Mistral agents',
  'ollama-progress': 'Ollama pull or create',
  'openai-assistants': 'OpenAI Assistants',
  'openai-media': 'OpenAI transcripts and images',
  'wikimedia': 'Wikimedia EventStreams',
} as const;

export type AssembledId = keyof typeof ASSEMBLED;
export type ProtocolId = AssembledId | keyof typeof NAMED;

/** Returns a protocol's proper name, the same in all languages. */
export function protocolName(id: ProtocolId): string {
  return { ...ASSEMBLED, ...NAMED }[id];
}

/** Whether results of the protocol are assembled; else it is only named. */
export function isAssembled(id: string): id is AssembledId {
  return Object.hasOwn(ASSEMBLED, id);
}

/** End marks of protocols that have one with a name, as it stands in the stream. */
const END_MARKS: Partial<Record<ProtocolId, string>> = {
  'openai-chat': '[DONE]',
  'openai-completions': '[DONE]',
  'openai-responses': 'response.completed',
  'anthropic': 'message_stop',
  'gemini': 'finishReason',
  'vercel-ui': 'finish',
  'ag-ui': 'RUN_FINISHED',
  'graphql': 'event: complete',
  'ollama': '"done":true',
};

/** Returns the end mark without which an answer is cut off; undefined if it has no name. */
export function endMarkOf(id: ProtocolId): string | undefined {
  return END_MARKS[id];
}
