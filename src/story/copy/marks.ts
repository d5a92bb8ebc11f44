import { isWords } from '../lost/reading.ts';
import { type Finder, languageOf, type Slip } from './finding.ts';

/** Quotation marks and apostrophes made of other characters. */
export const wrongMarks: Finder = (text, language) => {
  const found: Slip[] = [];
  const base = languageOf(language);
  const add = (at: number, end: number, write: string, why: string) =>
    found.push({ kind: 'quotation-mark', at, end, write, isCertain: true, why });
  // geht´s
  if (text.includes('´'))
    for (const { index } of text.matchAll(/(?<=\p{L})´(?=\p{L})/gu))
      add(index, index + 1, '’', 'This accent stands for an apostrophe.');
  // об"єднання
  if (base === 'uk' || base === 'be')
    for (const { index } of text.matchAll(/(?<=[а-яіїєґё])"(?=[яюєїё])/giu))
      add(index, index + 1, '’', 'This quotation mark stands for an apostrophe.');
  // ,,so''
  if (text.includes(',,'))
    for (const match of text.matchAll(/(?<![\p{L}\p{N},]),,(?=[\p{L}\p{N}])([^\n"“”„,]{1,300}?)(''|"|“|”)/gu)) {
      const end = match.index + match[0].length;
      const why = 'Commas or apostrophes stand for a quotation mark.';
      add(match.index, match.index + 2, '"', why);
      if (match[2] !== '"') add(end - match[2]!.length, end, '"', why);
    }
  if (base === 'en' && text.includes('‘'))
    for (const { index } of text.matchAll(/‘(?=\d0s(?![\p{L}\p{N}’]))|(?<=\s)‘(?=(?:n|em|tis|twas)’?[\s.,])/giu))
      add(index, index + 1, '’', 'This apostrophe is turned the wrong way.');
  return found;
};

/**
 * A straight mark that nothing pairs, and that touches words on both sides or on neither. Broadsheet sets it, but can
 * only guess whether it begins or ends a quotation.
 *
 * @param map the kind of each character, from a plain reading. Without it, the result can contain too much
 */
export function unpairedMarks(text: string, map?: Uint8Array): Slip[] {
  const found: Slip[] = [];
  for (const { index: at } of text.matchAll(doubtful)) {
    if ((map?.[at] ?? isWords) !== isWords) continue;
    const [from, to] = [blockStart(text, at), blockEnd(text, at)];
    const block = text.slice(from, to);
    // Another kind of mark may be the partner, and markup may hide it.
    if (/[“”„«»<>`\\{=|]|''|,,/.test(block)) continue;
    if (block.split('"').length % 2 === 1) continue;
    found.push({
      kind: 'quotation-mark',
      at,
      end: at + 1,
      why: 'This quotation mark has no partner in its paragraph, and nothing shows whether it begins or ends a quotation.',
    });
  }
  return found;
}

const doubtful = /(?<=\p{Ll}\p{Ll})"(?=\p{L}\p{L})|(?<=\s)"(?=\s)/gu;

const blockStart = (text: string, at: number): number => {
  const before = text.slice(Math.max(0, at - 4000), at);
  const found = [...before.matchAll(/\n[ \t]*\n|\n(?=[ \t>]*(?:[*+-]|\d+[.)])[ \t])/g)].at(-1);
  return found ? at - before.length + found.index : Math.max(0, at - 4000);
};
const blockEnd = (text: string, at: number): number => {
  const after = text.slice(at, at + 4000);
  const found = after.search(/\n[ \t]*\n|\n(?=[ \t>]*(?:[*+-]|\d+[.)])[ \t])/);
  return found < 0 ? at + after.length : at + found;
};
