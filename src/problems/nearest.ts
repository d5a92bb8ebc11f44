import { closest, distance } from 'fastest-levenshtein';

/**
 * The known word that somebody probably meant, or undefined when none is near.
 *
 * Near means: at most a third of the longer word differs (and at least one letter may), so that
 * `headlin` finds `headline` and `banana` finds nothing.
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
  return distance(word.toLowerCase(), best.toLowerCase()) <= allowed ? best : undefined;
}
