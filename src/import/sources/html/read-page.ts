import { arrange, readingNotes } from '../arrange/arrange.ts';
import { type Arranged, comparable } from '../arrange/block.ts';
import { readCredit } from '../lines/credit-line.ts';
import { readDateLine } from '../lines/date-line.ts';
import { htmlToBlocks } from '../markup/html-blocks.ts';
import { shapeTables } from '../markup/tables.ts';
import {
  byName,
  closest,
  type Element,
  elementsOf,
  firstByName,
  type ParentNode,
  parseHtml,
  remove,
  wordsOf,
} from '../markup/tree.ts';
import { type PageFacts, readPageFacts } from './page-facts.ts';
import { findStory, linkShare } from './story-element.ts';

export interface ReadPage extends Arranged {
  /** The address of the page on its site. */
  canonical?: string;
}

const textCharsMin = 140;
const linkShareMax = 0.8;

/**
 * Reads a page that somebody has saved, or that a system has written.
 *
 * @returns the story, or why the page is none
 */
export function readPage(html: string): ReadPage | { reason: string } {
  const page = parseHtml(
    html.replace(/<!--[\s\S]*?-->/g, (comment) => (/saved from url=|url:/.test(comment) ? comment : '')),
  );
  const facts = readPageFacts(page, html);
  if (isRedirect(page)) return { reason: 'a page that only leads to another one' };
  for (const each of byName(page, 'script', 'style')) remove(each);
  const hasWords = wordsOf(firstByName(page, 'body') ?? page) !== '';
  const found = findStory(page, facts.canonical ?? 'https://page.invalid/');
  if (
    found === undefined ||
    (wordsOf(found.root).length < textCharsMin && !facts.isArticle && byName(found.root, 'img').length === 0)
  )
    return { reason: hasWords ? 'a page without a story, such as a list of links' : 'a page without text' };
  if (!facts.isArticle && linkShare(found.root) > linkShareMax)
    return { reason: 'a page without a story, such as a list of links' };
  const before = headingAbove(page, found.root);
  shapeTables(found.root);
  for (const image of byName(found.root, 'img')) if (isSpacer(image.attribs)) remove(image);
  const title = facts.headline ?? before;
  const blocks = htmlToBlocks(found.root);
  const arranged = arrange(blocks, {
    isCopy: true,
    hasPictures: true,
    ...(title === undefined ? {} : { title }),
    isDayFirst: dayFirst(facts.language),
  });
  const opening = figureAbove(page, found.root);
  if (opening !== undefined && !arranged.fields.has('lead')) arranged.fields.set('lead', opening);
  fill(arranged, facts);
  addMeta(arranged, page, found.root);
  arranged.notes.push(...readingNotes(arranged.readings), ...leftOut(page, found.root, found.how));
  if (facts.draft !== undefined) arranged.draft ??= facts.draft;
  return { ...arranged, ...(facts.canonical === undefined ? {} : { canonical: facts.canonical }) };
}

function fill({ fields, html }: Arranged, facts: PageFacts): void {
  const set = (key: string, value: unknown): void => {
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (!isEmpty && !fields.has(key)) fields.set(key, value);
  };
  // What the page says for machines is more exact than what it prints.
  if (facts.byline.length > 0) fields.set('byline', facts.byline);
  if (facts.published !== undefined) fields.set('published', exactDate(facts.published));
  if (facts.updated !== undefined && facts.updated !== facts.published) fields.set('updated', exactDate(facts.updated));
  set('headline', facts.headline);
  set('language', facts.language);
  set('category', facts.section);
  set('tags', facts.topics);
  const standfirst = facts.standfirst;
  // A description that only repeats the beginning of the text would stand twice on the page.
  if (
    standfirst !== undefined &&
    !comparable(html.replace(/<[^<>]*>/g, ' ')).includes(comparable(standfirst.replace(/\s*(?:…|\.\.\.|\[…\])$/, '')))
  )
    set('description', standfirst);
  const picture = facts.picture;
  if (
    picture !== undefined &&
    !fields.has('lead') &&
    !/<img\b/.test(html) &&
    !/logo|default|placeholder|favicon|icon|avatar/i.test(picture.src)
  )
    fields.set('lead', { ...picture });
}

/** JSON-LD has an exact time. A day that was written in words is read here, because the field expects ISO. */
const exactDate = (value: string): string => readDateLine(value)?.published ?? value;

/** Dates and bylines that stand outside of the story, as in most layouts. */
function addMeta({ fields, readings }: Arranged, page: ParentNode, story: ParentNode): void {
  if (!fields.has('published')) {
    const time = elementsOf(page).find(
      (each) =>
        each.name === 'time' ||
        /(?:^|[\s_-])(?:date|time(?:stamp)?|published|entry-date|meta)(?:$|[\s_-])/i.test(each.attribs.class ?? ''),
    );
    const date = time && readDateLine(time.attribs.datetime ?? wordsOf(time));
    if (date?.published !== undefined) {
      fields.set('published', date.published);
      readings.push({ text: wordsOf(time as never), became: 'the date' });
    }
  }
  if (!fields.has('byline')) {
    const author = elementsOf(page).find(
      (each) =>
        /(?:^|\s)author(?:\s|$)/.test(each.attribs.rel ?? '') ||
        /(?:^|[\s_-])(?:byline|author(?:-name)?|by-author|vcard)(?:$|[\s_-])/i.test(each.attribs.class ?? '') ||
        each.attribs.itemprop === 'author',
    );
    const name = author === undefined || author === story ? '' : wordsOf(author);
    if (name !== '' && name.length <= 100) fields.set('byline', name);
  }
}

function headingAbove(page: ParentNode, story: ParentNode): string | undefined {
  const headings = byName(page, 'h1').filter((each) => wordsOf(each) !== '');
  const inside = new Set<unknown>(byName(story, 'h1'));
  const only = headings.length === 1 ? headings[0] : headings.find((each) => inside.has(each));
  return only && wordsOf(only);
}

/** The picture between the headline and the text, which many pages keep outside of what they mark as the text. */
function figureAbove(page: ParentNode, story: ParentNode): Record<string, string> | undefined {
  const all = elementsOf(page);
  const at = all.indexOf(story as Element);
  if (at === -1) return undefined;
  for (const figure of all.slice(0, at)) {
    if (figure.name !== 'figure' || byName(figure, 'figcaption').length === 0) continue;
    if (closest(figure, 'main') === undefined && closest(figure, 'article') === undefined) continue;
    const picture = htmlToBlocks({ children: [figure] } as unknown as ParentNode)[0]?.picture;
    if (picture?.src === undefined || picture.src.startsWith('data:')) continue;
    const { src, alt, caption, credit } = { ...picture, ...(picture.credit ? {} : splitCaption(picture.caption)) };
    return Object.fromEntries(
      Object.entries({ src, alt, caption, credit }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
  }
  return undefined;
}

/** What stood on the page outside of the story, in numbers, so that an editor can see whether too much was left out. */
function leftOut(page: ParentNode, story: ParentNode, how: string): string[] {
  const outside = wordsOf(page).split(' ').length - wordsOf(story).split(' ').length;
  return outside > 0 && how !== 'whole page'
    ? [
        `The story was found ${how === 'by Readability' ? 'by its form' : 'because the page marks it'}. ${outside} words around it were left out.`,
      ]
    : [];
}

function isRedirect(page: ParentNode): boolean {
  return (
    byName(page, 'meta').some(
      ({ attribs }) => attribs['http-equiv']?.toLowerCase() === 'refresh' && /url=/i.test(attribs.content ?? ''),
    ) && wordsOf(page).length < 400
  );
}

/** A picture that counts visits, or that makes room. */
const isSpacer = ({ src = '', width, height }: Record<string, string>): boolean =>
  width === '1' ||
  height === '1' ||
  /(?:^|\/)(?:spacer|pixel|blank|clear|transparent|1x1)\.(?:gif|png)|\/(?:pixel|beacon|track(?:ing)?)[/?]/i.test(src);

const dayFirst = (language: string | undefined): boolean | undefined =>
  language === undefined
    ? undefined
    : !/^en-US$/i.test(language) && !/^en$/i.test(language)
      ? true
      : language.length === 2
        ? undefined
        : false;

const splitCaption = (words: string | undefined): { caption?: string; credit?: string } =>
  words === undefined ? {} : (readCredit(words) ?? { caption: words });
