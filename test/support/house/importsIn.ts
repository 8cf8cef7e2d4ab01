/** Returns what a source imports, by whatever kind of import, types as well. */
export function importsIn(source: string): string[] {
  const imports = /\bfrom '([^']+)';|^import '([^']+)';|\bimport\('([^']+)'\)/gm;
  return [...source.matchAll(imports)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
}
