/** Returns the indexes where the values of constants begin, by name. A name that is set twice is omitted. */
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

/** Code that sets a name in other ways: parameters, patterns, loops, `++`, and the target of a copy. */
const SETTING =
  /\(([^()]{0,500})\)\s{0,20}(?:=>|\{)|(?<![\w$])([\w$]{1,200})\s{0,20}=>|[{[]([^{}[\]]{0,500})[}\]]\s{0,20}=(?![=>])|\b(?:const|let|var)\s{1,20}([\w$]+)\s{1,20}(?:of|in)\b|(?<![\w$])([\w$]{1,200})\s{0,20}(?:\+\+|--)|(?:\+\+|--)\s{0,20}([\w$]+)|\bObject\.assign\(\s{0,20}([\w$]+)/g;

function variablesOf(text: string): string[] {
  return [...text.matchAll(SETTING)].flatMap(([, ...names]) => names.join(' ').match(/[\w$]+/g) ?? []);
}

/** Arguments of a call, up to the first parenthesis in them. */
const GIVEN = /(?<![\w$])([A-Za-z_$][\w$.]{0,100})\s{0,20}\((?=([^()]{0,200}))/g;
/** Functions that don't change their arguments. */
const HARMLESS =
  /^(?:(?:window\.|globalThis\.|self\.)?fetch(?:EventSource)?|EventSource|Request|Headers|URL|URLSearchParams|String|Object|Number|Boolean|btoa|encodeURI(?:Component)?|JSON\.stringify|Object\.(?:keys|values|entries|fromEntries|freeze)|Array\.(?:isArray|from)|console\.\w+|if|while|for|switch|return|typeof|await|function|.*\.(?:append|set|push|then|catch))$/;
/** Aliases of a constant, or names for its parts. */
const ALIAS =
  /(?:([A-Za-z_$][\w$]*)|[{[]([^{}[\]]{0,500})[}\]])\s{0,20}=\s{0,20}([A-Za-z_$][\w$]*(?:\.[\w$]{1,200}|\[[^\]\n]{0,100}\]){0,20})\s{0,20}(?=[;,)\n}]|$)/g;

/** Returns the names of constants that may be changed elsewhere: by functions that get them, or through an alias. */
export function sharedConstants(code: string, changed: ReadonlySet<string>): ReadonlySet<string> {
  const shared = new Set<string>();
  for (const [, callee = '', given = ''] of code.matchAll(GIVEN))
    if (!HARMLESS.test(callee)) for (const [name] of given.matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*/g)) shared.add(name);
  for (const [, name = '', names = name, path = ''] of code.matchAll(ALIAS))
    if (names.match(/[\w$]+/g)?.some((other) => changed.has(other))) shared.add(path.replace(/[.[].*/s, ''));
  return shared;
}
