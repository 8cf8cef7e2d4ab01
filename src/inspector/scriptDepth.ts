/** Maximum depth of brackets that a call is read with: more, and the parser may run out of its stack, which ends the process. */
const MAX_DEPTH = 150;
/** Maximum number of operators that wait for what follows, in all brackets that are open: each is a call of the parser. */
const MAX_OPERATORS = 1000;
/** Strings and comments, brackets, operators and words that wait for what follows, and what ends a row of them. An unclosed string ends with its line. */
const PIECE =
  /'(?:[^'\\\n]|\\.)*(?:'|$)|"(?:[^"\\\n]|\\.)*(?:"|$)|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|(?<open>[([{]|\$\{)|(?<close>[)\]}])|(?<template>`)|(?<end>[,;])|(?<operator>[-+*/%&|^!~?:=<>]+|\b(?:await|new|typeof|void|delete|yield|async|in|instanceof|class|extends|if|else|do|for|while|with|function)\b)/gm;

/** Whether a script is nested deeper than its parser can go for sure. */
export function isTooDeep(script: string): boolean {
  const open: { operators: number; isTemplate: boolean }[] = [{ operators: 0, isTemplate: false }];
  let operators = 0;
  const leave = () => {
    const left = open.length > 1 ? open.pop() : undefined;
    operators -= left?.operators ?? 0;
  };
  for (const { groups = {} } of script.matchAll(PIECE)) {
    const top = open.at(-1);
    if (!top) return true;
    // Of a template's own text, nothing counts.
    if (top.isTemplate && groups['template'] === undefined && groups['open'] !== '${') continue;
    if (groups['open'] !== undefined || (groups['template'] !== undefined && !top.isTemplate))
      open.push({ operators: 0, isTemplate: groups['template'] !== undefined });
    else if (groups['close'] !== undefined || groups['template'] !== undefined) leave();
    else if (groups['end'] !== undefined) {
      operators -= top.operators;
      top.operators = 0;
    } else if (groups['operator'] !== undefined) {
      const count = /^\w/.test(groups['operator']) ? 1 : groups['operator'].length;
      operators += count;
      top.operators += count;
    }
    if (open.length > MAX_DEPTH || operators > MAX_OPERATORS) return true;
  }
  return false;
}
