import { unmarked } from './borrowed.ts';
import type { Words } from './vocabulary.ts';

/**
 * Who paid for a story, or made it together with the paper, in the words of the site, for places that cannot name a
 * language: "Paid for by Bank".
 */
export const paidLine = (
  { name, kind }: { name: string; kind?: 'paid' | 'partner' },
  { paidBy, partnerOf }: Pick<Words, 'paidBy' | 'partnerOf'>,
): string => `${unmarked(kind === 'partner' ? partnerOf : paidBy)} ${name}`;
