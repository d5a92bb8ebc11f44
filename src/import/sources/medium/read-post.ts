import { comparable } from '../../../pictures/plain-text.ts';
import {
  byName,
  classesOf,
  type Element,
  elementsOf,
  firstByName,
  type ParentNode,
  parseHtml,
  wordsOf,
} from '../markup/tree.ts';

/** A post as Medium exports it: a page with its text, and its facts below. */
export interface MediumPost {
  title?: string;
  subtitle?: string;
  /** Medium makes a summary from the first paragraph, if the author gave no subtitle. */
  isSubtitleWritten: boolean;
  /** Without a title, it is an answer to somebody else's story, or an untitled text, which look the same. */
  isUntitled: boolean;
  body: Element;
  titleElement?: Element;
  subtitleElement?: Element;
  author?: { name: string; url?: string };
  /** As written, with its time zone. */
  published?: string;
  canonical?: string;
  /** The last part of its address, such as `52496cb74beb`. */
  id?: string;
  tags: string[];
}

/** @returns undefined if it is no post of an export */
export function readPost(html: string, file: string): MediumPost | undefined {
  const root = parseHtml(html);
  const all = elementsOf(root);
  const withClass = (name: string): Element | undefined => all.find((each) => classesOf(each).includes(name));
  const body = all.find((each) => each.attribs['data-field'] === 'body') ?? withClass('e-content');
  if (body === undefined) return undefined;
  const named = withClass('p-name');
  const title = (named && wordsOf(named)) || undefined;
  const summary = all.find((each) => each.attribs['data-field'] === 'subtitle') ?? withClass('p-summary');
  const subtitle = (summary && wordsOf(summary)) || undefined;
  const { titleElement, subtitleElement, paragraph } = headOf(body, title, subtitle);
  const start = comparable(paragraph);
  const author = withClass('p-author');
  const canonical = withClass('p-canonical')?.attribs.href;
  const footer = firstByName(root, 'footer');
  const shortLink = footer && byName(footer, 'a').find(({ attribs }) => /\/p\/[\da-f]{6,}/.test(attribs.href ?? ''));
  return {
    title,
    subtitle,
    isSubtitleWritten:
      subtitle !== undefined &&
      (subtitleElement !== undefined || !start.includes(comparable(subtitle.replace(/(?:…|\.\.\.)$/u, '')))),
    isUntitled:
      title === undefined ||
      (titleElement === undefined && start.startsWith(comparable(title.replace(/(?:…|\.\.\.)$/u, '')))),
    body,
    titleElement,
    subtitleElement,
    author: author && wordsOf(author) !== '' ? { name: wordsOf(author), url: author.attribs.href } : undefined,
    published: withClass('dt-published')?.attribs.datetime,
    canonical: /^https?:\/\//i.test(canonical ?? '') ? canonical : undefined,
    id: idIn(shortLink?.attribs.href ?? '') ?? idIn(canonical ?? '') ?? /-([\da-f]{6,16})\.html?$/i.exec(file)?.[1],
    tags: all
      .filter((each) => classesOf(each).includes('p-tag'))
      .map((each) => wordsOf(each))
      .filter(Boolean),
  };
}

/** The id at the end of the address of a post: `/@ann/the-title-52496cb74beb`, `/p/52496cb74beb`. */
export const idIn = (url: string): string | undefined =>
  /(?:-|\/p\/|\/)([\da-f]{6,16})\/?(?:[?#].*)?$/i.exec(url)?.[1]?.toLowerCase();

/** The title and the subtitle in the text, and all words of the paragraphs before the text is long enough. */
function headOf(
  body: ParentNode,
  title: string | undefined,
  subtitle: string | undefined,
): { titleElement?: Element; subtitleElement?: Element; paragraph: string } {
  let titleElement: Element | undefined;
  let subtitleElement: Element | undefined;
  let paragraph = '';
  for (const each of elementsOf(body)) {
    if (!/^(?:h[1-6]|p|blockquote|li|pre)$/.test(each.name)) continue;
    const words = wordsOf(each);
    if (words === '') continue;
    const isHeading = /^h[1-6]$/.test(each.name);
    const isTitle = classesOf(each).includes('graf--title') || (isHeading && isSame(words, title));
    if (titleElement === undefined && paragraph === '' && isTitle) titleElement = each;
    else if (
      subtitleElement === undefined &&
      paragraph === '' &&
      (classesOf(each).includes('graf--subtitle') || (isHeading && titleElement && isSame(words, subtitle)))
    )
      subtitleElement = each;
    else paragraph += ` ${words}`;
    if (paragraph.length > headCharsMax) break;
  }
  return { titleElement, subtitleElement, paragraph };
}

const headCharsMax = 2000;

const isSame = (words: string, other: string | undefined): boolean =>
  other !== undefined && comparable(words) === comparable(other);
