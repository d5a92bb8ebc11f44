import { JSDOM } from 'jsdom';
import type { SmallNewsroom } from './small-newsroom.fixture.ts';

/**
 * What a screen reader reads aloud from pages, as far as the page itself determines it: order, names, and languages.
 * For tests.
 */

/** The pages of a built newsroom, parsed as a browser parses them. */
export const documentsOf = (newsroom: SmallNewsroom): [file: string, document: Document][] =>
  [...newsroom.dist()]
    .filter(([file]) => file.endsWith('.html'))
    .map(([file, text]) => [file, documentOf(Buffer.from(text, 'latin1').toString('utf8'))]);

export const documentOf = (html: string): Document => new JSDOM(html).window.document;

/** Text as it is spoken: white space is collapsed. */
export const said = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** A script that identifies a language, so that a test can tell which text is in which. */
export interface Tongue {
  language: string;
  letters: RegExp;
  isRightToLeft: boolean;
}

export const tongues: Tongue[] = [
  { language: 'ar', letters: /\p{Script=Arabic}/u, isRightToLeft: true },
  { language: 'he', letters: /\p{Script=Hebrew}/u, isRightToLeft: true },
  { language: 'el', letters: /\p{Script=Greek}/u, isRightToLeft: false },
  { language: 'en', letters: /\p{Script=Latin}/u, isRightToLeft: false },
];

/**
 * Texts whose letters belong to another language than the page declares, or that have the wrong direction (WCAG 3.1.2).
 *
 * @param names of people, which do not belong to a language
 */
export function wronglyMarked(document: Document, names: readonly string[] = []): string[] {
  const wrong: string[] = [];
  const judge = (words: string, element: Element | null, isShown = true) => {
    const tongue = tongues.find(({ letters }) => letters.test(words));
    if (!tongue || names.includes(words)) return;
    const marked = element?.closest('[lang]')?.getAttribute('lang')?.split('-')[0];
    const direction = element?.closest('[dir]')?.getAttribute('dir') ?? 'ltr';
    if (marked !== tongue.language) wrong.push(`"${words}" is marked as ${marked}`);
    else if (isShown && (direction === 'rtl') !== tongue.isRightToLeft) wrong.push(`"${words}" runs ${direction}`);
  };
  const { NodeFilter } = document.defaultView as unknown as { NodeFilter: { SHOW_TEXT: number } };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode())
    if (!node.parentElement?.closest('script')) judge(node.textContent!.trim(), node.parentElement);
  for (const element of document.body.querySelectorAll('[alt], [aria-label], [title]'))
    for (const name of ['alt', 'aria-label', 'title']) judge(element.getAttribute(name) ?? '', element, false);
  return wrong;
}

/** Places in which one address takes two stops of the Tab key: cards, boxes, navigation, and sections. */
export function doubleStops(document: Document): string[] {
  const places = [...document.querySelectorAll('article.card, aside, nav, main section, main li, main header')];
  return places.flatMap((place) => {
    const hrefs = [...place.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')!);
    return hrefs
      .filter((href, at) => hrefs.indexOf(href) < at)
      .map((href) => `${href} in <${place.outerHTML.slice(1, 60)}`);
  });
}
