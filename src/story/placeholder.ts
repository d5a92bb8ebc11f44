import type { ShownPicture } from '../pictures/picture.ts';
import { pictureWords } from '../pictures/words.ts';
import type { Finding } from '../problems/problem.ts';
import { baseOf } from '../site/site.ts';
import { captionOf } from './caption.ts';
import { pictureDesk, pictureFileOf, pictureKey } from './picture-file.ts';
import { captionNotALine, pictureAtHand, pictureOutside, pictureWanted } from './problems/pictures.ts';
import { type PictureWritten, pictureTextOf, showPicture, withPunctuation } from './show-picture.ts';

/** What readers get of a picture that the newsroom does not have: its texts. */
export type Placeholder = Partial<
  Pick<
    ShownPicture,
    'caption' | 'captionHtml' | 'credit' | 'kind' | 'date' | 'place' | 'description' | 'copyright' | 'licence'
  >
>;

/** A picture as a story names it. */
export interface NamedPicture {
  src: string;
  /** `src` is only a proposal, taken from the address. */
  isUnnamed?: true | undefined;
}

/**
 * A picture of a story with its texts, like `showPicture`, or if `wanted` says that the newsroom does not have it, a
 * placeholder. A file that exists under the name that the story gives is shown, whatever `wanted` says.
 *
 * The alt text takes the place of a missing caption, because it describes what readers cannot see. A decorative picture
 * leaves nothing behind.
 *
 * @returns warnings for the editor, whether there is a placeholder or not
 */
export function showOrReplace(
  file: string,
  { src, isUnnamed }: NamedPicture,
  written: PictureWritten & { wanted?: string | undefined },
  newsroom: Parameters<typeof showPicture>[3],
  dependencies?: Set<string>,
):
  | { shown: ShownPicture; path: string; warnings?: Finding[] }
  | { placeholder: Placeholder | undefined; warnings: Finding[] }
  | { problems: Finding[] } {
  const { wanted, ...texts } = written;
  if (wanted === undefined) return showPicture(file, src, texts, newsroom, dependencies);
  const path = pictureFileOf(file, src);
  if (path === undefined)
    return { problems: [pictureOutside(src, src.startsWith('picture:') ? pictureDesk : undefined)] };
  dependencies?.add(`picture:${pictureKey(path)}`);
  const isThere = newsroom.picture(path) !== undefined;
  if (isThere && !isUnnamed) {
    const found = showPicture(file, src, texts, newsroom);
    return 'problems' in found ? found : { ...found, warnings: [pictureAtHand(src, wanted)] };
  }
  const words = pictureTextOf(texts);
  const options = { language: newsroom.language ?? newsroom.site.language, base: baseOf(newsroom.site) };
  const caption = words.caption === undefined ? undefined : captionOf(words.caption, options);
  if (caption && 'reason' in caption) return { problems: [captionNotALine(caption.reason, src)] };
  return {
    placeholder: words.decorative ? undefined : placeholderOf({ ...words, ...caption }, options.language),
    warnings: [pictureWanted(wanted, { src, isUnnamed, isThere })],
  };
}

function placeholderOf({ alt, ...words }: ReturnType<typeof pictureTextOf>, language: string): Placeholder {
  // Nothing is known about the file, so missing alt text is not a mistake yet.
  const said = pictureWords({ ...words, decorative: true }, { words: {} } as ShownPicture['facts']);
  if (!('shown' in said)) return {};
  const shown = alt && said.shown.caption === undefined ? { ...said.shown, caption: alt.trim() } : said.shown;
  const { caption, captionHtml, credit, kind, date, place, description, copyright, licence } = withPunctuation(
    shown,
    language,
  );
  return Object.fromEntries(
    Object.entries({ caption, captionHtml, credit, kind, date, place, description, copyright, licence }).filter(
      ([, text]) => text !== undefined,
    ),
  );
}

/** Whether a lead has any texts. An empty notice above a story would only distract readers. */
export const hasTexts = (placeholder: Placeholder | undefined): placeholder is Placeholder =>
  placeholder !== undefined && Object.keys(placeholder).length > 0;
