// Findings on real reconnects: servers that begin anew, our own mock that resumes, and one that forgets.
import { expect, test } from 'vitest';
import type { ConnectionEvidence, Evidence } from '../../../src/analysis/evidence/evidence';
import { AGAIN_RULES } from '../../../src/analysis/findings/again/againRules';
import { foundBy } from '../../support/evidence/foundBy';
import { readEvidence } from '../../support/evidence/readEvidence';
import { serveMock } from '../../support/mock/serveMock';
import { cut, ended, numbered, open, refused, serveInTurn } from '../../support/servers/streamServer';

/** Lets the client come back at once. */
const RETRY = 'retry: 1\n\n';

/** Reads until a connection of that number has had events, and reconnects so often. */
async function foundOn(url: string, connections: number, events = 1): Promise<string[]> {
  const until = (evidence: Evidence) => {
    const last = evidence.connections.at(-1);
    return last?.number === connections && last.eventCount >= events;
  };
  return foundBy(AGAIN_RULES, await readEvidence(url, { reconnect: true, until }));
}

test('a stream that ends and begins again goes round and round', async () => {
  const { url } = await serveInTurn(ended(`${RETRY}data: a\n\ndata: b\n\n`));
  expect(await foundOn(url, 4)).toEqual(['round-and-round again likely']);
  const withIds = await serveInTurn(ended(RETRY + numbered(3)));
  expect(await foundOn(withIds.url, 4)).toContain('round-and-round again proven');
});

test('a stream that is told to stop doesn’t', async () => {
  const once = ended(`${RETRY}data: a\n\n`);
  const { url } = await serveInTurn(once, once, once, refused(204));
  const evidence = await readEvidence(url, { reconnect: true });
  expect(evidence.connections.at(-1)?.head?.status).toBe(204);
  expect(foundBy(AGAIN_RULES, evidence)).toEqual(['no-ids hint']);
});

test('a stream without ids that is cut loses what is sent meanwhile', async () => {
  const { url } = await serveInTurn(cut(`${RETRY}data: 1\n\n`), open('data: later\n\n'));
  expect(await foundOn(url, 2)).toEqual(['no-ids proven']);
});

test('a server that ignores Last-Event-ID sends all again', async () => {
  const { url } = await serveInTurn(cut(RETRY + numbered(4)), open(numbered(6)));
  expect(await foundOn(url, 2, 6)).toEqual(['resume-ignored again proven']);
});

test('our own mock goes on behind Last-Event-ID, after a drop, too', async () => {
  const mock = await serveMock(`${RETRY}${numbered(3)}:@ drop\n${numbered(6).split('\n\n').slice(3).join('\n\n')}`);
  expect(await foundOn(mock.url, 2, 3)).toEqual([]);
});

test('a probe behind the third id shows it without a cut', async () => {
  const ignorant = await serveInTurn(ended(numbered(5)));
  const mock = await serveMock(`${numbered(5)}:@ end\n`);
  const findings: string[][] = [];
  for (const url of [ignorant.url, mock.url]) {
    const evidence = await readEvidence(url);
    const [connection] = (await readEvidence(url, { lastEventId: '3' })).connections as [ConnectionEvidence];
    findings.push(foundBy(AGAIN_RULES, { ...evidence, probes: [{ kind: 'resumed', connection }] }));
  }
  expect(findings).toEqual([['resume-ignored again proven'], []]);
});

test('history that is gone leaves a gap', async () => {
  const { url } = await serveInTurn(cut(RETRY + numbered(5)), open('id: 40\ndata: 40\n\n'));
  expect(await foundOn(url, 2)).toEqual(['ids-broken gap likely']);
});

test('ids that repeat or count by type are told, and rising ones aren’t', async () => {
  const stream = (...events: [type: string, id: string][]) =>
    serveInTurn(ended(events.map(([type, id]) => `event: ${type}\nid: ${id}\ndata: x\n\n`).join('')));
  const own = await stream(['m', '7'], ['m', '8'], ['status', '1'], ['m', '9'], ['status', '2']);
  const twice = await stream(['m', 'a'], ['m', 'b'], ['m', 'a']);
  const rising = await stream(['m', '1'], ['status', '2'], ['m', '3'], ['m', '9']);
  const findings: string[][] = [];
  for (const { url } of [own, twice, rising]) findings.push(foundBy(AGAIN_RULES, await readEvidence(url)));
  expect(findings).toEqual([['ids-broken own-count likely'], ['ids-broken repeat likely'], []]);
});

test('ids with NUL and empty ones are told', async () => {
  const nul = await serveInTurn(ended('id: a\0b\ndata: 1\n\n'));
  const empty = await serveInTurn(ended('id: 1\ndata: 1\n\nid\ndata: 2\n\n'));
  const read = async ({ url }: { url: string }) => foundBy(AGAIN_RULES, await readEvidence(url));
  expect([await read(nul), await read(empty)]).toEqual([['ids-broken nul proven'], ['ids-broken empty likely']]);
});
