import type { Locator } from '@playwright/test';
import axe, { type AxeResults } from 'axe-core';

/** Returns axe-core's violations in the element's document, a line for each node. */
export async function violations(element: Locator): Promise<string[]> {
  const { violations } = await element.evaluate(async (_element, source) => {
    // Not with a script element: the document's policy allows only its own script.
    const { axe } = globalThis as unknown as { axe?: { run(): Promise<AxeResults> } };
    // biome-ignore lint/security/noGlobalEval: see above.
    if (!axe) globalThis.eval(source);
    return (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run();
  }, axe.source);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
