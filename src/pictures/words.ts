import type { PictureFacts, ShownPicture } from './picture.ts';
import { comparable, plainText } from './plain-text.ts';

/** What the story says of a picture, in the text or under `pictures` in its front matter. */
export interface PictureText {
  /** Blank is absent: `![](x.jpg)` means "take it from the file". */
  alt?: string;
  caption?: string;
  credit?: string;
  /** The picture says nothing that the text does not: no alt is wanted. */
  decorative?: boolean;
}

/** An editor's mistake; the caller adds file and line. */
export interface PictureProblem {
  rule: 'picture-without-alt' | 'alt-is-caption' | 'decorative-with-alt';
  message: string;
  hint: string;
}

/**
 * Which words are printed with a picture: each from the story, else from the file.
 *
 * A decorative picture has the alt '' and takes no caption from its file, because a caption that
 * nobody asked for would make it more than decoration; its credit stays.
 *
 * @param name the file's name, for the messages
 * @returns the picture, or every problem that was found. An alt that says what the caption says
 *   (case, spacing and punctuation aside), or that stands whole within it, is one: who listens to
 *   the page would hear it twice and not learn what is seen.
 * @throws never
 */
export function pictureWords(
  text: PictureText,
  facts: PictureFacts,
  name?: string,
): { shown: ShownPicture } | { problems: PictureProblem[] } {
  const fromFile = facts.words;
  const decorative = text.decorative === true;
  const alt = choose(text.alt, decorative ? undefined : fromFile.alt);
  const caption = choose(text.caption, decorative ? undefined : fromFile.caption);
  const credit = choose(text.credit, fromFile.credit);
  const picture = name === undefined ? 'This picture' : `The picture "${name}"`;

  const problems: PictureProblem[] = [];
  if (decorative && alt) problems.push(decorativeWithAlt(picture, alt));
  if (!decorative && !alt) problems.push(pictureWithoutAlt(picture, name));
  if (!decorative && alt && caption && repeats(alt.text, caption.text)) {
    problems.push(altIsCaption(picture, alt, caption));
  }
  if (problems.length > 0) return { problems };

  const shown: ShownPicture = { facts, alt: alt?.text ?? '' };
  if (caption) shown.caption = caption.text;
  if (credit) shown.credit = credit.text;
  return { shown };
}

interface Chosen {
  text: string;
  from: 'story' | 'file';
}

function choose(story: string | undefined, file: string | undefined): Chosen | undefined {
  const own = plainText(story ?? '');
  if (own !== undefined) return { text: own, from: 'story' };
  const other = plainText(file ?? '');
  return other === undefined ? undefined : { text: other, from: 'file' };
}

/** Whether the caption holds the whole alt, as words; scripts without spaces have no words to respect. */
function repeats(alt: string, caption: string): boolean {
  const [part, whole] = [comparable(alt), comparable(caption)];
  if (part === '') return false;
  return withoutSpaces.test(part) ? whole.includes(part) : ` ${whole} `.includes(` ${part} `);
}

const withoutSpaces =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar}/u;

const pictureWithoutAlt = (picture: string, name = 'FILE'): PictureProblem => ({
  rule: 'picture-without-alt',
  message: `${picture} has no alt text. Neither the story nor the file's IPTC "Alt Text (Accessibility)" says what is seen.`,
  hint:
    `Write it between the brackets: ![what is seen](${name}). If the picture only decorates, say so: ` +
    `<Picture decorative src="${name}" />, or in the front matter  pictures: { ${JSON.stringify(name)}: { decorative: true } }.`,
});

function altIsCaption(picture: string, alt: Chosen, caption: Chosen): PictureProblem {
  const isSame = comparable(alt.text) === comparable(caption.text);
  const bothFrom = alt.from === caption.from ? `, both from ${origin[alt.from]}` : '';
  const altFrom = bothFrom === '' ? ` (from ${altOrigin[alt.from]})` : '';
  const captionFrom = bothFrom === '' ? ` (from ${captionOrigin[caption.from]})` : '';
  return {
    rule: 'alt-is-caption',
    message:
      `${picture} has an alt text${altFrom} that ${isSame ? 'is the same as' : 'stands whole within'} ` +
      `its caption${captionFrom}${bothFrom}: "${alt.text}".`,
    hint:
      'The alt text says what is seen, for those who cannot see it; the caption says what it means. ' +
      (alt.from === 'story' ? 'Write another alt text.' : 'Write an alt text in the story; it wins over the file.'),
  };
}

const origin = { story: 'the story', file: 'the picture file' };
const altOrigin = { story: 'the story', file: `the file's IPTC "Alt Text (Accessibility)"` };
const captionOrigin = { story: 'the story', file: `the file's IPTC "Description"` };

const decorativeWithAlt = (picture: string, alt: Chosen): PictureProblem => ({
  rule: 'decorative-with-alt',
  message: `${picture} is called decorative, but the story also gives it an alt text: "${alt.text}".`,
  hint: 'Take away one of the two: the alt text if the picture only decorates, else the word decorative.',
});
