import type { ProtocolId } from '../model/protocol';
import type { ResponseFacts } from '../model/protocolEvent';

/** Recognises a protocol by facts of the response that decide alone; undefined if there are none. */
export function byFacts(head: ResponseFacts): ProtocolId | undefined {
  if (head.contentType === 'application/vnd.amazon.eventstream') return 'bedrock';
  if (headerOf(head, 'x-vercel-ai-ui-message-stream') === 'v1') return 'vercel-ui';
  if (headerOf(head, 'mercure-last-event-id') !== undefined) return 'mercure';
  return undefined;
}

/** Whether headers say that JSON-RPC is MCP. They don't say that it is JSON-RPC. */
export function isMcpResponse(head: ResponseFacts): boolean {
  return headerOf(head, 'mcp-session-id') !== undefined || headerOf(head, 'mcp-protocol-version') !== undefined;
}

function headerOf({ headers = [] }: ResponseFacts, name: string): string | undefined {
  return headers.find(([its]) => its.toLowerCase() === name)?.[1];
}
