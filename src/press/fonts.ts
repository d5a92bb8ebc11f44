import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { digestOf } from '../index/digest.ts';
import { lettersFor } from './letters.ts';
import { isWhole, writeReceipt } from './receipt.ts';
import { isCompiled, packedFolder } from './template-folder.ts';

/*
 * The paper's two font files. They are subset from the font's npm package, which covers every language, when the engine
 * is compiled. Newsreader (SIL Open Font License) is one variable roman, from regular to bold, and one italic.
 */

/** A font file as used by a page. */
interface Cut {
  name: string;
  /** The file in the package. */
  source: string;
  letters: string;
  /** The part of the design space that is kept: all weights that the styles use, and no more. */
  weights: { min: number; max: number } | number;
  css: string;
}

const folderOfFont = '@fontsource-variable/newsreader/files';

/**
 * The fonts of a newsroom. The compiled engine includes them for each language. In the repository they are subset once
 * for a language and kept, because subsetting takes a quarter of a second.
 *
 * @param language of the newsroom, BCP 47
 * @param folder of all subset fonts, in the cache
 * @returns the path of the style sheet
 */
export async function keptFonts(language: string, folder: string): Promise<string> {
  const packed = packedFonts(language);
  if (packed) return packed;
  const own = join(folder, digestOf([cutName(language), ...toolVersions()].join('\n')));
  if (!isWhole(own, true)) {
    const part = `${own}.tmp`;
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) rmSync(folder);
    rmSync(part, { recursive: true, force: true });
    await writeFonts(language, part);
    writeReceipt(part);
    rmSync(own, { recursive: true, force: true });
    renameSync(part, own);
  }
  return sheetOf(own);
}

/** The style sheet of a language's fonts in the compiled engine. */
export function packedFonts(language: string): string | undefined {
  const sheet = sheetOf(join(packedFolder('fonts'), cutName(language)));
  return isCompiled && existsSync(sheet) ? sheet : undefined;
}

/** Identifies the letters of a language: languages with the same letters share their files. */
export const cutName = (language: string): string => digestOf(JSON.stringify(cutsFor(language)));

/** What determines the bytes of a subset font besides its letters. */
export const toolVersions = (): string[] =>
  ['@fontsource-variable/newsreader', 'subset-font', 'harfbuzzjs'].map((name) => {
    const file = findPackageJSON(name, import.meta.url); // throws if it is missing, in which case no font can be subset
    return `${name} ${file ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'none'}`;
  });

const sheetOf = (folder: string): string => join(folder, 'fonts.css');

/**
 * Writes the fonts of a newsroom and the style sheet that names them.
 *
 * A language whose letters are all in the package's Latin files has a roman and an italic. A language with letters from
 * Latin Extended (Polish, Turkish …) has the roman in two files instead, because a page has at most two, and a local
 * italic with the same metrics.
 *
 * @param language of the newsroom, BCP 47
 * @param folder receives the files
 * @returns the path of the style sheet
 */
export async function writeFonts(language: string, folder: string): Promise<string> {
  const { default: subset } = await import('subset-font');
  mkdirSync(folder, { recursive: true });
  const faces: string[] = [];
  for (const { name, source, letters, weights, css } of cutsFor(language)) {
    const bytes = await subset(readFileSync(sourceFile(source)), letters, {
      targetFormat: 'woff2',
      variationAxes: { wght: weights },
      keepFeatures: ['kern', 'liga', 'mark', 'ccmp', 'locl'],
      // Without it, every fraction and swash that a letter can turn into would be included, which costs 1 to 2 KB.
      noLayoutClosure: true,
    });
    writeFileSync(join(folder, `${name}.woff2`), bytes);
    faces.push(faceOf(name, css));
  }
  writeFileSync(sheetOf(folder), `${faces.join('\n')}\n`);
  return sheetOf(folder);
}

/** The files that are subset for a language. Pure. */
export function cutsFor(language: string): Cut[] {
  const letters = [...lettersFor(language)];
  const isExtended = (letter: string) => letter.codePointAt(0)! > 0xff && !commonMarks.has(letter);
  const [latin, extended] = [letters.filter((one) => !isExtended(one)), letters.filter(isExtended)];
  const weights = { min: 400, max: 700 };
  const roman: Cut = {
    name: 'newsreader-roman',
    source: 'newsreader-latin-wght-normal',
    letters: latin.join(''),
    weights,
    css: `font-weight:400 700;unicode-range:${rangesOf(latin)}`,
  };
  if (extended.length === 0) {
    const italic = [...lettersFor(language, 'italic')];
    return [
      roman,
      {
        name: 'newsreader-italic',
        source: 'newsreader-latin-wght-italic',
        letters: italic.join(''),
        weights: 400,
        css: `font-weight:400;font-style:italic;unicode-range:${rangesOf(italic)}`,
      },
    ];
  }
  return [
    roman,
    {
      name: 'newsreader-roman-extended',
      source: 'newsreader-latin-ext-wght-normal',
      letters: extended.join(''),
      weights,
      css: `font-weight:400 700;unicode-range:${rangesOf(extended)}`,
    },
  ];
}

/** Characters above U+00FF that the package keeps in its Latin file. */
const commonMarks = new Set('–—‘’‚“”„…€−′″→œŒ‹›ı\u202f');

/**
 * `optional`: a page is shown in the font that is available when it is painted, and nothing ever moves. The next page
 * gets the font from the cache.
 */
const faceOf = (name: string, css: string): string =>
  `@font-face{font-family:Newsreader;src:url(./${name}.woff2)format("woff2");font-display:optional;${css}}`;

/** `U+20-7E, U+A0`: the letters as CSS ranges. */
export function rangesOf(letters: readonly string[]): string {
  const points = letters.map((letter) => letter.codePointAt(0)!).sort((a, b) => a - b);
  const ranges: [from: number, to: number][] = [];
  for (const point of points) {
    const last = ranges.at(-1);
    if (last && point === last[1] + 1) last[1] = point;
    else ranges.push([point, point]);
  }
  const hex = (point: number) => point.toString(16).toUpperCase();
  return ranges.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(', ');
}

const sourceFile = (source: string): string =>
  createRequire(import.meta.url).resolve(`${folderOfFont}/${source}.woff2`);
