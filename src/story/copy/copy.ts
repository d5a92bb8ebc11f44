import type { Problem } from '../../problems/problem.ts';
import { nearestPlace, type Path, placesOf } from '../../yaml/cures/places.ts';
import type { Source } from '../../yaml/source-type.ts';
import type { Body } from '../body/body.ts';
import { placeOf } from '../lost/causes.ts';
import { copySlip, moreSlips } from '../problems/copy.ts';
import type { TextPlace } from '../problems/shared.ts';
import type { FrontMatter } from '../schema.ts';
import { doubledCaptions } from './captions.ts';
import { hyphensForDashes } from './dashes.ts';
import { doubledWords } from './doubled.ts';
import { escapedCharacters } from './escaped.ts';
import type { Finder, Slip, SlipKind } from './finding.ts';
import { invisibleCharacters } from './invisible.ts';
import { joinedWords } from './joined.ts';
import { unpairedMarks, wrongMarks } from './marks.ts';
import { brokenCharacters } from './mojibake.ts';
import { attributesIn, isProse, proseMap } from './texts.ts';
import { textValues } from './values.ts';

/** A text as it was read and compiled: a story or a standing page. */
export interface CopyText {
  /** Newsroom-relative. */
  file: string;
  format: 'md' | 'mdx';
  source: Source;
  frontMatter: Pick<FrontMatter, 'pictures' | 'lead'>;
  body: Body;
  /** BCP 47. */
  language: string;
}

/** A certain correction of the body, in characters of the body, or of a value of the front matter. */
export type CopyEdit =
  | { kind: 'body'; at: number; end: number; write: string }
  | { kind: 'value'; path: (string | number)[]; value: string };

/** What a copy editor would mark in a text, and which of it can be corrected without reading it. */
export interface Copy {
  file: string;
  /** As it was read, so that a file that was saved since is not touched. */
  source: Pick<Source, 'yaml' | 'body'>;
  problems: Problem[];
  edits: CopyEdit[];
}

/** Slips of characters. They can be anywhere, in names too. */
const ofCharacters: Finder[] = [brokenCharacters, invisibleCharacters];
/** Slips of words and punctuation, in sentences. */
const ofSentences: Finder[] = [joinedWords, doubledWords, hyphensForDashes, wrongMarks];

/** The most that are reported of one kind in one file. `check --fix` corrects all of them. */
const ofAKindMax = 5;

/**
 * Reads a text as a copy editor would: joined and doubled words, hyphens for dashes, damaged and invisible characters.
 *
 * Most texts have no candidates at all, and cost one search for each kind. Only the others are read closely.
 *
 * @returns undefined if there is nothing to mark or to correct, as in most texts
 */
export async function readCopy(text: CopyText): Promise<Copy | undefined> {
  const { file, source } = text;
  const copy: Copy = { file, source: { yaml: source.yaml, body: source.body }, problems: [], edits: [] };
  const told = new Map<SlipKind, number>();
  /** @param placed where the slip is. It is called only for those that are listed, because there can be thousands */
  const tell = (slip: Slip, from: string, placed: () => Required<TextPlace>) => {
    const count = (told.get(slip.kind) ?? 0) + 1;
    told.set(slip.kind, count);
    if (count <= ofAKindMax) copy.problems.push(copySlip({ file, ...placed() }, from, slip));
  };
  readBody(text, copy, tell);
  const marked = valuesToMark(text);
  if (marked.length > 0) await markValues(marked, text.source, copy, tell);
  for (const [kind, count] of told)
    if (count > ofAKindMax) copy.problems.push(moreSlips(file, kind, count - ofAKindMax));
  return copy.problems.length > 0 || copy.edits.length > 0 ? copy : undefined;
}

type Tell = (slip: Slip, from: string, placed: () => Required<TextPlace>) => void;

function readBody({ format, source, frontMatter, body, language }: CopyText, copy: Copy, tell: Tell): void {
  const { body: text, bodyLine } = source;
  const add = (slip: Slip, isFixed = true) => {
    tell(slip, text, () => {
      const { line, column } = placeOf(text, slip.at);
      return { line: line + bodyLine - 1, column };
    });
    const { at, end, write } = slip;
    if (isFixed && slip.isCertain && write !== undefined) copy.edits.push({ kind: 'body', at, end, write });
  };
  const candidates = [...ofCharacters, ...ofSentences].flatMap((find) => find(text, language));
  if (candidates.length > 0 || unpairedMarks(text).length > 0) {
    const map = proseMap(text, format);
    for (const slip of apart(candidates)) if (isProse(text, slip.at, slip.end, map)) add(slip);
    for (const slip of unpairedMarks(text, map)) add(slip);
  }
  for (const { at, value } of attributesIn(text))
    for (const slip of apart(ofCharacters.flatMap((find) => find(value, language))))
      add({ ...slip, at: slip.at + at, end: slip.end + at }, false);
  const { pictures = {}, lead } = frontMatter;
  for (const slip of doubledCaptions({ text, body, pictures, lead, bodyLine })) add(slip);
  for (const edit of escapedCharacters(text, () => proseMap(text, format))) copy.edits.push({ kind: 'body', ...edit });
}

/** Without slips that overlap an earlier one: the second half of `Ã\xAD` is an invisible character by itself. */
function apart(slips: Slip[]): Slip[] {
  let done = 0;
  return slips
    .toSorted((one, other) => one.at - other.at || other.end - one.end)
    .filter(({ at, end }) => {
      if (at < done) return false;
      done = end;
      return true;
    });
}

interface MarkedValue {
  path: (string | number)[];
  value: string;
  slips: Slip[];
  references: { at: number; end: number; write: string }[];
}

function valuesToMark({ source, language }: CopyText): MarkedValue[] {
  const values = textValues(source.data);
  // One search for all of them, because most have nothing.
  const all = values.map(({ value }) => value).join('\n\n');
  const hasNone =
    [...ofCharacters, ...ofSentences].every((find) => find(all, language).length === 0) &&
    unpairedMarks(all).length === 0 &&
    !all.includes('&');
  if (hasNone) return [];
  return values.flatMap(({ path, value, isSentence }): MarkedValue[] => {
    const finders = isSentence ? [...ofCharacters, ...ofSentences] : ofCharacters;
    const slips = [
      ...apart(finders.flatMap((find) => find(value, language))).filter(({ at, end }) => isProse(value, at, end)),
      ...(isSentence ? unpairedMarks(value) : []),
    ];
    const references = escapedCharacters(value);
    return slips.length > 0 || references.length > 0 ? [{ path, value, slips, references }] : [];
  });
}

/** Asynchronous, because only a value with a slip has to be found in the YAML. */
async function markValues(marked: MarkedValue[], source: Source, copy: Copy, tell: Tell): Promise<void> {
  for (const { path, value, slips, references } of marked) {
    const place = await placeOfValue(source, path);
    for (const slip of slips) tell(slip, value, () => place);
    const certain = slips.flatMap(({ at, end, write, isCertain }) =>
      isCertain && write !== undefined ? [{ at, end, write }] : [],
    );
    const edited = splice(value, [...certain, ...references]);
    if (edited !== value) copy.edits.push({ kind: 'value', path, value: edited });
  }
}

async function placeOfValue(source: Source, path: Path): Promise<Required<TextPlace>> {
  const places = await placesOf(source);
  const at = nearestPlace(places, path);
  return at === undefined ? { line: source.yamlLine, column: 1 } : { line: places.line(at), column: places.column(at) };
}

/** The text with all corrections. Of two that overlap, the first one wins. */
export function splice(text: string, edits: readonly { at: number; end: number; write: string }[]): string {
  let done = 0;
  let edited = '';
  for (const { at, end, write } of edits.toSorted((one, other) => one.at - other.at || one.end - other.end)) {
    if (at < done) continue;
    edited += text.slice(done, at) + write;
    done = end;
  }
  return edited + text.slice(done);
}
