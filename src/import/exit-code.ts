import type { Receipt } from './receipt.ts';

/** The exit code of an import. 0: nothing was skipped. 3: something was, and the rest is imported. 1: nothing is imported. */
export const exitCodeOf = ({ files }: Pick<Receipt, 'files'>): 0 | 1 | 3 =>
  files.stories + files.pages + files.drafts === 0 ? 1 : files.skipped > 0 ? 3 : 0;
