import { patternSource } from '../../../text/patternSource';

/** Maximum length of a text that is looked for, in UTF-16 code units: a longer one could take long in repetitive texts. */
const MAX_TEXT = 200;
/** Maximum length of an element's text that is looked through, in UTF-16 code units. */
const MAX_SEARCHED = 100_000;

/** Returns a pattern for all places of a text, ignoring case; undefined if the text is empty, or too long to be marked. */
export function patternOf(text: string): RegExp | undefined {
  if (text === '' || text.length > MAX_TEXT) return undefined;
  return new RegExp(patternSource(text), 'gi');
}

/** Returns the ranges of an element's text that match, `most` of them. A range may go through several text nodes. */
export function textRanges(root: Element, pattern: RegExp, most: number): Range[] {
  const { text, nodes } = textOf(root);
  const ranges: Range[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (ranges.length >= most) break;
    const [from, to] = [match.index, match.index + match[0].length];
    while ((nodes[at]?.end ?? to) <= from) at += 1;
    let last = at;
    while ((nodes[last]?.end ?? to) < to) last += 1;
    const [start, end] = [nodes[at], nodes[last]];
    if (!start || !end) break;
    const range = document.createRange();
    range.setStart(start.node, from - start.start);
    range.setEnd(end.node, to - end.start);
    ranges.push(range);
  }
  return ranges;
}

/** Returns the text of an element, and its text nodes with their positions in it. */
function textOf(root: Element) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: { node: Text; start: number; end: number }[] = [];
  let text = '';
  while (text.length < MAX_SEARCHED && walker.nextNode()) {
    const node = walker.currentNode as Text;
    nodes.push({ node, start: text.length, end: text.length + node.data.length });
    text += node.data;
  }
  return { text, nodes };
}
