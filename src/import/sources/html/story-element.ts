import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import {
  byName,
  classesOf,
  type Element,
  elementsOf,
  firstByName,
  outerHtml,
  type ParentNode,
  parseHtml,
  remove,
  wordsOf,
} from '../markup/tree.ts';

/** The part of a page that is its story. */
export interface StoryElement {
  root: ParentNode;
  /** How it was found. */
  how: 'whole page' | 'marked by the page' | 'by Readability';
}

const marked = [
  (each: Element) => /(?:^|\s)articleBody(?:\s|$)/i.test(each.attribs.itemprop ?? ''),
  (each: Element) =>
    classesOf(each).some((name) =>
      /^(?:entry-content|post-content|article-body|article__body|article-content|article__content|articlebody|story-body|story__body|story-content|post-body|post__content|article-text|story-text|content-body|body-content|wp-block-post-content|rich-text-article|td-post-content|field-name-body|field--name-body|caas-body|c-article-body|article-main-body)$/i.test(
        name,
      ),
    ) || /^(?:article-body|articleBody|story-body|story|article-content|entry-content)$/i.test(each.attribs.id ?? ''),
  (each: Element) => each.name === 'article' || each.attribs.role === 'article',
];

const siteParts = ['nav', 'header', 'footer', 'aside', 'form'];
/** Parts inside of a story that are no part of it. */
const foreign =
  /(?:^|[\s_-])(?:share|sharing|sharedaddy|social(?:-share|-links|-media|-icons)?|newsletter(?:-signup)?|subscribe|signup|related(?:-posts|-articles|-content|-stories|posts)?|jp-relatedposts|recirc(?:ulation)?|outbrain|taboola|advert(?:isement)?|ad-slot|ad-container|adsbygoogle|promo|comments?(?:-area|-section)?|disqus|breadcrumbs?|pagination|post-navigation|nav-links|print-only|sr-only|visually-hidden|screen-reader-text|paywall|cookie|toolbar|tags?-links|author-box|more-stories|most-read|skip-link)(?:$|[\s_-])/i;
const neverStory =
  /(?:^|[\s_-])(?:related|jp-relatedposts|recirc|outbrain|taboola|comments?|disqus|newsletter|most-read|more-stories|sr-only|visually-hidden|screen-reader-text|paywall|cookie)(?:$|[\s_-])/i;
const foreignProseMax = 200;
/** A part with more of the words of the story is the story itself, whatever it is called. */
const foreignShareMax = 0.3;
const markedShareMin = 0.4;

/**
 * Finds the story in a page. Pages of newspapers mark it, so that is looked for first. A page without menus is a story
 * as a whole. For all others, Readability, the reader of Firefox, decides.
 */
export function findStory(page: ParentNode, url: string): StoryElement | undefined {
  const body = firstByName(page, 'body') ?? page;
  const all = wordsOf(body).length;
  if (all === 0) return undefined;
  const paragraphs = proseOf(body);
  for (const isMarked of marked) {
    const found = elementsOf(body).filter(isMarked);
    const [only] = found;
    // Several articles are a list of teasers, unless the first one has nearly everything.
    if (only !== undefined && proseOf(only) >= Math.max(200, paragraphs * (found.length > 1 ? 0.6 : markedShareMin)))
      return { root: withoutForeign(only), how: 'marked by the page' };
  }
  const isPlain = siteParts.every((name) => byName(body, name).length === 0) && linkShare(body) < 0.3;
  if (isPlain) return { root: withoutForeign(body), how: 'whole page' };
  const read = readable(page, url);
  return read === undefined ? undefined : { root: withoutForeign(parseHtml(read)), how: 'by Readability' };
}

/** The number of characters in paragraphs, which is what distinguishes a story from menus. */
const proseOf = (root: ParentNode): number =>
  byName(root, 'p', 'blockquote', 'li').reduce((sum, each) => {
    const words = wordsOf(each).length;
    return words > 60 ? sum + words : sum;
  }, 0);

/** The share of the words that are links. Nearly all of a menu or a list of stories is. */
export function linkShare(root: ParentNode): number {
  const links = byName(root, 'a').reduce((sum, each) => sum + wordsOf(each).length, 0);
  return links / Math.max(1, wordsOf(root).length);
}

function withoutForeign(root: ParentNode): ParentNode {
  const all = Math.max(1, wordsOf(root).length);
  for (const each of elementsOf(root)) {
    if (each.parent === null) continue;
    const isForeign =
      ['nav', 'form', 'button', 'input', 'select', 'noscript', 'template', 'dialog'].includes(each.name) ||
      isHidden(each) ||
      (each.name !== 'img' && each.name !== 'figure' && isForeignPart(each));
    if (isForeign && wordsOf(each).length / all < foreignShareMax) remove(each);
  }
  return root;
}

/** "Sharing data" can be the id of a chapter, so a part with paragraphs is only foreign if its name leaves no doubt. */
function isForeignPart(each: Element): boolean {
  const name = `${each.attribs.class ?? ''} ${each.attribs.id ?? ''}`;
  return foreign.test(name) && (neverStory.test(name) || proseOf(each) < foreignProseMax);
}

/** What readers of the page did not see. */
const isHidden = ({ attribs }: Element): boolean =>
  attribs.hidden !== undefined ||
  (attribs['aria-hidden'] === 'true' && !/fallback/i.test(attribs.class ?? '')) ||
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attribs.style ?? '');

function readable(page: ParentNode, url: string): string | undefined {
  const { document } = parseHTML(outerHtml(page));
  try {
    const base = document.createElement('base');
    base.setAttribute('href', url);
    document.head?.append(base);
    const article = new Readability(document as unknown as Document, {
      keepClasses: true,
      maxElemsToParse: 100_000,
    }).parse();
    return article?.content ?? undefined;
  } catch (error) {
    // It refuses a page with too many elements, and deep nesting overflows its stack.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
