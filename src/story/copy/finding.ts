/** The kinds of slip. `problems/copy.ts` reports each by its rule. */
export type SlipKind =
  | 'joined-words'
  | 'doubled-word'
  | 'doubled-caption'
  | 'hyphen-for-dash'
  | 'quotation-mark'
  | 'broken-characters'
  | 'invisible-character';

/** A slip in a text that readers get. */
export interface Slip {
  kind: SlipKind;
  /** Where it is in the text, and where it ends. */
  at: number;
  end: number;
  /** What to write there, if anything can be said about it. */
  write?: string;
  /** `check --fix` writes it. It is certain, so nobody has to read the sentence first. */
  isCertain?: boolean;
  /** What is wrong, as a sentence, if it does not follow from the rule. */
  why?: string;
}

/** Finds the candidates for one kind of slip in a text. It does not know what is code or an address. */
export type Finder = (text: string, language: string) => Slip[];

/** `de` of `de-AT`. */
export const languageOf = (tag: string): string => tag.split('-', 1)[0]!.toLowerCase();
