import { comparable } from '../../pictures/plain-text.ts';

/** The labels above a headline. Each says something that the others do not. */
export interface Labels {
  section?: string;
  kicker?: string;
  type?: string;
}

/**
 * The labels above a headline, without repetitions: a review with the kicker "Review" in a section "Reviews" has one
 * label, not three. The section is kept, because it is a link. The kicker comes next, because an editor wrote it.
 *
 * @param names that are also printed in the header. A column often has the name of its author
 * @param types the word for the type in every language that the page uses, beginning with the one to print. Empty for
 *   news
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

/** Whether a label ends in a word for a type: "The interview" and "Book reviews" name the type of the story. */
function endsWith(label: string | undefined, type: string): boolean {
  const count = type.trim().split(/\s+/).length;
  return isSame(type, label?.trim().split(/\s+/).slice(-count).join(' '));
}

/** A word or its plural: "Opinion" and "Opinions", "Obituary" and "Obituaries", "Meinung" and "Meinungen". */
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
