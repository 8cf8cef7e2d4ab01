// Rows of events in which a protocol reports an error: the table shows them in red.
import { expect, test } from 'vitest';
import { ResultReader } from '../../../src/analysis/protocols/resultReader';
import { RowAdditions } from '../../../src/client/results/rowAdditions';
import { isErrorEvent } from '../../../src/client/rows/errorEvent';
import { EXAMPLES } from '../../support/protocols/examples';
import { eventsOf, eventsOfLines, streamOf, streamOfJson } from '../../support/protocols/reading';

const OVERLOADED = { message: 'Overloaded', code: 529 };

/** Beginnings of streams of each protocol, and the event that reports an error. */
const ERRORS: Record<string, { begin: readonly string[]; error: string; isLines?: boolean }> = {
  'OpenAI Chat Completions': {
    begin: EXAMPLES.chat.slice(0, 2),
    error: streamOfJson({ error: { message: 'Overloaded', type: 'server_error', code: null } }),
  },
  'OpenAI Responses': {
    begin: EXAMPLES.responses.slice(0, 4),
    error: 'event: error\ndata: {"type":"error","code":"server_error","message":"Overloaded"}\n\n',
  },
  Anthropic: {
    begin: EXAMPLES.anthropic.slice(0, 3),
    error: 'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n',
  },
  'Anthropic, without types': {
    begin: EXAMPLES.anthropic.slice(0, 3),
    error: streamOfJson({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
  },
  Gemini: { begin: EXAMPLES.gemini.slice(0, 1), error: streamOfJson({ error: OVERLOADED }) },
  Ollama: { begin: EXAMPLES.ollama.slice(0, 1), error: JSON.stringify({ error: 'out of memory' }), isLines: true },
  'Vercel UI messages': {
    begin: EXAMPLES.vercelUi.slice(0, 2),
    error: streamOfJson({ type: 'error', errorText: 'Overloaded' }),
  },
  'AG-UI': { begin: EXAMPLES.agUi.slice(0, 2), error: streamOfJson({ type: 'RUN_ERROR', message: 'Overloaded' }) },
  MCP: {
    begin: EXAMPLES.mcp.slice(0, 1),
    error: streamOfJson({ jsonrpc: '2.0', id: 7, error: OVERLOADED }),
  },
  A2A: { begin: EXAMPLES.a2a.slice(0, 1), error: streamOfJson({ jsonrpc: '2.0', id: 1, error: OVERLOADED }) },
  GraphQL: {
    begin: EXAMPLES.graphql.slice(0, 1),
    error: 'event: next\ndata: {"errors":[{"message":"No such field"}]}\n\n',
  },
};

test.each(Object.entries(ERRORS))(
  'an error of %s makes its row an error, and no row before',
  (_, { begin, error, isLines }) => {
    const events = isLines ? eventsOfLines([...begin, error, ''].join('\n')) : eventsOf(streamOf(begin) + error);
    const reader = new ResultReader();
    const rows = new RowAdditions();
    for (const event of events) for (const addition of reader.add(event)) rows.add(addition);
    // Without an addition of the protocol, the row itself tells.
    const isError = events.map(
      ({ number, event, data }) => (rows.get(number)?.isError ?? false) || isErrorEvent(event, data),
    );
    expect(isError).toEqual(events.map((_, index) => index === events.length - 1));
  },
);
