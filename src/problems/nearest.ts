import { closest, distance } from 'fastest-levenshtein';

/**
 * The known word that somebody probably meant, or undefined when none is near.
 *
 * Near means: at most a third of the longer word differs (and at least one letter may), so that
 * `headlin` finds `headline` and `banana` finds nothing. Two letters that changed places are one slip.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const found = closest(
    word.toLowerCase(),
    known.map((candidate) => candidate.toLowerCase()),
  );
  const best = known.find((candidate) => candidate.toLowerCase() === found);
  if (best === undefined) return undefined;
  const allowed = Math.max(1, Math.floor(Math.max(word.length, best.length) / 3));
  if (distance(word.toLowerCase(), best.toLowerCase()) <= allowed) return best;
  return known.find((candidate) => isSwapped(word.toLowerCase(), candidate.toLowerCase()));
}

/** Whether two neighbouring letters changed places, and nothing else is different. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const i = [...a].findIndex((_, at) => a[at] !== b[at]);
  return i >= 0 && a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}
