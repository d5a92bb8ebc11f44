import type { Body } from '../body/body.ts';
import type { BodySource } from '../body/source.ts';
import type { BodyProblem } from '../problems/shared.ts';
import { causeOf, wordsInAttribute, wordsLost } from './causes.ts';
import type { Cause, Group, Run } from './group.ts';
import { hasSameLetters } from './letter-sum.ts';
import { readPlainly } from './plain-reading.ts';
import { printedTexts } from './printed.ts';
import { isCountRight } from './quick-count.ts';
import { isAttribute, type PlainReading, type Suspect } from './reading.ts';
import { type Word, wordsIn } from './signs.ts';

/**
 * The words of a story's text that would not be printed, as problems with their places.
 *
 * The words of the source, from an independent reading, are counted against those of the finished body. In most stories
 * a first check finds none missing. Only in the others is each word looked for.
 *
 * @param body compiled from the text without errors, because parts of a body with errors are missing anyway
 * @returns lines are those of the text, counted from 1
 */
export function lostWords({ text, format }: Pick<BodySource, 'text' | 'format'>, body: Body): BodyProblem[] {
  return hasSameLetters(text, body) || isCountRight(text, body)
    ? []
    : missingWords(text, body, readPlainly(text, format));
}

/** The same, after the first check was not enough. */
export function missingWords(text: string, body: Body, reading: PlainReading): BodyProblem[] {
  const printed = printedTexts(body).flatMap((printedText) => wordsIn(printedText));
  const { words, attributeWords, suspects } = reading;
  const isSwallowed = swallowedIn(text.length, suspects);
  const all = [...words, ...attributeWords].sort((a, b) => a.at - b.at);
  const missed = missing(all, printed, ({ at }) =>
    isSwallowed[at] === 1 ? 2 : reading.map[at] === isAttribute ? 1 : 0,
  );
  const lost = missed.filter(({ at }) => reading.map[at] !== isAttribute);
  const hidden = missed.filter(({ at }) => reading.map[at] === isAttribute);
  const found: BodyProblem[] = [];
  for (const group of groupsByCause(lost, reading, text)) found.push(wordsLost(text, group));
  for (const run of runsOf(hidden, attributeWords).slice(0, runsMax)) found.push(wordsInAttribute(text, run));
  return found.sort((a, b) => a.line - b.line);
}

/** If a story has more losses than an editor can read, only the first are reported. */
const runsMax = 100;

function groupsByCause(lost: Word[], reading: PlainReading, text: string): Group[] {
  const groups: Group[] = [];
  const bounds = reading.suspects.flatMap(({ at, end }) => [at, end]).sort((a, b) => a - b);
  for (const run of runsOf(lost, reading.words, bounds).slice(0, runsMax)) {
    const cause = causeOf(run, reading, text);
    const same = groups.find((group) => isSameMistake(group.cause, cause));
    if (same) same.count += run.count;
    else groups.push({ ...run, cause });
  }
  return groups;
}

/** One place is one mistake, and so is an element that is not allowed in a story, however often it is used. */
const isSameMistake = (one: Cause, other: Cause): boolean =>
  one.kind === other.kind &&
  other.at >= 0 &&
  (one.at === other.at || (one.kind === 'removed' && one.name === other.name));

/** For each character of the text: 1 if it is probably not printed. */
function swallowedIn(length: number, suspects: Suspect[]): Uint8Array {
  const steps = new Int32Array(length + 1);
  for (const { kind, at, end } of suspects) {
    if (kind === 'self-closed' || kind === 'fallback') continue;
    steps[at]! += 1;
    steps[end]! -= 1;
  }
  const swallowed = new Uint8Array(length);
  let depth = 0;
  for (let at = 0; at < length; at++) {
    depth += steps[at]!;
    if (depth > 0) swallowed[at] = 1;
  }
  return swallowed;
}

/**
 * Lost words that are close together. A word or two between them may have been found elsewhere.
 *
 * @param bounds positions, in order, that separate the text before them from the text after them
 */
function runsOf(lost: Word[], words: Word[], bounds: number[] = []): Run[] {
  const place = new Map(words.map((word, index) => [word.at, index]));
  const runs: Run[] = [];
  let last = -10;
  let bound = 0;
  for (const { at, end } of lost) {
    const index = place.get(at) ?? -10;
    const run = runs.at(-1);
    const passed = bound;
    while (bound < bounds.length && bounds[bound]! <= at) bound++;
    if (run && index - last <= 4 && bound === passed) {
      run.end = end;
      run.count++;
    } else runs.push({ at, end, count: 1 });
    last = index;
  }
  return runs;
}

/**
 * The words that are printed less often than they are written. The neighbours show which of several equal words is
 * lost: a word is present if its neighbours are printed beside it.
 *
 * @param doubt 2 where words are hidden, 1 where they may not be printed, and 0 elsewhere
 */
function missing(words: Word[], printed: Word[], doubt: (word: Word) => 0 | 1 | 2): Word[] {
  const short = new Map<string, number>();
  for (const { text } of words) short.set(text, (short.get(text) ?? 0) + 1);
  for (const { text } of printed) {
    const count = short.get(text);
    if (count !== undefined) short.set(text, count - 1);
  }
  let total = 0;
  for (const count of short.values()) if (count > 0) total += count;
  if (total === 0) return [];

  const together = new Set<string>();
  for (let at = 0; at + 2 < printed.length; at++) together.add(threeOf(printed, at));
  const isBeside = (at: number) =>
    together.has(threeOf(words, at)) || together.has(threeOf(words, at - 1)) || together.has(threeOf(words, at - 2));
  const lost = new Set<number>();
  const take = (at: number) => {
    const count = short.get(words[at]!.text) ?? 0;
    if (count <= 0 || lost.has(at)) return;
    short.set(words[at]!.text, count - 1);
    lost.add(at);
  };
  const takeWhere = (isLost: (at: number) => boolean) => {
    for (let at = 0; at < words.length; at++) if (isLost(at)) take(at);
  };
  takeWhere((at) => doubt(words[at]!) === 2);
  takeWhere((at) => doubt(words[at]!) === 1 && !isBeside(at));
  takeWhere((at) => !isBeside(at));
  for (let at = words.length - 1; at >= 0; at--) take(at);
  return [...lost].sort((a, b) => a - b).map((at) => words[at]!);
}

const threeOf = (words: Word[], at: number): string =>
  `${words[at]?.text ?? ''} ${words[at + 1]?.text ?? ''} ${words[at + 2]?.text ?? ''}`;
