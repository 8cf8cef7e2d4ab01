import { isNested, membersOf } from '../../../text/jsonMembers';
import { isJson } from '../../../text/jsonSyntax';

export interface OpenLimits {
  /** Maximum nesting depth of open ones. */
  levels: number;
  /** Maximum number of members of an open one. */
  members: number;
  /** Maximum number of members of all open ones together. */
  budget: number;
}

/** Whether the text is a JSON object or array. Other values need no tree. */
export function isJsonTree(text: string): boolean {
  return /^\s*[{[]/.test(text) && isJson(text);
}

/** Whether the value takes at most that many lines if all in it is open. @param text JSON */
export function isWithin(text: string, at: number, lines: number): boolean {
  let count = 1;
  const values = [at];
  for (const value of values) {
    if (!isNested(text, value)) continue;
    const members = membersOf(text, value).values;
    // Each member has a line, and so has the closing bracket.
    count += members.length === 0 ? 0 : members.length + 1;
    if (count > lines) return false;
    values.push(...members);
  }
  return true;
}

/**
 * Returns the offsets of the objects and arrays that are open at first: level by level, as long as the budget has room for
 * the members of the next one. Those with too many members stay closed.
 * @param text JSON
 * @param values offsets of the first level
 */
export function openAtFirst(text: string, values: number[], { levels, members, budget }: OpenLimits): Set<number> {
  const open = new Set<number>();
  let [level, left] = [values, budget];
  for (let depth = 0; depth < levels && level.length > 0; depth += 1) {
    const next: number[] = [];
    for (const value of level) {
      if (!isNested(text, value)) continue;
      const found = membersOf(text, value).values;
      if (found.length > members) continue;
      left -= found.length;
      if (left < 0) return open;
      open.add(value);
      next.push(...found);
    }
    level = next;
  }
  return open;
}
