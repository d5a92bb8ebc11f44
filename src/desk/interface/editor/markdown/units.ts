import type { Mark, Node } from '@milkdown/kit/prose/model';
import type { Piece } from './pieces.ts';
import { parseMarkdown } from './processors.ts';
import { schema } from './schema.ts';

/* A paragraph as a row of units: characters, and things within text. So two versions of it can be compared. */

/** A character with its marks, or one thing within text. */
export interface Unit {
  text?: string;
  node?: Node;
  marks: readonly Mark[];
}

/** A unit of the text that was opened. */
export interface PlacedUnit extends Unit {
  start: number;
  end: number;
  groupStart: number;
  groupEnd: number;
}

/** The units of a paragraph's content, without white space at its ends. */
export function unitsOf(node: Node): Unit[] {
  const units: Unit[] = [];
  node.forEach((child) => {
    if (child.isText) for (const char of child.text ?? '') units.push({ text: char, marks: child.marks });
    else units.push({ node: child, marks: child.marks });
  });
  return tidyMarks(withoutEdges(units));
}

const isBreak = (unit: Unit | undefined): boolean => unit?.node?.type === schema.nodes.hard_break;

/** Spaces at the ends are nothing in Markdown, and neither is a line break at an end. */
function withoutEdges(units: Unit[]): Unit[] {
  while (units.length > 0 && (isPlainSpace(units.at(-1)) || isBreak(units.at(-1)))) units.pop();
  while (units.length > 0 && (isPlainSpace(units[0]) || isBreak(units[0]))) units.shift();
  return units;
}

/** The units of a paragraph without the spaces around line breaks, which nobody sees. */
export function shownUnits(node: Node): Unit[] {
  const units = unitsOf(node);
  if (!units.some(isBreak)) return units;
  const kept: Unit[] = [];
  for (const unit of units) {
    if (isBreak(unit)) while (isPlainSpace(kept.at(-1))) kept.pop();
    if (!isPlainSpace(unit) || !isBreak(kept.at(-1))) kept.push(unit);
  }
  return kept;
}

const isPlainSpace = (unit: Unit | undefined): boolean =>
  isSpace(unit) && !unit?.marks.some((mark) => mark.type === schema.marks.code);

export const isSpace = (unit: Unit | undefined): boolean =>
  unit?.text === ' ' || unit?.text === '\t' || unit?.text === '\n';

/**
 * A space at the edge of something bold is not bold, because Markdown has no way to write it. So a space has only the
 * marks that both of its neighbours have.
 */
function tidyMarks<U extends Unit>(units: U[]): U[] {
  const isNothing = (unit: Unit | undefined) => isSpace(unit) || isBreak(unit);
  let before: readonly Mark[] = [];
  for (let at = 0; at < units.length; at++) {
    const unit = units[at]!;
    if (!isNothing(unit)) {
      before = unit.marks;
      continue;
    }
    if (unit.marks.length === 0 || (!unit.node && unit.marks.some((mark) => mark.type === schema.marks.code))) continue;
    let next = at;
    while (next < units.length && isNothing(units[next])) next++;
    const after = units[next]?.marks ?? [];
    const marks = unit.marks.filter(
      (mark) => mark.type !== schema.marks.code && mark.isInSet(before) && mark.isInSet(after),
    );
    if (marks.length < unit.marks.length) units[at] = { ...unit, marks };
  }
  return units;
}

/** @returns undefined if a character cannot be found in the source */
export function placedUnits(pieces: readonly Piece[], source: string): PlacedUnit[] | undefined {
  const units: PlacedUnit[] = [];
  for (const { node, start, end, value, isCode, groupStart, groupEnd } of pieces) {
    const group = { groupStart, groupEnd, marks: node.marks };
    if (value === undefined) {
      units.push({ node, start, end, ...group });
      continue;
    }
    const places = isCode ? codePlaces(value, source, start, end) : textPlaces(value, source, start, end);
    if (!places) return undefined;
    for (const { text, start: from, end: to } of places) units.push({ text, start: from, end: to, ...group });
  }
  return tidyMarks(units);
}

interface CharPlace {
  text: string;
  start: number;
  end: number;
}

/** Where each character of a text is: as itself, after a backslash, as a character reference, or as a line end. */
function textPlaces(value: string, source: string, start: number, end: number): CharPlace[] | undefined {
  const places: CharPlace[] = [];
  let at = start;
  for (let index = 0; index < value.length; ) {
    const char = String.fromCodePoint(value.codePointAt(index)!);
    const from = at;
    const lineEnd = /^[ \t]*(?:\r\n?|\n)[ \t]*/.exec(value.slice(index, index + 200));
    if (lineEnd) {
      const written = /^[ \t]*(?:\r\n?|\n)[ \t]*(?:>[ \t]*)*/.exec(source.slice(at, end));
      if (!written) return undefined;
      at += written[0].length;
      places.push({ text: ' ', start: from, end: at });
      index += lineEnd[0].length;
      continue;
    }
    const reference = source[at] === '&' ? decodeReference(source.slice(at, Math.min(end, at + 40))) : undefined;
    if (reference && value.startsWith(reference.text, index)) {
      at += reference.length;
      // A reference can stand for two characters. The second has no place of its own.
      for (const [nth, part] of [...reference.text].entries())
        places.push({ text: part, start: nth === 0 ? from : at, end: at });
      index += reference.text.length;
      continue;
    }
    if (source[at] === '\\' && source[at + 1] === char && /[!-/:-@[-`{-~]/.test(char)) at += 2;
    else if (source.startsWith(char, at)) at += char.length;
    else return undefined;
    places.push({ text: char, start: from, end: at });
    index += char.length;
  }
  return at === end ? places : undefined;
}

/** Named references are decoded by the parser, which knows all two thousand of them. */
function decodeReference(source: string): { text: string; length: number } | undefined {
  const found = /^&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z][\da-z]{1,30});/i.exec(source)?.[0];
  if (found === undefined) return undefined;
  const [paragraph] = parseMarkdown(found, false).children;
  const [text] = paragraph?.type === 'paragraph' ? paragraph.children : [];
  return text?.type === 'text' && text.value !== found ? { text: text.value, length: found.length } : undefined;
}

function codePlaces(value: string, source: string, start: number, end: number): CharPlace[] | undefined {
  const written = source.slice(start, end);
  const fence = /^`+/.exec(written)?.[0].length ?? 0;
  const at = written.indexOf(value, fence);
  if (fence === 0 || at < 0 || at > fence + 1) return undefined;
  const places: CharPlace[] = [];
  let from = start + at;
  for (const text of value) {
    places.push({ text, start: from, end: from + text.length });
    from += text.length;
  }
  return places;
}
