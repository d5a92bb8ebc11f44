import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { en } from '../i18n/languages/en.ts';
import { paperOf } from './borrowed-words.fixture.ts';
import { documentOf, documentsOf } from './heard.fixture.ts';
import { type SmallNewsroom, smallNewsroom } from './small-newsroom.fixture.ts';

/*
 * WCAG 2.2, 3.1.2: a paper in a language without a translation prints English words and marks them: each is in an
 * element with `lang="en"`, and with `dir="ltr"` on a page written from right to left. The paper's own text stays in
 * its language.
 */

vi.setConfig({ testTimeout: 240_000 });

/**
 * The words of the paper: each consists of letters of a script, or for Welsh, of letters that no English word combines.
 */
const papers = [
  { language: 'he', word: 'שלום', own: /\p{Script=Hebrew}/u, isRightToLeft: true },
  { language: 'th', word: 'สวัสดี', own: /\p{Script=Thai}/u, isRightToLeft: false },
  { language: 'cy', word: 'Llŷn', own: /Llŷn/u, isRightToLeft: false },
];

/** All texts of the English vocabulary, without what fills a gap. */
function phrasesOf(words: unknown): string[] {
  if (typeof words === 'string') return [words.trim()];
  if (typeof words === 'function')
    return String(words('\0', '\0'))
      .split('\0')
      .map((text) => text.trim());
  return Object.values(words as object).flatMap(phrasesOf);
}
const phrases = phrasesOf(en).filter((text) => /\p{L}{2}/u.test(text));
const isOfVocabulary = (text: string) =>
  phrases.some((phrase) => new RegExp(`(?<!\\p{L})${RegExp.escape(phrase)}(?!\\p{L})`, 'u').test(text));

/** English words, apart from addresses, email, and proper names. */
const isEnglish = (text: string, own: RegExp) =>
  isOfVocabulary(text) || (!own.test('Llŷn') && /\p{Script=Latin}{2}/u.test(text));

const languageAt = (element: Element | null) => element?.closest('[lang]')?.getAttribute('lang');
const directionAt = (element: Element | null) => element?.closest('[dir]')?.getAttribute('dir') ?? 'ltr';

/** The text of a page that is in the wrong language or direction. */
function wrongIn(document: Document, { own, isRightToLeft, language }: (typeof papers)[number]): string[] {
  const wrong: string[] = [];
  const judge = (written: string, element: Element | null, where: string, isShown = true) => {
    // Addresses, and the letters that number links in print, belong to no language.
    const text = written.replace(/\S+\.\S+/g, '');
    if (!/\p{L}{2}/u.test(text)) return;
    const marked = languageAt(element);
    const shown = `${where} “${text.trim().slice(0, 60)}” is ${marked} ${directionAt(element)}`;
    const isOurs = isEnglish(text, own);
    if (isOurs && own.test(text) && isShown) wrong.push(`mixed: ${shown}`);
    else if (isOurs ? marked !== 'en' : own.test(text) && marked !== language) wrong.push(shown);
    else if (isShown && isRightToLeft && own.test(text) === (directionAt(element) !== 'rtl')) wrong.push(shown);
  };
  const { NodeFilter } = document.defaultView as unknown as { NodeFilter: { SHOW_TEXT: number } };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode())
    if (!node.parentElement?.closest('script, style'))
      judge(node.textContent ?? '', node.parentElement, `<${node.parentElement?.tagName.toLowerCase()}>`);
  for (const name of ['alt', 'aria-label', 'aria-description', 'title', 'placeholder'])
    for (const element of document.body.querySelectorAll(`[${name}]`))
      judge(element.getAttribute(name)!, element, `${element.tagName.toLowerCase()} ${name}`, false);
  return [...new Set(wrong)];
}

describe.each(papers)('a paper in $language', (paper) => {
  let newsroom: SmallNewsroom;
  beforeAll(async () => {
    newsroom = smallNewsroom(await paperOf(paper.language, paper.word));
    await newsroom.press();
  }, 240_000);
  afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

  test('says on every page which words are English, and only about those', () => {
    const pages = documentsOf(newsroom);
    const kinds = [
      'index.html',
      '404.html',
      'about/index.html',
      'us/index.html',
      'search/index.html',
      'corrections/index.html',
      'corrections/2025/index.html',
      's1/index.html',
      'topics/long/index.html',
      'authors/ann/index.html',
      'series/long/index.html',
      '2025/index.html',
      '2025/05/index.html',
    ];
    expect(pages.map(([file]) => file)).toEqual(expect.arrayContaining(kinds));
    const wrong = new Map(pages.map(([file, document]) => [file, wrongIn(document, paper)]));
    expect([...wrong].filter(([, found]) => found.length > 0)).toEqual([]);
    // Every page must contain built-in words, or the test would check nothing.
    for (const [file, document] of pages)
      if (!document.querySelector('meta[http-equiv="refresh"]'))
        expect(document.querySelectorAll('[lang="en"]').length, file).toBeGreaterThan(5);
  });

  test('leaves no marker in any file', () => {
    const marked = [...newsroom.dist()].filter(([, text]) =>
      /[\uE000-\uF8FF]/.test(Buffer.from(text, 'latin1').toString()),
    );
    expect(marked.map(([file]) => file).filter((file) => /\.(?:html|xml|txt|css|svg)$/.test(file))).toEqual([]);
  });

  test('does the same in its feed', () => {
    const feed = Buffer.from(newsroom.dist().get('feed.xml')!, 'latin1').toString();
    const span = `<span lang="en"${paper.isRightToLeft ? ' dir="ltr"' : ''}>Correction</span>`;
    expect(feed).toContain(span);
  });
});

test('canary: a built-in word without a language, even in a label, and a word of the paper in English are detected', () => {
  const [he] = papers;
  const page = (body: string) => documentOf(`<html lang="he" dir="rtl"><body>${body}</body></html>`);
  expect(wrongIn(page('<p>Latest</p>'), he!)).toHaveLength(1);
  expect(wrongIn(page('<p lang="en">Latest</p>'), he!)).toHaveLength(1);
  expect(wrongIn(page('<nav aria-label="Sections"><a>שלום</a></nav>'), he!)).toHaveLength(1);
  expect(wrongIn(page('<nav aria-label="Sections" lang="en"><a>שלום</a></nav>'), he!)).toHaveLength(1);
  expect(wrongIn(page('<p lang="en" dir="ltr">Stories about שלום</p>'), he!)).toHaveLength(1);
  expect(wrongIn(page('<p lang="en" dir="ltr">Latest</p> <p>שלום</p>'), he!)).toEqual([]);
});

test('a paper in a language with a translation has nothing marked', async () => {
  const newsroom = smallNewsroom(await paperOf('de', 'Größe'));
  await newsroom.press();
  const pages = documentsOf(newsroom);
  rmSync(newsroom.site, { recursive: true, force: true });
  const marked = pages.filter(([, page]) => page.body.querySelector('span[lang], nav[lang]'));
  expect(marked.map(([file]) => file)).toEqual([]);
});
