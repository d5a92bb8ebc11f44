import type { DefaultTreeAdapterTypes } from 'parse5';
import { directionOf } from '../site/direction.ts';
import { closing, isMarked, opening, unmarked } from './borrowed.ts';
import { hasWords } from './words.ts';

/*
 * WCAG 2.2, 3.1.2: a page has to mark text in another language. Only papers in a language without a translation of the
 * interface have such pages. For other papers, this module is not even loaded.
 */

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;
type Parser = typeof import('parse5');

const voice = 'en';

/** Attributes that are read aloud in the language of their element. */
const spoken = /^(?:aria-(?:label|description|roledescription|valuetext)|alt|title|placeholder|label|summary|abbr)$/;

/** Elements that can contain only text. */
const plain = /^(?:title|option|textarea)$/;

/** Takes a whole page and marks which words are borrowed. */
export type MarkBorrowed = (html: string) => string;

/**
 * Marks borrowed words as English: with `lang="en"`, and with `dir="ltr"` if the page is written from right to left.
 *
 * @param language of the paper, BCP 47
 * @returns undefined if the paper borrows nothing
 */
export async function borrowedMarker(language: string): Promise<MarkBorrowed | undefined> {
  if (hasWords(language)) return undefined;
  const parser = await import('parse5');
  const isTurned = directionOf(language) === 'rtl';
  return (html) => {
    if (!isMarked(html)) return html;
    const page = parser.parse(html, { scriptingEnabled: false });
    new Marking(parser, isTurned).walk(page, language);
    return parser.serialize(page);
  };
}

/** The same for the HTML of a feed, whose attributes contain no built-in words. @param language of the feed, BCP 47 */
export function markBorrowedText(html: string, language: string): string {
  const dir = directionOf(language) === 'rtl' ? ' dir="ltr"' : '';
  return html.replaceAll(opening, `<span lang="${voice}"${dir}>`).replaceAll(closing, '</span>');
}

class Marking {
  readonly #parser: Parser;
  /** The surrounding text is written from right to left. */
  readonly #isTurned: boolean;

  constructor(parser: Parser, isTurned: boolean) {
    this.#parser = parser;
    this.#isTurned = isTurned;
  }

  walk(parent: Parent, language: string): void {
    if ('content' in parent) this.walk(parent.content, language);
    // Elements first, because a text can pass its language to its parent.
    for (const child of [...parent.childNodes]) {
      if (child.nodeName === '#text') this.#text(child as DefaultTreeAdapterTypes.TextNode, language);
      else if ('tagName' in child) this.#element(child, language);
    }
  }

  #element(element: Element, outer: string): void {
    if (/^(?:script|style)$/.test(element.tagName)) return;
    const language = attributeOf(element, 'lang') ?? outer;
    const said = element.attrs.filter(({ value }) => isMarked(value));
    const isSpoken = said.some(({ name }) => spoken.test(name));
    for (const attribute of said) attribute.value = unmarked(attribute.value);
    this.walk(element, language);
    if (isSpoken && language !== voice) {
      for (const child of [...element.childNodes]) this.#restore(child, element, language);
      put(element, 'lang', voice);
    }
  }

  /** Text inside an element that is marked as English still has its own language. */
  #restore(child: Node, parent: Element, language: string): void {
    if ('tagName' in child) {
      if (attributeOf(child, 'lang') === undefined) put(child, 'lang', language);
    } else if (child.nodeName === '#text' && /\p{L}/u.test((child as DefaultTreeAdapterTypes.TextNode).value)) {
      const around = this.#span((child as DefaultTreeAdapterTypes.TextNode).value, [{ name: 'lang', value: language }]);
      replace(parent, child, [around]);
    }
  }

  #text(text: DefaultTreeAdapterTypes.TextNode, language: string): void {
    if (!isMarked(text.value)) return;
    const parent = text.parentNode as Element;
    const pieces = piecesOf(text.value);
    const isAllOurs = pieces.every(({ isOurs, value }) => isOurs || !/\p{L}/u.test(value));
    if (language === voice || !('tagName' in parent) || (plain.test(parent.tagName) && !isAllOurs)) {
      text.value = unmarked(text.value);
      return;
    }
    const isAlone =
      parent.childNodes.every((other) => other === text) && !parent.attrs.some(({ name }) => spoken.test(name));
    if (plain.test(parent.tagName) || (isAllOurs && isAlone && !this.#isTurned && !attributeOf(parent, 'lang'))) {
      text.value = unmarked(text.value);
      put(parent, 'lang', voice);
      return;
    }
    const attributes = [{ name: 'lang', value: voice }];
    if (this.#isTurned) attributes.push({ name: 'dir', value: 'ltr' });
    replace(
      parent,
      text,
      pieces.map(({ isOurs, value }) => (isOurs ? this.#span(value, attributes) : textOf(value))),
    );
  }

  #span(value: string, attributes: Element['attrs']): Element {
    const fragment = this.#parser.parseFragment('<span></span>');
    const span = fragment.childNodes[0] as Element;
    span.attrs = attributes.map((attribute) => ({ ...attribute }));
    const inside = textOf(value);
    inside.parentNode = span;
    span.childNodes = [inside];
    return span;
  }
}

/** Splits a text into borrowed words and other text. */
function piecesOf(text: string): { isOurs: boolean; value: string }[] {
  const pieces: { isOurs: boolean; value: string }[] = [];
  for (const part of text.split(new RegExp(`(${opening}[^${closing}]*${closing}?)`))) {
    if (part === '') continue;
    pieces.push({ isOurs: part.startsWith(opening), value: unmarked(part) });
  }
  return pieces;
}

const attributeOf = (element: Element, name: string): string | undefined =>
  element.attrs.find((attribute) => attribute.name === name)?.value;

function put(element: Element, name: string, value: string): void {
  const known = element.attrs.find((attribute) => attribute.name === name);
  if (known) known.value = value;
  else element.attrs.push({ name, value });
}

const textOf = (value: string): DefaultTreeAdapterTypes.TextNode => ({
  nodeName: '#text',
  value,
  parentNode: null,
});

function replace(parent: Element, old: Node, pieces: (Element | DefaultTreeAdapterTypes.TextNode)[]): void {
  for (const piece of pieces) piece.parentNode = parent;
  parent.childNodes.splice(parent.childNodes.indexOf(old as Element), 1, ...pieces);
}
