/** Prints the `SEED` of Playwright's run: the one that is given, or a new one, which its workers then have, too. */
export function printSeed(): void {
  const isWorker = process.env['TEST_WORKER_INDEX'] !== undefined;
  process.env['SEED'] ??= String(Math.floor(Date.now() / 1000));
  if (!isWorker) console.log(`Tests that are drawn: SEED=${process.env['SEED']}`);
}
