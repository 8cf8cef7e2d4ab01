import { type Maybe, memberOf, objectIn } from '../json/json';
import { parseJson } from '../json/parseJson';
import type { ProtocolId } from '../model/protocol';
import type { ProtocolEvent } from '../model/protocolEvent';
import { lookedAtOnce } from './lookedAtOnce';

/** Maximum length of an id, an address, or data that name a run. */
const MAX_LENGTH = 8000;
/** Members of a payload of GraphQL. */
const PAYLOAD = ['data', 'errors', 'incremental', 'pending', 'hasNext'];
/** Modes of LangGraph that no other protocol has as types; with `|` behind any mode stands the subgraph. */
const LANGGRAPH_OWN =
  /^(?:messages\/(?:partial|complete|metadata)|(?:values|updates|messages|custom|tasks|checkpoints|debug|events)\|.+)$/;
const LANGGRAPH = /^(?:values|updates|messages|custom|tasks|checkpoints|debug|events|feedback)$/;
/** Data of MCP's first event of 2024: the address for requests. */
const ADDRESS = /^(?:https?:\/\/|\/)\S*$/;

/** Recognises a protocol by an event's type or id, with its shape; undefined if they fit none. */
export function byName(event: ProtocolEvent, value: Maybe, earlier: readonly ProtocolEvent[]): ProtocolId | undefined {
  if (event.event === 'next' && isPayload(value)) return 'graphql';
  if (event.event === 'endpoint' && value === undefined && ADDRESS.test(event.data.slice(0, MAX_LENGTH))) return 'mcp';
  if (
    /^datastar-(?:patch-(?:elements|signals)|merge-(?:fragments|signals)|remove-(?:fragments|signals)|execute-script)$/.test(
      event.event,
    )
  )
    return 'datastar';
  if (LANGGRAPH_OWN.test(event.event) && typeof value === 'object') return 'langgraph';
  if (earlier.some(isRun)) {
    if (LANGGRAPH.test(event.event)) return 'langgraph';
    if (event.event === 'data') return 'langserve';
  }
  return isWikimediaId(event.id) ? 'wikimedia' : undefined;
}

function isPayload(value: Maybe): boolean {
  const object = objectIn(value);
  if (!object) return false;
  const inner = typeof object['id'] === 'string' ? objectIn(object['payload']) : undefined;
  return PAYLOAD.some((name) => (inner ?? object)[name] !== undefined);
}

const isRun = lookedAtOnce(
  ({ event, data }) =>
    event === 'metadata' && data.length < MAX_LENGTH && typeof memberOf(parseJson(data), 'run_id') === 'string',
);

/** Wikimedia's ids are lists of offsets in Kafka. */
function isWikimediaId(id: string | null | undefined): boolean {
  if (!id?.startsWith('[') || id.length > MAX_LENGTH) return false;
  const places = parseJson(id);
  return (
    Array.isArray(places) && places.length > 0 && places.every((place) => typeof memberOf(place, 'topic') === 'string')
  );
}
