/** How many words in a row must be the same. Fewer would be found anywhere, and more would miss every small edit. */
const run = 4;
const wordsOfShortBlock = 4;

/** The words of a new page, to find passages of an old page in them. */
export class KnownWords {
  readonly #text: string;
  /** Where the last block was found, because the blocks of two versions mostly have the same order. */
  #place = 0;
  readonly #words: readonly string[];
  #runs: RunIndex | undefined;

  /** @param blocks the words of each block (`wordsOf`) */
  constructor(blocks: readonly (readonly string[])[]) {
    this.#words = blocks.flat();
    this.#text = ` ${this.#words.join(' ')} `;
  }

  /**
   * The passages of a block that are not there, in the spelling of `wordsOf`. A short block that is no sentence is found
   * or not as a whole.
   *
   * @param words of the block (`wordsOf`)
   */
  missing(words: readonly string[]): { passages: string[]; words: number; missing: number } {
    if (words.length === 0 || this.#hasInARow(words)) return { passages: [], words: words.length, missing: 0 };
    if (words.length <= wordsOfShortBlock)
      return { passages: [words.join(' ')], words: words.length, missing: words.length };
    this.#runs ??= new RunIndex(this.#words);
    const isFound = this.#runs.find(words);
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

  #hasInARow(words: readonly string[]): boolean {
    const wanted = ` ${words.join(' ')} `;
    const found = this.#text.startsWith(wanted, this.#place) ? this.#place : this.#text.indexOf(wanted);
    // The space after these words is the one before the next.
    if (found !== -1) this.#place = found + wanted.length - 1;
    return found !== -1;
  }
}

/** Every run of words of a text, as numbers, because a text of each would be as large as the text several times. */
class RunIndex {
  readonly #numbers = new Map<string, number>();
  readonly #text: Int32Array;
  /** By hash: where the last run with that hash begins, plus 1. */
  readonly #last: Int32Array;
  /** By place: where the run before with the same hash begins, plus 1. */
  readonly #before: Int32Array;

  constructor(words: readonly string[]) {
    this.#text = new Int32Array(words.length);
    for (const [at, word] of words.entries()) {
      let number = this.#numbers.get(word);
      if (number === undefined) {
        number = this.#numbers.size;
        this.#numbers.set(word, number);
      }
      this.#text[at] = number;
    }
    let size = 16;
    while (size < words.length * 2) size *= 2;
    this.#last = new Int32Array(size);
    this.#before = new Int32Array(words.length);
    for (let at = 0; at + run <= words.length; at++) {
      const hash = this.#hashOf(this.#text, at);
      // A run that is there already need not be found twice, so a text that repeats itself has no long chains.
      if (this.#isThere(this.#text, at, hash)) continue;
      this.#before[at] = this.#last[hash] as number;
      this.#last[hash] = at + 1;
    }
  }

  /** For each word, whether it is in a run that is there. */
  find(words: readonly string[]): boolean[] {
    const numbers = Int32Array.from(words, (word) => this.#numbers.get(word) ?? -1);
    const isFound = new Array<boolean>(words.length).fill(false);
    for (let at = 0; at + run <= words.length; at++)
      if (this.#isThere(numbers, at, this.#hashOf(numbers, at))) isFound.fill(true, at, at + run);
    return isFound;
  }

  #hashOf(numbers: Int32Array, at: number): number {
    let hash = 0;
    for (let next = at; next < at + run; next++) hash = Math.imul(hash ^ (numbers[next] as number), 0x9e3779b1);
    return (hash ^ (hash >>> 15)) & (this.#last.length - 1);
  }

  #isThere(numbers: Int32Array, at: number, hash: number): boolean {
    for (let place = this.#last[hash] as number; place > 0; place = this.#before[place - 1] as number) {
      let same = 0;
      while (same < run && this.#text[place - 1 + same] === numbers[at + same]) same++;
      if (same === run) return true;
    }
    return false;
  }
}
