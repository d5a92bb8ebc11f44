import type { Finding } from '../problems/problem.ts';
import { withoutPrefix } from './alt-prefix.ts';
import type { Focus } from './focus.ts';
import type { PictureFacts, PictureKind, ShownPicture } from './picture.ts';
import { comparable, plainLines, plainText } from './plain-text.ts';
import { altIsCaption, decorativeWithAlt, type FoundWord, pictureWithoutAlt } from './problems.ts';

/** The texts that a story gives for a picture, in the body or under `pictures` in its front matter. */
export interface PictureText {
  /** Blank counts as absent: `![](x.jpg)` means "use the alt text in the file". */
  alt?: string | undefined;
  /** Plain text. `captionHtml` is the same caption with its links and emphasis. */
  caption?: string | undefined;
  captionHtml?: string | undefined;
  credit?: string | undefined;
  kind?: PictureKind | undefined;
  /** `2019`, `2019-05` or `2019-05-31`. */
  date?: string | undefined;
  place?: string | undefined;
  /** `40% 30%`, from the left and from the top. */
  focus?: string | undefined;
  /** The long description. */
  description?: string | undefined;
  copyright?: string | undefined;
  licence?: string | undefined;
  original?: 'publish' | undefined;
  /** The animation plays on the page. Otherwise a link plays it. */
  animation?: 'play' | undefined;
  /** The picture adds no information to the text, so it needs no alt text. */
  decorative?: boolean | undefined;
}

/** The newsroom's defaults if neither the story, the sidecar, nor the file has a value: `pictures` in site.yaml. */
export interface PictureDefaults {
  credit?: string | undefined;
  copyright?: string | undefined;
  licence?: string | undefined;
  kind?: PictureKind | undefined;
  /** Whether to print the date in the file. */
  date?: boolean | undefined;
  /** Whether to print the place in the file. */
  place?: boolean | undefined;
}

/** The source of a text. `default` is site.yaml. */
export type WordOrigin = 'story' | 'sidecar' | 'file' | 'default';

/**
 * The texts that are printed with a picture. Each comes from the story, the sidecar, the file, or the newsroom's
 * defaults, in this order.
 *
 * A decorative picture has the alt text '' and does not use the caption in its file, because a caption that nobody
 * asked for would make it more than decoration. Its credit is kept. The date and place in a file are printed if the
 * newsroom asks for them. The date of a file photo is always printed.
 *
 * @param name the name of the file, for the messages
 * @returns the picture and the source of each text, or every problem that was found. It is a problem if the alt text
 *   says
 * what the caption says (ignoring case, spacing, punctuation, and a prefix like "Image of") or is contained in it,
 * because anyone listening to the page would hear it twice and not learn what the picture shows.
 * @throws never
 */
export function pictureWords(
  text: PictureText,
  facts: PictureFacts,
  name?: string,
  defaults: PictureDefaults = {},
): { shown: ShownPicture; from: Partial<Record<keyof ShownPicture, WordOrigin>> } | { problems: Finding[] } {
  const file = facts.words;
  const lower = (key: string): WordOrigin => (facts.sidecarKeys?.includes(key) ? 'sidecar' : 'file');
  const choose = (key: Word, inFile: string | undefined, byDefault?: string): Chosen | undefined => {
    const own = (key === 'description' ? plainLines : plainText)(text[key] ?? '');
    if (own !== undefined) return { text: own, from: 'story' };
    if (inFile !== undefined) return { text: inFile, from: lower(key) };
    return byDefault === undefined ? undefined : { text: byDefault, from: 'default' };
  };

  const ownAlt = plainText(text.alt ?? '');
  // An alt text in the story overrides `decorative` in the sidecar.
  const decorative = text.decorative ?? (ownAlt === undefined && file.decorative === true);
  const alt = choose('alt', decorative ? undefined : file.alt);
  const caption = choose('caption', decorative && lower('caption') === 'file' ? undefined : file.caption);
  const picture = name === undefined ? 'This picture' : `The picture "${name}"`;
  const problems: Finding[] = [];
  if (decorative && alt) problems.push(decorativeWithAlt(picture, alt));
  if (!decorative && !alt) problems.push(pictureWithoutAlt(picture, name));
  if (!decorative && alt && caption && repeats(alt.text, caption.text)) {
    problems.push(altIsCaption(picture, alt, caption, repetitionOf(alt, caption)));
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

type Chosen = FoundWord;

/** `40% 30%` as numbers, or undefined if it does not have this form. */
export function focusOf(written: string | undefined): Focus | undefined {
  const [, x, y] = /^(\d{1,3})% (\d{1,3})%$/.exec(written?.trim() ?? '') ?? [];
  const [xPercent, yPercent] = [Number(x), Number(y)];
  return x !== undefined && y !== undefined && xPercent <= 100 && yPercent <= 100 ? { xPercent, yPercent } : undefined;
}

/**
 * The facts that a template and a front need. The texts have already been chosen, and the photo desk's fields are not
 * passed on.
 */
function shownFacts({ iptc: _, words: __, sidecarKeys: ___, remarks: ____, ...facts }: PictureFacts): PictureFacts {
  return { ...facts, words: {} };
}

/**
 * Whether the caption contains the whole alt text, compared by words. In scripts without spaces, word boundaries do not
 * matter.
 */
function repeats(alt: string, caption: string): boolean {
  const whole = comparable(caption);
  return [comparable(alt), withoutPrefix(alt)].some((part) => {
    if (part === '') return false;
    return withoutSpaces.test(part) ? whole.includes(part) : ` ${whole} `.includes(` ${part} `);
  });
}

const withoutSpaces =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar}/u;

function repetitionOf(alt: Chosen, caption: Chosen): Parameters<typeof altIsCaption>[3] {
  const [bare, whole] = [comparable(alt.text), comparable(caption.text)];
  const isPrefixed = !` ${whole} `.includes(` ${bare} `) && withoutPrefix(alt.text) !== bare;
  if (isPrefixed) return withoutPrefix(alt.text) === whole ? 'same-with-prefix' : 'within-with-prefix';
  return bare === whole ? 'same' : 'within';
}
