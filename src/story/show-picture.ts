import { createHash } from 'node:crypto';
import type { ShownPicture } from '../pictures/picture.ts';
import { type PictureText, pictureWords } from '../pictures/words.ts';
import type { Finding } from '../problems/problem.ts';
import { baseOf } from '../site/site.ts';
import { type BodyPicture, wordsOfPicture } from './body/body.ts';
import { captionOf } from './caption.ts';
import type { Newsroom } from './newsroom.ts';
import { pictureDesk, pictureFileOf, pictureKey } from './picture-file.ts';
import { captionNotALine, pictureMissing, pictureOutside, pictureUnusable } from './problems/pictures.ts';
import { setText } from './punctuation.ts';
import type { FrontMatter, PictureWordsFile } from './schema.ts';

/** The texts of a picture as written in the front matter or at the picture itself, before they are parsed. */
export type PictureWritten = { [Key in keyof PictureWordsFile]: PictureWordsFile[Key] | string | undefined } & {
  decorative?: boolean | undefined;
};

/** The texts in the form that the pictures room expects. The caption is still as written. */
export const pictureTextOf = (written: PictureWritten): PictureText =>
  ({ ...written, ...(written.date !== undefined && { date: String(written.date) }) }) as PictureText;

/**
 * A picture with its texts, or what is wrong with it. Adds the file to the dependencies of the page that shows it.
 *
 * @param newsroom with the language of the story, if it is not that of the site
 */
export function showPicture(
  file: string,
  src: string,
  written: PictureWritten,
  newsroom: Pick<Newsroom, 'picture' | 'beside' | 'site'> & { language?: string | undefined },
  dependencies?: Set<string>,
): { shown: ShownPicture; path: string } | { problems: Finding[] } {
  const desk = src.startsWith('picture:') ? pictureDesk : undefined;
  const path = pictureFileOf(file, src);
  if (path === undefined) return { problems: [pictureOutside(src, desk)] };
  dependencies?.add(`picture:${pictureKey(path)}`);
  const facts = newsroom.picture(path);
  if (!facts) {
    const names = (newsroom.beside?.(path) ?? []).filter((name) => !/\.(?:mdx?|ya?ml)$/i.test(name));
    return { problems: [pictureMissing(src, path, names, desk)] };
  }
  if ('rule' in facts) return { problems: [pictureUnusable(src, facts)] };
  const { site } = newsroom;
  const words = pictureTextOf(written);
  const options = { language: newsroom.language ?? site.language, base: baseOf(site) };
  const caption = words.caption === undefined ? undefined : captionOf(words.caption, options);
  if (caption && 'reason' in caption) return { problems: [captionNotALine(caption.reason, src)] };
  const said = pictureWords({ ...words, ...caption }, facts, src, site.pictures);
  return 'shown' in said ? { shown: withPunctuation(said.shown, options.language), path } : said;
}

/** The texts of a picture as they are printed, wherever they were written: in the story, a sidecar, or the file. */
export function withPunctuation(shown: ShownPicture, language: string): ShownPicture {
  const set = { ...shown };
  for (const key of ['alt', 'caption', 'credit', 'place', 'copyright'] as const)
    if (set[key] !== undefined) set[key] = setText(set[key], language);
  if (set.description !== undefined)
    set.description = set.description
      .split('\n')
      .map((line) => setText(line, language))
      .join('\n');
  return set;
}

/** A digest of what a page shows of a picture. When it changes, the page is rendered again. */
export const digestOfWords = (shown: ShownPicture): string =>
  createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 16);

/** The texts of a picture in the body. Those at the picture take precedence over those in the front matter. */
export function bodyPictureWords(
  picture: BodyPicture,
  fromFrontMatter: NonNullable<FrontMatter['pictures']>,
): PictureWritten & { wanted?: string | undefined } {
  const entry = picture.isUnnamed
    ? undefined
    : Object.entries(fromFrontMatter).find(([name]) => samePicture(picture.src, name))?.[1];
  return {
    ...entry,
    ...wordsOfPicture(picture),
    decorative: picture.decorative || entry?.decorative,
    wanted: picture.wanted ?? entry?.wanted,
  };
}

/** Whether a name in the front matter refers to a picture in the text. */
export const samePicture = (src: string, name: string): boolean =>
  src.replace(/^\.\//, '').normalize('NFC') === name.replace(/^\.\//, '').normalize('NFC');
