// `sse-counter diagnose`, as a process: what it prints, and its exit codes.
import { expect, test } from 'vitest';
import { runCommand, startCommand } from '../support/programs/commandLine';
import { serveProbes } from '../support/servers/probedServer';
import { ended, open, refused } from '../support/servers/streamServer';

const windows = process.platform === 'win32';
const THREE = 'id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: c\n\n';
const PAGE = 'http://localhost:5173';

/** Serves a short stream that resumes as asked; pages may read it. */
function serveHealthy() {
  return serveProbes((response, request) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    ended(request.headers['last-event-id'] === undefined ? THREE : 'id: 4\ndata: d\n\n')(response, request);
  });
}

/** Serves a short stream that no other page may read, and that doesn't resume. */
function serveIll() {
  return serveProbes(ended(THREE));
}

test('a healthy stream is exit code 0, and what was checked is said', async () => {
  const { url } = await serveHealthy();
  const { code, stdout, stderr } = await runCommand(['diagnose', url, '--origin', PAGE]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).not.toMatch(/^(Proven|Likely):/m);
  expect(stdout).toContain(`A browser’s EventSource at ${PAGE} would read it.`);
  expect(stdout).toMatch(/his was checked:\n- The stream as it is: 3 events in \d\.\d s\.\n(- [A-Z].*\.\n)+$/);
});

test('what is proven is exit code 3, with a sentence, fixes and their code, and the verdict', async () => {
  const { url } = await serveIll();
  const { code, stdout, stderr } = await runCommand(['diagnose', url, '--origin', PAGE]);
  expect([code, stderr]).toEqual([3, '']);
  expect(stdout).toMatch(/^Proven: .*no Access-Control-Allow-Origin\.\n(- .*\n( {6}.*\n)*)*- .*\n {6}.*\n/m);
  expect(stdout).toContain(`A browser’s EventSource at ${PAGE} would refuse it, because:\n- `);
  expect(stdout).toMatch(/^This was checked:$/m);
});

test('--json is one array of findings, and nothing else', async () => {
  const { url } = await serveIll();
  const { code, stdout, stderr } = await runCommand(['diagnose', url, '--origin', PAGE, '--json']);
  expect([code, stderr, stdout.trim().split('\n').length]).toEqual([3, '', 1]);
  const findings = JSON.parse(stdout);
  const [cors] = findings.filter(({ id }: { id: string }) => id === 'cors');
  expect(Object.keys(cors)).toEqual(['id', 'confidence', 'text', 'fix', 'values']);
  expect(cors).toMatchObject({ confidence: 'proven', values: { origin: PAGE } });
  expect(cors.fix[0]).toMatchObject({ text: expect.any(String), code: expect.stringContaining(PAGE) });
});

test('--json of a healthy stream has no finding that is proven or likely', async () => {
  const { url } = await serveHealthy();
  const { code, stdout } = await runCommand(['diagnose', url, '--json']);
  const sure = JSON.parse(stdout).map(({ confidence }: { confidence: string }) => confidence);
  expect([code, sure.filter((confidence: string) => /proven|likely/.test(confidence))]).toEqual([0, []]);
});

test('a refusal is a finding', async () => {
  const { url } = await serveProbes(refused(401));
  const { code, stdout } = await runCommand(['diagnose', url]);
  expect([code, stdout]).toEqual([3, expect.stringMatching(/^Proven: .*401/)]);
});

test('no response is exit code 1 and a sentence', async () => {
  expect(await runCommand(['diagnose', 'http://127.0.0.1:1/'])).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: 'Nothing is listening on 127.0.0.1:1. Is the server running?\n',
  });
  const { code, stdout, stderr } = await runCommand(['diagnose', 'http://no-such-host.invalid/', '--json']);
  expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^The [^\n]*no-such-host\.invalid[^\n]*\n$/)]);
});

test('a curl command with a body is asked for once, and that is said', async () => {
  const server = await serveHealthy();
  const { code, stdout } = await runCommand(['diagnose', `curl ${server.url} -d a=1`]);
  expect([code, server.requests.map(({ method }) => method)]).toEqual([0, ['POST']]);
  expect(stdout).toContain('only a GET is made again unasked, not POST.');
});

test('--compare asks the other address, without the credentials', async () => {
  const [server, other] = [await serveHealthy(), await serveHealthy()];
  const words = ['diagnose', server.url, '-H', 'Authorization: Bearer abc', '--compare', other.url];
  const { stdout } = await runCommand(words);
  expect(stdout).toContain('Whether the other address differs.');
  expect(server.requests[0]?.headers.authorization).toBe('Bearer abc');
  expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('--one-at-a-time never has two requests open', async () => {
  const server = await serveHealthy();
  const { code } = await runCommand(['diagnose', server.url, '--one-at-a-time']);
  expect([code, server.mostOpen]).toEqual([0, 1]);
});

test('a server’s text cannot steer a terminal', async () => {
  const { url } = await serveProbes(ended('event: error\ndata: {"message":"\\u001b[31m\\u202e red"}\n\n'));
  const { stdout } = await runCommand(['diagnose', url]);
  expect(stdout).toContain('red');
  for (const character of ['\x1b', '\u202e']) expect(stdout).not.toContain(character);
});

test.skipIf(windows)('Ctrl-C closes everything, and isn’t success: there is no diagnosis', async () => {
  const server = await serveProbes(open(''));
  const running = startCommand(['diagnose', server.url]);
  await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(0);
  running.process.kill('SIGINT');
  expect(await running.ended).toEqual({
    code: 1,
    stdout: '',
    stderr: 'The stream was not diagnosed: a signal ended the command.\n',
  });
  await expect.poll(() => server.sockets).toBe(0);
});

test.each([
  [['--origin', 'localhost:5173'], '--origin takes origins such as https://app.example:8080, not "localhost:5173".'],
  [
    ['--origin', 'http://me:s3cret@a?token=s3cret'],
    '--origin takes origins such as https://app.example:8080, not "http://•••@a?…".',
  ],
  [['--compare', 'nothing:'], '--compare takes a URL that starts with http:// or https://.'],
])('%j is refused with a sentence', async (words, sentence) => {
  const { code, stdout, stderr } = await runCommand(['diagnose', 'http://127.0.0.1:1/', ...words]);
  expect([code, stdout, stderr]).toEqual([2, '', `${sentence} See: sse-counter help diagnose\n`]);
});
