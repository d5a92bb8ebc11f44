import { readBylineLine, readNameLine } from '../lines/byline-line.ts';
import { readCredit } from '../lines/credit-line.ts';
import { readDateLine } from '../lines/date-line.ts';
import { readDateline } from '../lines/dateline.ts';
import type { ArrangeOptions } from './arrangement.ts';
import { type Block, isProse, isSameText, wordCount } from './block.ts';

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
  if (!isCopy && !left.some(isProse)) return undefined;
  if (left.filter(({ text }) => text !== '').length < 2) return undefined;
  const lines = near.flatMap((block, index) => (canBeHeadline(block) ? [index] : []));
  const [first, second] = lines;
  if (first === undefined) return undefined;
  // "Politics", "World Africa": a short label above a longer line.
  const isLabelled =
    second === first + 1 &&
    wordCount(left[first]?.text ?? '') <= 3 &&
    wordCount(left[second]?.text ?? '') > wordCount(left[first]?.text ?? '') &&
    isKicker(left[first]) &&
    !isStandfirst(left, second);
  return isLabelled ? second : first;
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
  for (const next of left.slice(index + 1, index + 4)) {
    if (next.kind === 'picture') continue;
    if (next.kind !== 'paragraph') return false;
    if (next.role === 'byline' || readBylineLine(splitNameAndDate(next.text, undefined).name) !== undefined)
      return true;
    if (readDateLine(next.text) !== undefined) return true;
    if (readNameLine(next.text) !== undefined || readCredit(next.text) !== undefined || next.role === 'caption')
      continue;
    return false;
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
