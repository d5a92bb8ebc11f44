import type { PictureFacts } from '../pictures/picture.ts';
import { comparable } from '../pictures/plain-text.ts';
import { pictureWords } from '../pictures/words.ts';

export interface FittedWords {
  /** '' if the picture is decorative, or if the file has the text. */
  alt: string;
  caption?: string;
  decorative: boolean;
}

/**
 * Texts for a picture of an archive that the build accepts. An archive must be imported as it is, so decisions that an
 * editor would otherwise make are made here: if the alt text repeats the caption, only the alt text is kept. If the alt
 * text is part of the caption, it is removed and the caption is enough. A picture without any alt text is decorative.
 *
 * @param facts of the file, whose own texts fill what the source leaves open
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
