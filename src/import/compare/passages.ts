import { wordsOf } from './page-text.ts';

/** How many words in a row must be the same. Fewer would be found anywhere, and more would miss every small edit. */
const run = 4;
const wordsOfShortBlock = 4;

/** The words of a new page, to find passages of an old page in them. */
export class KnownWords {
  readonly #text: string;
  readonly #runs = new Set<string>();

  constructor(blocks: readonly string[]) {
    const words = blocks.flatMap(wordsOf);
    this.#text = ` ${words.join(' ')} `;
    for (let at = 0; at + run <= words.length; at++) this.#runs.add(words.slice(at, at + run).join(' '));
  }

  /**
   * The passages of a block that are not there, in the spelling of `wordsOf`. A short block that is no sentence is found
   * or not as a whole.
   */
  missing(block: string): { passages: string[]; words: number; missing: number } {
    const words = wordsOf(block);
    if (words.length === 0 || this.#text.includes(` ${words.join(' ')} `))
      return { passages: [], words: words.length, missing: 0 };
    if (words.length <= wordsOfShortBlock)
      return { passages: [words.join(' ')], words: words.length, missing: words.length };
    const isFound = new Array<boolean>(words.length).fill(false);
    for (let at = 0; at + run <= words.length; at++)
      if (this.#runs.has(words.slice(at, at + run).join(' '))) isFound.fill(true, at, at + run);
    const passages: string[] = [];
    let missing = 0;
    for (let at = 0; at < words.length; ) {
      let end = at;
      while (end < words.length && isFound[end] === isFound[at]) end++;
      if (!isFound[at]) {
        passages.push(words.slice(at, end).join(' '));
        missing += end - at;
      }
      at = end;
    }
    return { passages, words: words.length, missing };
  }
}
