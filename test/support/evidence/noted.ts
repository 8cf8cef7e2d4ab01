import type { Noted } from '../../../src/analysis/evidence/evidence';

/** Returns notes on lines with these texts, which begin behind each other. */
export function noted(...texts: string[]): Noted {
  let position = 0;
  const lines = texts.map((text) => {
    const line = { position, text };
    position += text.length + 1;
    return line;
  });
  return { count: texts.length, first: lines.slice(0, 5) };
}
