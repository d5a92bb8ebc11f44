import type { PictureFacts } from '../pictures/picture.ts';
import { comparable } from '../pictures/plain-text.ts';
import { pictureWords } from '../pictures/words.ts';

export interface FittedWords {
  /** '' when decorative, or when the file says it. */
  alt: string;
  caption?: string;
  decorative: boolean;
}

/**
 * Words for a picture of an archive that the build accepts. An archive must go in as it is, so what an editor
 * would be asked to write is decided here: an alt that is the caption again stays alone; an alt that is part
 * of the caption goes, and the caption speaks for the picture; a picture without any alt is decorative.
 *
 * @param facts of the file, whose own words fill what the source leaves open
 */
export function fitWords(words: { alt?: string; caption?: string }, facts: PictureFacts): FittedWords {
  const alt = words.alt?.trim() ?? '';
  const caption = words.caption?.trim() || undefined;
  const fits = (tried: { alt?: string; caption?: string }) =>
    'shown' in pictureWords({ ...tried, decorative: false }, facts);
  if (fits({ alt, caption })) return { alt, caption, decorative: false };
  if (alt !== '' && caption !== undefined && comparable(alt) === comparable(caption) && fits({ alt }))
    return { alt, decorative: false };
  return { alt: '', caption: caption ?? (alt === '' ? undefined : facts.words.caption), decorative: true };
}
