import type { Correction } from '../../queries/results.ts';

/** The newest note of an update: its text is the reason that readers are given for the newer time. */
export const latestUpdate = (corrections: readonly Correction[]): Correction | undefined =>
  corrections
    .filter(({ type }) => type === 'update')
    .reduce<Correction | undefined>(
      (newest, other) => (newest && newest.date >= other.date ? newest : other),
      undefined,
    );
