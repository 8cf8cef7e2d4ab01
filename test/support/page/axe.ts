import type { Locator } from '@playwright/test';
import axe, { type AxeResults } from 'axe-core';

/** What axe-core finds wrong in the document that has the element, one line for each place. */
export async function violations(element: Locator): Promise<string[]> {
  const { violations } = await element.evaluate(async (_element, source) => {
    // Not by a script element: the document's policy allows no script but its own.
    const { axe } = globalThis as unknown as { axe?: { run(): Promise<AxeResults> } };
    // biome-ignore lint/security/noGlobalEval: see above.
    if (!axe) globalThis.eval(source);
    return (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run();
  }, axe.source);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
