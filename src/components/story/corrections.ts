import type { Correction } from '../../queries/results.ts';

/** The newest correction of type update. Its text is the reason that readers get for the newer time. */
export const latestUpdate = (corrections: readonly Correction[]): Correction | undefined =>
  corrections
    .filter(({ type }) => type === 'update')
    .reduce<Correction | undefined>(
      (newest, other) => (newest && newest.date >= other.date ? newest : other),
      undefined,
    );
