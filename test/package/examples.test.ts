// The examples, in a project in which the package is installed: each is run as its readers run it.
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserOptions } from '../../scripts/install/browser.mjs';
import { Project } from '../support/package/project';
import { isLong } from '../support/random/drawn';

/** Number of runs of the Playwright tests, in a row. */
const RUNS = isLong ? 20 : 1;
const ORDERS = 11;

const project = new Project();
const example = (name: string) => join(project.folder, 'examples', name);
/** Programs of packages are scripts that can be run only where they have no extension, as npm makes them. */
const isPosix = process.platform !== 'win32';

/** Runs a command of an example's folder. */
async function run(name: string, command: string): Promise<string> {
  const shell = isPosix ? 'sh' : 'cmd';
  const { code, stdout, stderr } = await project.run(shell, [isPosix ? '-c' : '/c', command], { cwd: example(name) });
  expect(code, `${stdout}${stderr}`).toBe(0);
  return stripVTControlCharacters(`${stdout}${stderr}`);
}

beforeAll(async () => {
  await project.install();
  cpSync('examples', join(project.folder, 'examples'), { recursive: true });
  for (const name of ['@playwright', '@types', 'vite', 'vitest', 'typescript', 'undici-types']) project.link(name);
  project.link('cypress', 'test');
  for (const name of ['playwright', 'vite', 'vitest'])
    symlinkSync(resolve('node_modules/.bin', name), join(project.folder, 'node_modules/.bin', name));
}, 120_000);

afterAll(() => project.delete());

test.runIf(isPosix)('Playwright: a front end is complete through ten drops, run after run', async () => {
  // The browser of this machine.
  const config = `import config from './playwright.config';
    export default { ...config, use: { ...config.use, launchOptions: ${JSON.stringify(browserOptions())} } };`;
  writeFileSync(join(example('playwright'), 'here.config.ts'), config);
  const output = await run('playwright', `npx playwright test -c here.config.ts --repeat-each ${RUNS} --retries 0`);
  expect(output).toContain(`${4 * RUNS} passed`);
});

test.runIf(isPosix)('Vitest: a mock of a globalSetup is read through ten drops', async () => {
  expect(await run('vitest', 'npx vitest run')).toMatch(/Tests +1 passed/);
});

test.runIf(isPosix)('pytest: a mock is driven over HTTP', async () => {
  expect(await run('pytest', 'python3 -m unittest')).toContain('Ran 1 test');
});

test('Cypress: its tasks and tests have the right types', async () => {
  const compilerOptions = {
    ...{ target: 'es2022', module: 'esnext', moduleResolution: 'bundler', strict: true, noEmit: true },
    ...{ types: ['node', 'cypress'], skipLibCheck: true },
  };
  writeFileSync(join(example('cypress'), 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const tsc = resolve('node_modules/typescript/bin/tsc');
  expect(await project.run(process.execPath, [tsc, '-p', example('cypress')])).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
});

test('the workflow: its commands of ours are ones, and its script has no error', async () => {
  const workflow = readFileSync('examples/github-actions/event-streams.yml', 'utf8');
  const commands = [...workflow.matchAll(/- run: npx sse-counter (\S+)(.*)$/gm)].map(([, name]) => name);
  expect(commands).toEqual(['check', 'record']);
  const words = ['--no', '--', 'sse-counter', 'check', 'orders.sse'];
  const checked = await project.runNpm('npx', words, { cwd: join(project.folder, 'examples') });
  expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining(`orders.sse: ${ORDERS} events`) });
});

test('each example has under 40 lines of its own', () => {
  const files = [
    ...['app/index.html', 'app/vite.config.ts', 'playwright/playwright.config.ts', 'playwright/mock.ts'],
    ...['playwright/orders.spec.ts', 'playwright/resume.spec.ts', 'vitest/globalSetup.ts', 'vitest/orders.test.ts'],
    ...['cypress/cypress.config.ts', 'cypress/orders.cy.ts', 'pytest/test_orders.py'],
    'github-actions/event-streams.yml',
  ];
  for (const file of files) expect(readFileSync(join('examples', file), 'utf8').split('\n').length).toBeLessThan(40);
});
