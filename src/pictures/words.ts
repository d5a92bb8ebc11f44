import { withoutPrefix } from './alt-prefix.ts';
import type { Focus, PictureFacts, PictureKind, ShownPicture } from './picture.ts';
import { comparable, plainLines, plainText } from './plain-text.ts';

/** What the story says of a picture, in the text or under `pictures` in its front matter. */
export interface PictureText {
  /** Blank is absent: `![](x.jpg)` means "take it from the file". */
  alt?: string | undefined;
  /** Plain; `captionHtml` is the same with its links and emphasis. */
  caption?: string | undefined;
  captionHtml?: string | undefined;
  credit?: string | undefined;
  kind?: PictureKind | undefined;
  /** `2019`, `2019-05` or `2019-05-31`. */
  date?: string | undefined;
  place?: string | undefined;
  /** `40% 30%`, from the left and the top. */
  focus?: string | undefined;
  /** The long one. */
  description?: string | undefined;
  copyright?: string | undefined;
  licence?: string | undefined;
  original?: 'publish' | undefined;
  /** An animation moves on the page; without it a link plays it. */
  animation?: 'play' | undefined;
  /** The picture says nothing that the text does not: no alt is wanted. */
  decorative?: boolean | undefined;
}

/** What the newsroom prints when neither story, sidecar nor file says it: `pictures` in site.yaml. */
export interface PictureDefaults {
  credit?: string | undefined;
  copyright?: string | undefined;
  licence?: string | undefined;
  kind?: PictureKind | undefined;
  /** Print the day that a file says it was made. */
  date?: boolean | undefined;
  /** Print the place that a file names. */
  place?: boolean | undefined;
}

/** An editor's mistake; the caller adds file and line. */
export interface PictureProblem {
  rule: 'picture-without-alt' | 'alt-is-caption' | 'decorative-with-alt';
  message: string;
  hint: string;
}

/** Where a word was found. `default` is site.yaml. */
export type WordOrigin = 'story' | 'sidecar' | 'file' | 'default';

/**
 * Which words are printed with a picture: each from the story, else from its sidecar, else from the
 * file, else from the newsroom's defaults.
 *
 * A decorative picture has the alt '' and takes no caption from its file, because a caption that
 * nobody asked for would make it more than decoration; its credit stays. Day and place of a file are
 * printed where the newsroom wants it, and the day of a file photo always.
 *
 * @param name the file's name, for the messages
 * @returns the picture and where each word came from, or every problem that was found. An alt that says
 *   what the caption says (case, spacing, punctuation and a prefix like "Image of" aside), or that stands
 *   whole within it, is one: who listens to the page would hear it twice and not learn what is seen.
 * @throws never
 */
export function pictureWords(
  text: PictureText,
  facts: PictureFacts,
  name?: string,
  defaults: PictureDefaults = {},
): { shown: ShownPicture; from: Partial<Record<keyof ShownPicture, WordOrigin>> } | { problems: PictureProblem[] } {
  const file = facts.words;
  const lower = (key: string): WordOrigin => (facts.sidecarKeys?.includes(key) ? 'sidecar' : 'file');
  const choose = (key: Word, inFile: string | undefined, byDefault?: string): Chosen | undefined => {
    const own = (key === 'description' ? plainLines : plainText)(text[key] ?? '');
    if (own !== undefined) return { text: own, from: 'story' };
    if (inFile !== undefined) return { text: inFile, from: lower(key) };
    return byDefault === undefined ? undefined : { text: byDefault, from: 'default' };
  };

  const ownAlt = plainText(text.alt ?? '');
  // Who writes an alt in the story has decided against the sidecar's "decorative".
  const decorative = text.decorative ?? (ownAlt === undefined && file.decorative === true);
  const alt = choose('alt', decorative ? undefined : file.alt);
  const caption = choose('caption', decorative && lower('caption') === 'file' ? undefined : file.caption);
  const picture = name === undefined ? 'This picture' : `The picture "${name}"`;
  const problems: PictureProblem[] = [];
  if (decorative && alt) problems.push(decorativeWithAlt(picture, alt));
  if (!decorative && !alt) problems.push(pictureWithoutAlt(picture, name));
  if (!decorative && alt && caption && repeats(alt.text, caption.text)) {
    problems.push(altIsCaption(picture, alt, caption));
  }
  if (problems.length > 0) return { problems };

  const shown: ShownPicture = { facts: shownFacts(facts), alt: alt?.text ?? '' };
  const from: Partial<Record<keyof ShownPicture, WordOrigin>> = {};
  const put = <Key extends keyof ShownPicture>(key: Key, chosen: { text: unknown; from: WordOrigin } | undefined) => {
    if (chosen === undefined) return;
    shown[key] = chosen.text as ShownPicture[Key];
    from[key] = chosen.from;
  };
  if (alt) from.alt = alt.from;
  put('caption', caption);
  const html = caption?.from === 'story' ? text.captionHtml : caption && file.captionHtml;
  if (html !== undefined) shown.captionHtml = html;
  put('credit', choose('credit', file.credit, defaults.credit));
  const kind = choose('kind', file.kind, defaults.kind);
  put('kind', kind);
  const isAsked = (key: 'date' | 'place') =>
    lower(key) === 'sidecar' || defaults[key] === true || (key === 'date' && kind?.text === 'file');
  put('date', choose('date', isAsked('date') ? file.date : undefined));
  put('place', choose('place', isAsked('place') ? file.place : undefined));
  put(
    'description',
    choose('description', decorative && lower('description') === 'file' ? undefined : file.description),
  );
  put('copyright', choose('copyright', file.copyright, defaults.copyright));
  put('licence', choose('licence', file.licence, defaults.licence));
  if (file.reuse !== undefined) put('reuse', { text: file.reuse, from: 'file' });
  if (file.sourceType !== undefined) put('sourceType', { text: file.sourceType, from: 'file' });
  const focus = focusOf(text.focus);
  if (focus) put('focus', { text: focus, from: 'story' });
  else if (facts.focus) put('focus', { text: facts.focus, from: lower('focus') });
  put('original', choose('original', file.original));
  put('animation', choose('animation', file.animation));
  return { shown, from };
}

type Word = Exclude<keyof PictureText, 'decorative' | 'captionHtml'>;

interface Chosen {
  text: string;
  from: WordOrigin;
}

/** `40% 30%` as numbers; undefined when it is not of that form. */
export function focusOf(written: string | undefined): Focus | undefined {
  const [, x, y] = /^(\d{1,3})% (\d{1,3})%$/.exec(written?.trim() ?? '') ?? [];
  const [xPercent, yPercent] = [Number(x), Number(y)];
  return x !== undefined && y !== undefined && xPercent <= 100 && yPercent <= 100 ? { xPercent, yPercent } : undefined;
}

/** What a template and a front need of the facts: the words are chosen, and the desk's fields stay home. */
function shownFacts({ iptc: _, words: __, sidecarKeys: ___, remarks: ____, ...facts }: PictureFacts): PictureFacts {
  return { ...facts, words: {} };
}

/** Whether the caption says all that the alt says, as words; scripts without spaces have no words to respect. */
function repeats(alt: string, caption: string): boolean {
  const whole = comparable(caption);
  return [comparable(alt), withoutPrefix(alt)].some((part) => {
    if (part === '') return false;
    return withoutSpaces.test(part) ? whole.includes(part) : ` ${whole} `.includes(` ${part} `);
  });
}

const withoutSpaces =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar}/u;

const pictureWithoutAlt = (picture: string, name = 'FILE'): PictureProblem => ({
  rule: 'picture-without-alt',
  message: `${picture} has no alt text. Neither the story nor the file's IPTC "Alt Text (Accessibility)" describes it.`,
  hint:
    `Write it between the brackets: ![what the picture shows](${name}). If the picture is only decorative, write ` +
    `<Picture decorative src="${name}" />, or in the front matter  pictures: { ${JSON.stringify(name)}: { decorative: true } }.`,
});

function altIsCaption(picture: string, alt: Chosen, caption: Chosen): PictureProblem {
  const [bare, whole] = [comparable(alt.text), comparable(caption.text)];
  const isPrefixed = !` ${whole} `.includes(` ${bare} `) && withoutPrefix(alt.text) !== bare;
  const says = isPrefixed
    ? withoutPrefix(alt.text) === whole
      ? 'only adds words such as "Image of" to'
      : 'is, apart from words such as "Image of", part of'
    : bare === whole
      ? 'is the same as'
      : 'is part of';
  const bothFrom = alt.from === caption.from ? `, both from ${origin[alt.from]}` : '';
  const altFrom = bothFrom === '' ? ` (from ${altOrigin[alt.from]})` : '';
  const captionFrom = bothFrom === '' ? ` (from ${captionOrigin[caption.from]})` : '';
  return {
    rule: 'alt-is-caption',
    message:
      `${picture} has an alt text${altFrom} that ${says} ` + `its caption${captionFrom}${bothFrom}: "${alt.text}".`,
    hint:
      'The alt text says what the picture shows, for people who cannot see it. The caption says what it means. ' +
      (alt.from === 'story'
        ? 'Write another alt text.'
        : 'Write an alt text in the story. It takes precedence over the file.'),
  };
}

const origin = { story: 'the story', sidecar: 'its sidecar', file: 'the picture file', default: 'site.yaml' };
const altOrigin = { ...origin, file: `the file's IPTC "Alt Text (Accessibility)"` };
const captionOrigin = { ...origin, file: `the file's IPTC "Description"` };

const decorativeWithAlt = (picture: string, alt: Chosen): PictureProblem => ({
  rule: 'decorative-with-alt',
  message: `${picture} is marked as decorative, but the story also gives it an alt text: "${alt.text}".`,
  hint: 'If the picture is only decorative, delete the alt text. Otherwise delete  decorative .',
});
