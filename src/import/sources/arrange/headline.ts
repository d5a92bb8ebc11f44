import { readBylineLine, readNameLine } from '../lines/byline-line.ts';
import { readCredit } from '../lines/credit-line.ts';
import { readDateLine } from '../lines/date-line.ts';
import { readDateline } from '../lines/dateline.ts';
import type { ArrangeOptions } from './arrangement.ts';
import { type Block, isProse, isSameText, wordCount } from './block.ts';
import { readFigure } from './figure.ts';

export const headBlocksMax = 30;
const headlineCharsMax = 200;
const standfirstCharsMax = 600;

/** The position of the headline among the blocks, or undefined if none of them is one. */
export function findHeadline(left: readonly Block[], { title, isCopy }: ArrangeOptions): number | undefined {
  const head = left.slice(0, headBlocksMax);
  const firstProse = head.findIndex((block, index) => isProse(block) && !isStandfirst(left, index));
  const near = firstProse === -1 ? head : head.slice(0, firstProse + 1);
  const styled = head.findIndex(({ role }) => role === 'title');
  if (styled !== -1) return styled;
  if (title !== undefined) {
    const same = near.findIndex((block) => isSameText(block.text, title));
    return same === -1 ? undefined : same;
  }
  const heading = near.findIndex(({ kind, level }) => kind === 'heading' && level === 1);
  if (heading !== -1) return heading;
  const anyHeading = near.findIndex(({ kind }) => kind === 'heading');
  if (anyHeading === 0) return 0;
  // A line that only looks like a headline is one if the text goes on after it.
  if (!isCopy && !left.some(isProse) && !(left.length > 3 && left[0]?.isStrong)) return undefined;
  if (left.filter(({ text }) => text !== '').length < 2) return undefined;
  const lines = near.flatMap((block, index) => (canBeHeadline(block) ? [index] : []));
  const [first, second] = lines;
  if (first === undefined) return undefined;
  return second !== undefined && isLabelOf(left, first, second) ? second : first;
}

/** "Politics", "World Africa", "After the storm": a short label above a longer line, which is the headline. */
function isLabelOf(left: readonly Block[], first: number, second: number): boolean {
  const [label, line] = [left[first]?.text ?? '', left[second]?.text ?? ''];
  const words = wordCount(label);
  if (second !== first + 1 || words > 3 || wordCount(line) <= words || !isKicker(left[first])) return false;
  if (line.length > 120 || /[.]$/.test(line)) return false;
  // "Harbour reopens" above a sentence can be a headline above its standfirst.
  const isCapitalised = label.split(/\s+/).every((word) => !/^\p{Ll}/u.test(word));
  return words === 1 || isStandfirst(left, second + 1) || (isCapitalised && !isStandfirst(left, second));
}

function canBeHeadline(block: Block): boolean {
  const { kind, text, role } = block;
  if (kind !== 'paragraph' || role !== undefined || text.length > headlineCharsMax || wordCount(text) < 1) return false;
  if (isProse(block) && wordCount(text) > 16) return false;
  if (/[.;,:]$/.test(text) && wordCount(text) > 14) return false;
  return readDateLine(text) === undefined && readBylineLine(text) === undefined && readCredit(text) === undefined;
}

/** A short label above a headline. */
export const isKicker = (block: Block | undefined): boolean =>
  block !== undefined &&
  (block.role === 'kicker' ||
    (block.kind === 'paragraph' &&
      block.role === undefined &&
      block.text.length <= 40 &&
      wordCount(block.text) <= 4 &&
      /^\p{L}/u.test(block.text) &&
      !/[.!?,;:]$/.test(block.text)));

/** A sentence or two between the headline and the line that says who or when. */
export function isStandfirst(left: readonly Block[], index: number): boolean {
  const block = left[index];
  if (block?.kind !== 'paragraph' || block.role !== undefined) return false;
  if (block.text.length > standfirstCharsMax || wordCount(block.text) < 5) return false;
  if (readDateline(block.text) !== undefined) return false;
  for (let at = index + 1; at < Math.min(left.length, index + 7); at++) {
    const next = left[at];
    if (next === undefined || next.kind === 'picture') continue;
    if (next.kind !== 'paragraph') return false;
    if (next.role === 'byline' || readBylineLine(splitNameAndDate(next.text, undefined).name) !== undefined)
      return true;
    if (readDateLine(next.text) !== undefined) return true;
    const isOfPicture = readCredit(next.text) !== undefined || next.role === 'caption' || readFigure.canBegin(left, at);
    if (!isOfPicture && readNameLine(next.text) === undefined) return false;
  }
  return false;
}

/** "By Ann Example | 3 March 2026", "Ann Example, 3 March 2026". */
export function splitNameAndDate(text: string, isDayFirst: boolean | undefined) {
  for (const match of text.matchAll(/\s*(?:[|·•–—,]|\s-\s)\s*/gu)) {
    const date = readDateLine(text.slice((match.index ?? 0) + match[0].length), isDayFirst);
    if (date && date.place === undefined) return { name: text.slice(0, match.index).trim(), date };
  }
  return { name: text, date: undefined };
}
