import { agUi } from './agent/agUi';
import { vercelUi } from './agent/vercelUi';
import type { Answers } from './answer/answers';
import type { Assembler } from './answer/assembler';
import { graphql } from './graphql/graphql';
import type { Maybe } from './json/json';
import { anthropic } from './llm/anthropic';
import { gemini } from './llm/gemini';
import { ollama } from './llm/ollama';
import type { AssembledId } from './model/protocol';
import type { ProtocolEvent } from './model/protocolEvent';
import { chat } from './openai/chat';
import { responses } from './openai/responses';
import { jsonRpc } from './rpc/jsonRpc';

/** Assembly of a stream's answers, by whatever assembler. */
export interface Assembly {
  add(event: ProtocolEvent, value: Maybe): void;
  end(): void;
  /** Whether data may be something else than JSON. */
  readonly takesText: boolean;
  /** Whether something may come behind the end mark, such as the response to another request. */
  readonly goesOn: boolean;
}

/** Begins an assembly. */
export function assembly<State>(assembler: Assembler<State>, answers: Answers): Assembly {
  const state = assembler.start(answers);
  const { takesText = false } = assembler;
  return {
    add: (event, value) => assembler.add(state, event, value),
    end: () => assembler.end(state),
    takesText,
    goesOn: takesText,
  };
}

/** Begins the assembly of a protocol's answers. */
export const ASSEMBLIES: Readonly<Record<Exclude<AssembledId, 'path'>, (answers: Answers) => Assembly>> = {
  'openai-chat': (answers) => assembly(chat, answers),
  'openai-completions': (answers) => assembly(chat, answers),
  'openai-responses': (answers) => assembly(responses, answers),
  'anthropic': (answers) => assembly(anthropic, answers),
  'gemini': (answers) => assembly(gemini, answers),
  'vercel-ui': (answers) => assembly(vercelUi, answers),
  'json-rpc': (answers) => assembly(jsonRpc, answers),
  'mcp': (answers) => assembly(jsonRpc, answers),
  'a2a': (answers) => assembly(jsonRpc, answers),
  'ag-ui': (answers) => assembly(agUi, answers),
  'graphql': (answers) => assembly(graphql, answers),
  'ollama': (answers) => assembly(ollama, answers),
};
