/** How many words in a row must be the same. Fewer would be found anywhere, and more would miss every small edit. */
const run = 4;

/**
 * The words of a new page, to find passages of an old page in them. Words are compared as numbers, because a text of each
 * run of words would be as large as the page several times.
 */
export class KnownWords {
  readonly #numbers = new Map<string, number>();
  readonly #text: Int32Array;
  #runs: RunIndex | undefined;
  /** Where the last block ended, because the blocks of two versions mostly have the same order. */
  #place = 0;

  /** @param blocks the words of each block (`wordsOf`) */
  constructor(blocks: readonly (readonly string[])[]) {
    this.#text = new Int32Array(blocks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const block of blocks)
      for (const word of block) {
        let number = this.#numbers.get(word);
        if (number === undefined) {
          number = this.#numbers.size;
          this.#numbers.set(word, number);
        }
        this.#text[at++] = number;
      }
  }

  /**
   * The passages of a block that are not there, in the spelling of `wordsOf`. A short block that is no sentence is found
   * or not as a whole.
   *
   * @param words of the block (`wordsOf`)
   */
  missing(words: readonly string[]): { passages: string[]; words: number; missing: number } {
    const { length } = words;
    const numbers = Int32Array.from(words, (word) => this.#numbers.get(word) ?? -1);
    if (length === 0 || this.#isNext(numbers)) return { passages: [], words: length, missing: 0 };
    if (length <= run)
      return this.#hasInARow(numbers)
        ? { passages: [], words: length, missing: 0 }
        : { passages: [words.join(' ')], words: length, missing: length };
    const isFound = this.#found(numbers);
    const passages: string[] = [];
    let missing = 0;
    for (let at = 0; at < length; ) {
      let end = at;
      while (end < length && isFound[end] === isFound[at]) end++;
      if (isFound[at] === 0) {
        passages.push(words.slice(at, end).join(' '));
        missing += end - at;
      }
      at = end;
    }
    return { passages, words: length, missing };
  }

  /** Whether a block follows the last one that was found. */
  #isNext(numbers: Int32Array): boolean {
    if (!areSame(this.#text, this.#place, numbers, 0, numbers.length)) return false;
    this.#place += numbers.length;
    return true;
  }

  /** @param numbers of a short block */
  #hasInARow(numbers: Int32Array): boolean {
    const first = numbers[0] as number;
    for (let at = this.#text.indexOf(first); at !== -1; at = this.#text.indexOf(first, at + 1))
      if (areSame(this.#text, at, numbers, 0, numbers.length)) return true;
    return false;
  }

  /** For each word of a block, whether it is in a run that is there. */
  #found(numbers: Int32Array): Uint8Array {
    this.#runs ??= new RunIndex(this.#text);
    const isFound = new Uint8Array(numbers.length);
    for (let at = 0; at + run <= numbers.length; at++) {
      const place = this.#runs.placeOf(numbers, at);
      if (place === -1) continue;
      isFound.fill(1, at, at + run);
      this.#place = place + run;
    }
    return isFound;
  }
}

function areSame(one: Int32Array, from: number, other: Int32Array, at: number, length: number): boolean {
  for (let next = 0; next < length; next++) if (one[from + next] !== other[at + next]) return false;
  return true;
}

/** Every run of words in a text. */
class RunIndex {
  readonly #text: Int32Array;
  /** By hash: where the last run with that hash begins, plus 1. */
  readonly #last: Int32Array;
  /** By place: where the run before with the same hash begins, plus 1. */
  readonly #before: Int32Array;

  constructor(text: Int32Array) {
    this.#text = text;
    let size = 16;
    while (size < text.length * 2) size *= 2;
    this.#last = new Int32Array(size);
    this.#before = new Int32Array(text.length);
    for (let at = 0; at + run <= text.length; at++) {
      // A run is needed only once, so a text that repeats itself has no long chains.
      if (this.placeOf(text, at) !== -1) continue;
      const hash = this.#hashOf(text, at);
      this.#before[at] = this.#last[hash] as number;
      this.#last[hash] = at + 1;
    }
  }

  /** Where a run is in the text, or -1. */
  placeOf(numbers: Int32Array, at: number): number {
    for (let place = this.#last[this.#hashOf(numbers, at)] as number; place > 0; ) {
      if (areSame(this.#text, place - 1, numbers, at, run)) return place - 1;
      place = this.#before[place - 1] as number;
    }
    return -1;
  }

  #hashOf(numbers: Int32Array, at: number): number {
    let hash = 0;
    for (let next = at; next < at + run; next++) hash = Math.imul(hash ^ (numbers[next] as number), 0x9e3779b1);
    return (hash ^ (hash >>> 15)) & (this.#last.length - 1);
  }
}
