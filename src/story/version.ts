import type { Card } from './card.ts';
import type { Correction } from './correction.ts';

/**
 * The number of the version that receivers of a wire have: 1 when the story is published, and one more for its update,
 * for each correction, and for its withdrawal.
 *
 * @param corrections without those that are not due
 */
export const versionOf = (
  { updated }: Pick<Card, 'updated'>,
  corrections: readonly Correction[],
  isWithdrawn: boolean,
): number => 1 + corrections.length + (updated === undefined ? 0 : 1) + (isWithdrawn ? 1 : 0);
