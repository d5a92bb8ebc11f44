const segmenter = new Intl.Segmenter();

/** How long a text is: what people see as one character counts as one. */
export const seenCharacters = (text: string): number => [...segmenter.segment(text)].length;
