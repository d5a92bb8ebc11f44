import { comparable } from '../../pictures/plain-text.ts';

/** What stands above a headline: each says something that the others do not. */
export interface Labels {
  section?: string;
  kicker?: string;
  type?: string;
}

/**
 * The labels above a headline, without those that say the same again: a review with the kicker "Review" in a section
 * "Reviews" has one label, not three. The section stays, because it leads somewhere; then the kicker, which an editor wrote.
 *
 * @param names printed in the header as well; a column is often called by its author's name
 * @param types the word for the type in every language that the page speaks, the one to print first; none for news
 */
export function labelsOf(
  section: string | undefined,
  kicker: string | undefined,
  types: string[],
  names: string[] = [],
): Labels {
  const [type] = types;
  const isKicker = kicker !== undefined && ![section, ...names].some((other) => isSame(kicker, other));
  const isType = type !== undefined && !types.some((word) => endsWith(section, word) || endsWith(kicker, word));
  return {
    ...(section !== undefined && { section }),
    ...(isKicker && { kicker }),
    ...(isType && { type }),
  };
}

/** Whether a label ends in the words for a type: "The interview" and "Book reviews" say what kind of story it is. */
function endsWith(label: string | undefined, type: string): boolean {
  const count = type.trim().split(/\s+/).length;
  return isSame(type, label?.trim().split(/\s+/).slice(-count).join(' '));
}

/** One word or its plural: "Opinion" and "Opinions", "Obituary" and "Obituaries", "Meinung" and "Meinungen". */
function isSame(one: string, other: string | undefined): boolean {
  if (other === undefined) return false;
  const [a, b] = [comparable(one), comparable(other)];
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  const rest = Math.max(a.length, b.length) - shared;
  return rest === 0 || (rest <= endingMax && shared >= stemMin);
}

const endingMax = 3;
const stemMin = 5;
