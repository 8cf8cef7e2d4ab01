/** Returns where the values of constants begin, by their names. A name that is set twice stands for no one value. */
export function constantsOf(text: string): ReadonlyMap<string, number> {
  const all = text.matchAll(
    /(?<![\w$.?&"'`/-])(?<declared>(?:const|let|var)\s+)?(?<name>[A-Za-z_$][\w$]*)(?:\s*:\s*\w+)?\s*(?<sign>[-+*/%&|^?<>]{0,3})=(?![=>])\s*/g,
  );
  const found = new Map<string, number>();
  const again = new Set<string>();
  for (const { 0: written, index, groups = {} } of all) {
    const { declared, name = '', sign } = groups;
    if (/^(?:const|let|var)$/.test(name) || (declared === undefined && sign !== undefined && /[<>]$/.test(sign)))
      continue;
    if (declared === undefined || found.has(name)) again.add(name);
    found.set(name, index + written.length);
  }
  for (const name of [...again, ...variablesOf(text)]) found.delete(name);
  return found;
}

/** Places where a name is set by something else: parameters, patterns, loops, `++`, and what is copied into. */
const SETTING =
  /\(([^()]{0,500})\)\s{0,20}(?:=>|\{)|(?<![\w$])([\w$]{1,200})\s{0,20}=>|[{[]([^{}[\]]{0,500})[}\]]\s{0,20}=(?![=>])|\b(?:const|let|var)\s{1,20}([\w$]+)\s{1,20}(?:of|in)\b|(?<![\w$])([\w$]{1,200})\s{0,20}(?:\+\+|--)|(?:\+\+|--)\s{0,20}([\w$]+)|\bObject\.assign\(\s{0,20}([\w$]+)/g;

function variablesOf(text: string): string[] {
  return [...text.matchAll(SETTING)].flatMap(([, ...names]) => names.join(' ').match(/[\w$]+/g) ?? []);
}
