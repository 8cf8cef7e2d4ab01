import type { Locator } from '@playwright/test';
import axe, { type AxeResults } from 'axe-core';

/** Returns axe-core's violations in the element's document, a line for each node. */
export async function violations(element: Locator): Promise<string[]> {
  // Half a megabyte is sent to a page once only, and not with a script element: its policy allows only its own script.
  if (!(await element.evaluate(() => 'axe' in globalThis)))
    // biome-ignore lint/security/noGlobalEval: see above.
    await element.evaluate((_element, source) => void globalThis.eval(source), axe.source);
  const { violations } = await element.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
