import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { scriptOf } from '../i18n/language.ts';
import { cutsFor } from './fonts.ts';

/*
 * Decides which font files a page requests in its head, before the browser has read a style sheet. A font that is not
 * requested early arrives after the first paint, and `font-display: optional` then leaves it out for the whole visit.
 */

/** The font files to preload. */
export interface Preloads {
  /** Newsreader's upright files, for pages in Latin script: names in the folder of the subset fonts. */
  roman: string[];
  /** Newsreader's italic, for pages whose headline uses it: also names. */
  italic: string[];
  /** The theme's own font, for every page: complete paths. */
  theme: string[];
}

/**
 * The preloads of a newsroom.
 *
 * A theme that sets another first font in `--serif`, or defines its own Newsreader, replaces the built-in font. In that
 * case ours is not preloaded, but the theme's upright woff2 files that contain the letters of the site's language are.
 *
 * @param language of the newsroom, BCP 47
 * @param themeFolders of the newsroom, lowest precedence first; any may be missing
 */
export function preloadsOf(language: string, themeFolders: readonly string[]): Preloads {
  const sheets = themeFolders.flatMap(sheetsOf);
  const faces = sheets.flatMap(({ file, text }) => facesOf(text).map((face) => ({ ...face, folder: dirname(file) })));
  const serif = sheets.flatMap(({ text }) => firstFontsOf(text)).at(-1);
  const named = (serif ?? ourFont).toLowerCase();
  const own = faces.filter((face) => face.family.toLowerCase() === named);
  if (own.length > 0)
    return {
      roman: [],
      italic: [],
      theme: [
        ...new Set(
          own
            .filter((face) => isTextFace(face) && holds(face.range, language))
            .map(({ folder, url }) => join(folder, url))
            .filter((file) => existsSync(file)),
        ),
      ].slice(0, filesMax),
    };
  if (named !== ourFont.toLowerCase()) return { roman: [], italic: [], theme: [] };
  const files = (isItalic: boolean) =>
    cutsFor(language)
      .filter(({ name }) => name.endsWith('italic') === isItalic)
      .map(({ name }) => `${name}.woff2`);
  return { roman: files(false), italic: files(true), theme: [] };
}

const ourFont = 'Newsreader';
/** More files than this would compete with the styles and the lead picture of the page. */
const filesMax = 2;

/** An `@font-face` in a style sheet. */
export interface Face {
  family: string;
  style: string;
  weight: string;
  /** `unicode-range`. Empty for all characters. */
  range: string;
  /** The first woff2 file, relative to the style sheet. Empty if there is none. */
  url: string;
}

/** The `@font-face` rules of a style sheet. */
export function facesOf(css: string): Face[] {
  return [...withoutComments(css).matchAll(/@font-face\s*\{([^}]*)\}/g)].map(([, rule = '']) => {
    const value = (name: string) =>
      new RegExp(`(?:^|[;\\s])${name}\\s*:\\s*([^;]+)`, 'i').exec(rule)?.[1]?.trim() ?? '';
    const [, quoted, bare] = /url\(\s*(?:["']([^"']+)["']|([^)\s]+))\s*\)/.exec(
      value('src')
        .split(/,(?![^(]*\))/)
        .find((one) => /\.woff2\b/.test(one)) ?? '',
    ) ?? ['', '', ''];
    const url = quoted ?? bare ?? '';
    return {
      family: unquoted(value('font-family')),
      style: value('font-style') || 'normal',
      weight: value('font-weight') || '400',
      range: value('unicode-range'),
      // A path from the root or a complete address is a file that the bundler does not have.
      url: /^(?:[a-z]+:|\/)/i.test(url) ? '' : url.replace(/[?#].*$/, ''),
    };
  });
}

/** The first font of every `--serif` in a style sheet. */
const firstFontsOf = (css: string): string[] =>
  [...withoutComments(css).matchAll(/--serif\s*:\s*([^;}]+)/g)].map(([, list = '']) =>
    unquoted(list.split(',')[0]!.trim()),
  );

const unquoted = (name: string): string => name.replace(/^(["'])(.*)\1$/, '$2').trim();
const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, '');

/** Whether a face is for running text: upright and regular. */
function isTextFace({ style, weight, url }: Face): boolean {
  const [from = 400, to = from] = weight.split(/\s+/).map((one) => (one === 'normal' ? 400 : Number(one)));
  return url !== '' && style === 'normal' && from <= 400 && to >= 400;
}

/**
 * A letter that occurs in text of a script. Fonts of scripts that are not listed are preloaded if they have no
 * `unicode-range`.
 */
const letterOfScript: Record<string, string> = {
  Arab: 'ا',
  Armn: 'ա',
  Beng: 'ক',
  Cyrl: 'о',
  Deva: 'क',
  Ethi: 'ለ',
  Geor: 'ა',
  Grek: 'ο',
  Hebr: 'א',
  Khmr: 'ក',
  Latn: 'e',
  Mymr: 'က',
  Taml: 'க',
  Thai: 'ก',
};

/** Whether a `unicode-range` contains the letters of a language. */
function holds(range: string, language: string): boolean {
  if (range === '') return true;
  const point = letterOfScript[scriptOf(language)]?.codePointAt(0);
  if (point === undefined) return false;
  return range.split(',').some((part) => {
    const [, from = '', to] = /^\s*U\+([0-9a-f?]+)(?:-([0-9a-f]+))?\s*$/i.exec(part) ?? [];
    if (from === '') return false;
    const first = Number.parseInt(from.replaceAll('?', '0'), 16);
    const last = Number.parseInt(to ?? from.replaceAll('?', 'f'), 16);
    return first <= point && point <= last;
  });
}

function sheetsOf(folder: string): { file: string; text: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.css'))
    .sort()
    .map((name) => ({ file: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}
