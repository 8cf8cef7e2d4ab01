import type { ProtocolId } from '../../../analysis/protocols/model/protocol';
import type { ResultItem } from '../../../analysis/protocols/model/result';
import type { ItemChange } from '../../../messages/results';

/** Protocols whose messages are JSON-RPC, and names of those that are none. */
const [RPC, OTHERS]: [ProtocolId[], string[]] = [
  ['json-rpc', 'mcp', 'a2a'],
  ['task', 'endpoint'],
];

/** Returns the part that an item has in JSON-RPC; undefined if it has none. */
export function rpcRole(protocol: ProtocolId, { kind, name = '', id, events }: ResultItem): ItemChange['role'] {
  if (!RPC.includes(protocol)) return undefined;
  if (kind === 'error') return 'response';
  if (kind !== 'message' || OTHERS.includes(name)) return undefined;
  if (name === 'response') return 'response';
  if (id === undefined || name.startsWith('notifications/')) return 'notification';
  return events[0] === 0 ? 'sent' : 'request';
}
