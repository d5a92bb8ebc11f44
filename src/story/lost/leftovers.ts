import type { Body } from '../body/body.ts';
import { wordsOfPicture } from '../body/body.ts';
import { captionOf } from '../caption.ts';
import { leftover as leftoverAt } from '../problems/lost.ts';
import type { BodyProblem, TextPlace } from '../problems/shared.ts';
import { placeOf } from './causes.ts';
import { type LeftoverKind, leftoverKinds } from './leftover-kinds.ts';
import { decoded } from './printed.ts';
import { isCode } from './reading.ts';
import { kindOfSign, notAWord } from './signs.ts';

/** The most that are reported of one kind. Anyone who corrects these can find the others. */
const ofAKindMax = 5;
/** The maximum number of places of one kind to check. If there are a thousand, most were meant to be printed. */
const triesMax = 200;

/**
 * Markup that was meant, was not understood, and would be printed as text.
 *
 * The search runs on the printed text, so markup that was understood is never reported. Each match is then located in
 * the source. Text that an editor wrote with a backslash or as an entity is meant to be printed.
 *
 * @param map the kind of each character of the source, from a plain reading
 * @param language BCP 47
 */
export function leftoversIn(text: string, body: Body, map: Uint8Array, language: string): BodyProblem[] {
  const found: BodyProblem[] = [];
  const letters = lettersOf(text, map);
  const told = new Map<string, number>();
  const tries = new Map<string, number>();
  const used = new Set<number>();
  for (const block of blocksOf(body, language)) {
    for (const { kind, match, at } of matchesIn(block)) {
      const tried = tries.get(kind.name) ?? 0;
      if (told.get(kind.name) === ofAKindMax || tried === triesMax) continue;
      tries.set(kind.name, tried + 1);
      const place = locate(text, letters, { block, match, at }, used);
      if (place === undefined) continue;
      used.add(place);
      told.set(kind.name, (told.get(kind.name) ?? 0) + 1);
      found.push(leftover(kind, match, placeOf(text, place)));
    }
  }
  return found;
}

export const leftover = (kind: LeftoverKind, match: string, place: TextPlace): BodyProblem =>
  leftoverAt(place, match.replaceAll(codeSign, '…'), ...kind.says(match));

export interface Match {
  kind: LeftoverKind;
  match: string;
  at: number;
}

/**
 * The leftovers in a block. If two overlap, it is the one that begins first or, at the same position, the first kind.
 */
export function matchesIn(block: string): Match[] {
  const all: Match[] = [];
  for (const kind of leftoverKinds) {
    kind.form.lastIndex = 0;
    for (const { 0: match, index } of block.matchAll(kind.form))
      if (!kind.isText?.(match, block, index)) all.push({ kind, match, at: index });
  }
  all.sort((a, b) => a.at - b.at);
  let end = -1;
  return all.filter(({ at, match }) => {
    if (at < end) return false;
    end = at + match.length;
    return true;
  });
}

/** A placeholder for code, which can contain anything. */
const codeSign = '\ufffc';

/** The texts of the blocks of a body, without code and addresses, and the texts of its pictures. */
function* blocksOf(body: Body, language: string): Iterable<string> {
  let html = '';
  /** Captions, and the texts in attributes of components. */
  const lines: string[] = [];
  const add = (parts: Body): void => {
    for (const part of parts) {
      if (part.kind === 'html') html += part.html;
      else if (part.kind === 'link') add(part.children);
      else if (part.kind === 'picture') {
        html += '<p>';
        const { alt, caption } = wordsOfPicture(part);
        lines.push(alt ?? '', caption === undefined ? '' : printedCaption(caption, language));
      } else {
        for (const key of ['title', 'by', 'role', 'source', 'text', 'name']) {
          const value = part.attributes[key];
          if (typeof value === 'string') lines.push(value);
        }
        html += '<p>';
        add(part.children);
        html += '</p>';
      }
    }
  };
  add(body);
  const text = html
    .replace(/<(pre|code|kbd|samp)\b[^>]*>[\s\S]*?<\/\1>/g, codeSign)
    .replace(/<a [^>]*>(?:https?:|www\.)[^<]*<\/a>/g, codeSign)
    .replace(
      /<\/?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|div|table|t[rhd]|thead|tbody|hr|section|figure|figcaption|details|summary|caption)\b[^>]*>/g,
      '\0',
    )
    .replace(/<br\b[^>]*>/g, '\n')
    .replace(/<(?:"[^"]*"|[^">])*>/g, '');
  for (const block of text.split('\0')) if (/\S/.test(block)) yield decoded(block).trim();
  yield* lines;
}

/** A caption is Markdown too, so markup that was understood is removed here. */
export function printedCaption(written: string, language: string): string {
  const read = captionOf(written, { language, base: '' });
  return 'reason' in read ? '' : read.caption;
}

interface Letters {
  text: string;
  /** The position of each character in the source. */
  places: number[];
}

/** The letters of the source that are not in code. */
function lettersOf(text: string, map: Uint8Array): Letters {
  const places: number[] = [];
  let letters = '';
  for (let at = 0; at < text.length; at++)
    if (kindOfSign[text.charCodeAt(at)] !== notAWord && map[at] !== isCode) {
      letters += text[at];
      places.push(at);
    }
  return { text: letters, places };
}

/**
 * The position of a leftover in the source. It is found by the letters inside and after it, because punctuation can
 * change.
 *
 * @param used the positions of leftovers that were already found
 * @returns undefined if it was meant to be printed
 */
function locate(
  text: string,
  letters: Letters,
  { block, match, at }: { block: string; match: string; at: number },
  used: ReadonlySet<number>,
): number | undefined {
  const own = onlyLetters(match);
  const first = [...match].findIndex((sign) => kindOfSign[sign.charCodeAt(0)] !== notAWord);
  const behind = onlyLetters(block.slice(at, at + match.length + 60));
  for (const key of [behind.slice(0, 40), behind.slice(0, 20), own, own.slice(0, 12)]) {
    if (key === '' || (own === '' && key.length < 8)) continue;
    for (let found = letters.text.indexOf(key); found >= 0; found = letters.text.indexOf(key, found + 1)) {
      const letter = letters.places[found]!;
      const begin = own === '' ? signBefore(text, letter, match) : beginOf(text, letter, Math.max(0, first), match[0]!);
      if (begin < 0 || text[begin] !== match[0]) {
        if (isWrittenSo(text, letter)) return undefined;
        continue;
      }
      if (used.has(begin)) continue;
      return isEscaped(text, begin) ? undefined : begin;
    }
  }
  const begin = text.indexOf(match.slice(0, 3));
  return begin < 0 || used.has(begin) || isEscaped(text, begin) ? undefined : begin;
}

const onlyLetters = (text: string): string => {
  let letters = '';
  for (let at = 0; at < text.length; at++) if (kindOfSign[text.charCodeAt(at)] !== notAWord) letters += text[at];
  return letters;
};

/**
 * Where the leftover whose first letter is here begins. In print there can be fewer dashes and dots than in the source.
 */
function beginOf(text: string, letter: number, signs: number, sign: string): number {
  for (let more = 0; more <= 4; more++) if (text[letter - signs - more] === sign) return letter - signs - more;
  return -1;
}

const signBefore = (text: string, letter: number, match: string): number => text.lastIndexOf(match.slice(0, 2), letter);

const isEscaped = (text: string, begin: number): boolean =>
  text[begin - 1] === '\\' || /^.{1,3}\\[[\]()*#<>`~{}|_!:&-]/.test(text.slice(begin, begin + 6));

/** Whether the characters before a letter are escaped or entities, so that they are meant to be printed. */
const isWrittenSo = (text: string, letter: number): boolean =>
  /(?:\\[[\]()*#<>`~{}|_!:&.-]|&(?:lt|gt|amp|ast|lbrack|#\d+|#x[\da-f]+);)[^\p{L}\n]{0,4}$/iu.test(
    text.slice(Math.max(0, letter - 16), letter),
  );
