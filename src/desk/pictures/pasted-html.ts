import { shapeTables } from '../../import/sources/markup/tables.ts';
import {
  byName,
  classesOf,
  type Element,
  element,
  outerHtml,
  parseShallowHtml,
  replaceEach,
} from '../../import/sources/markup/tree.ts';

/*
 * The HTML comes from anywhere. No expression here may look for something further on from each of many places, because a
 * page made for that would stop the desk: a tag ends before the next `<`, and what has no end is looked for once.
 */

/** A tag with values that can contain `>`. */
const tag = (name: string): RegExp => new RegExp(`<${name}(?:[^<>"']|"[^"<]*"|'[^'<]*')*>`, 'gi');

const officeTag = tag('/?(?:o|w|v|m|st1):[\\w-]');
const breakTag = tag('br');

/**
 * Pasted HTML in the form that web pages have. Word writes lists as paragraphs with a bullet in front, and both Word and
 * Google Docs put the pasted part between comments and into a document with settings of its own.
 *
 * @param keepsPicture gets the address of each picture, and says whether it stays
 */
export function plainHtml(html: string, keepsPicture: (url: string) => boolean = () => true): string {
  const [, fragment = html] = /<!--StartFragment-->([\s\S]*?)(?:<!--EndFragment-->|$)/.exec(html) ?? [];
  const all = fragment + footnotesAfter(html, fragment);
  const shown = without(all, /<!--\[if (?!!supportLists)/gi, /<!\[endif\]-->/gi).replace(officeTag, '');
  const plain = without(shown, /<xml>/gi, /<\/xml>/gi).replace(breakTag, (each) =>
    /class="?Apple-interchange-newline/i.test(each) ? '' : each,
  );
  return cleaned(listsOfWord(plain), keepsPicture);
}

/** The first match at or after an offset. */
function next(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

/** A text without the parts from a start to the next end. A start without an end stays. */
function without(text: string, start: RegExp, end: RegExp): string {
  let out = '';
  let at = 0;
  for (let from = next(start, text, at); from; from = next(start, text, at)) {
    const to = next(end, text, from.index + from[0].length);
    if (!to) break;
    out += text.slice(at, from.index);
    at = to.index + to[0].length;
  }
  return out + text.slice(at);
}

/** Word puts the footnotes of the copied part after it. */
function footnotesAfter(html: string, fragment: string): string {
  const footnotes = /mso-element:\s*footnote-list/i;
  if (footnotes.test(fragment)) return '';
  let start: number | undefined;
  for (const { 0: each, index } of html.matchAll(/<div\b[^<>]*>|<\/body>/gi)) {
    if (start === undefined) {
      if (footnotes.test(each)) start = index;
    } else if (/^<\/body|mso-element:\s*comment-list/i.test(each)) return html.slice(start, index);
  }
  return start === undefined ? '' : html.slice(start);
}

/** A deeper tree is refused by the reader of HTML, which says so. */
const bytesMax = 3_000_000;
const nestingMax = 20_000;

/** Without comments of colleagues and deleted text, with the quotations and header rows that only the looks tell. */
function cleaned(html: string, keepsPicture: (url: string) => boolean): string {
  if (html.length > bytesMax || !/\bmso|Mso|<table|<img/i.test(html)) return html;
  let root: ReturnType<typeof parseShallowHtml>;
  try {
    root = parseShallowHtml(html, nestingMax);
  } catch {
    return html;
  }
  replaceEach(root, (each) => {
    const classes = classesOf(each);
    const style = each.attribs.style ?? '';
    const { name } = each;
    if (name === 'img') return isCounter(each) || !keepsPicture(each.attribs.src ?? '') ? [] : undefined;
    if (!['div', 'a', 'span', 'del', 'ins', 'p'].includes(name)) return undefined;
    if (/mso-element:\s*comment-list/i.test(style) || /mso-hide:\s*all/i.test(style)) return [];
    if (classes.some((one) => /^(?:msocomanchor|MsoCommentReference)$/i.test(one))) return [];
    if (name === 'del' && (classes.includes('msoDel') || byClass(each, 'msoDel'))) return [];
    if (name === 'ins' && (classes.includes('msoIns') || byClass(each, 'msoIns'))) return each.children;
    if (name === 'p' && classes.some((one) => /^Mso(?:Intense)?Quote(?:CxSp\w+)?$/.test(one)))
      return [element('blockquote', {}, [element('p', {}, each.children)])];
    return undefined;
  });
  shapeTables(root);
  return outerHtml(root);
}

/** Mails count who opens them with pictures that nobody sees. */
const isCounter = ({ attribs }: Element): boolean =>
  [attribs.width, attribs.height].some((size) => /^[01](?:px)?$/.test(size ?? ''));

const byClass = (root: Parameters<typeof byName>[0], name: string): boolean =>
  byName(root, 'span').some((span) => classesOf(span).includes(name));

const itemTag = /class="?MsoListParagraph|mso-list:\s*l\d/i;

/** Where the bullet or number of an item is, which Word hides from programs that know its lists, and its HTML. */
function markerIn(inner: string): { start: number; end: number; sign: string } | undefined {
  const found = (match: RegExpExecArray, end: RegExp) => {
    const from = match.index + match[0].length;
    const to = next(end, inner, from);
    return to && { start: match.index, end: to.index + to[0].length, sign: inner.slice(from, to.index) };
  };
  const condition = /<!(?:--)?\[if !supportLists\](?:--)?>/gi.exec(inner);
  const marked = condition && found(condition, /<!(?:--)?\[endif\](?:--)?>/gi);
  if (marked) return marked;
  for (const match of inner.matchAll(/<span\b[^<>]*>/gi))
    if (/mso-list:\s*Ignore/i.test(match[0])) return found(match, /<\/span>/gi) ?? undefined;
  return undefined;
}

interface Item {
  kind: 'ol' | 'ul';
  level: number;
  inner: string;
}

/** Items that follow each other are one list, with lists in it as deep as Word says. */
function listsOfWord(html: string): string {
  let out = '';
  let at = 0;
  let items: Item[] = [];
  const paragraph = /<p\b[^<>]*>/gi;
  for (let match = next(paragraph, html, 0); match; match = next(paragraph, html, paragraph.lastIndex)) {
    const [opening] = match;
    if (!itemTag.test(opening)) continue;
    const from = match.index + opening.length;
    const to = next(/<\/p>/gi, html, from);
    if (!to) break;
    const between = html.slice(at, match.index);
    if (between.trim() !== '' || items.length === 0) {
      out += nested(items) + between;
      items = [];
    }
    const inner = html.slice(from, to.index);
    const marker = markerIn(inner);
    const words = (marker?.sign ?? '').replace(/<[^<>]*>|&nbsp;|\s/g, '');
    const [, list = ''] = /mso-list:([^;"'>]*)/i.exec(opening) ?? [];
    items.push({
      kind: /^\(?[\da-z]{1,4}[.)]/i.test(words) ? 'ol' : 'ul',
      level: Number(/\blevel(\d)/i.exec(list)?.[1] ?? 1),
      inner: marker ? inner.slice(0, marker.start) + inner.slice(marker.end) : inner,
    });
    at = to.index + to[0].length;
    paragraph.lastIndex = at;
  }
  return out + nested(items) + html.slice(at);
}

function nested(items: readonly Item[]): string {
  let out = '';
  const open: Item['kind'][] = [];
  const close = () => {
    out += `</li></${open.pop()}>`;
  };
  for (const { kind, level, inner } of items) {
    const depth = Math.min(level, open.length + 1);
    while (open.length > depth) close();
    if (open.length === depth && open.at(-1) !== kind) close();
    if (open.length === depth) out += '</li><li>';
    else {
      open.push(kind);
      out += `<${kind}><li>`;
    }
    out += inner;
  }
  while (open.length > 0) close();
  return out;
}
