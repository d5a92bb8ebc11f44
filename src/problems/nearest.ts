import { closest, distance } from 'fastest-levenshtein';

/**
 * The known word that somebody probably meant, or undefined if none is close enough.
 *
 * Close enough means that at most a third of the longer word differs (but one letter always may), so `headlin` finds
 * `headline` and `banana` finds nothing. Two swapped letters count as one mistake.
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

/** Whether two adjacent letters are swapped and nothing else is different. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const i = [...a].findIndex((_, at) => a[at] !== b[at]);
  return i >= 0 && a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}
