import { shapeTables } from '../../import/sources/markup/tables.ts';
import {
  byName,
  classesOf,
  element,
  outerHtml,
  parseHtml,
  remove,
  replace,
  unwrap,
} from '../../import/sources/markup/tree.ts';

/**
 * Pasted HTML in the form that web pages have. Word writes lists as paragraphs with a bullet in front, and both Word and
 * Google Docs put the pasted part between comments and into a document with settings of its own.
 */
export function plainHtml(html: string): string {
  const [, fragment = html] = /<!--StartFragment-->([\s\S]*?)(?:<!--EndFragment-->|$)/.exec(html) ?? [];
  return cleaned(
    listsOfWord(
      (fragment + footnotesAfter(html, fragment))
        .replace(/<!--\[if (?!!supportLists)[\s\S]*?<!\[endif\]-->/gi, '')
        .replace(/<\/?(?:o|w|v|m|st1):[\w-]+[^>]*>/gi, '')
        .replace(/<xml>[\s\S]*?<\/xml>/gi, '')
        .replace(/<br[^>]*class="?Apple-interchange-newline"?[^>]*>/gi, ''),
    ),
  );
}

/** Word puts the footnotes of the copied part after it. */
function footnotesAfter(html: string, fragment: string): string {
  if (/mso-element:\s*footnote-list/i.test(fragment)) return '';
  const [list = ''] =
    /<div\b[^>]*mso-element:\s*footnote-list[\s\S]*?(?=<div\b[^>]*mso-element:\s*comment-list|<\/body>|$)/i.exec(
      html,
    ) ?? [];
  return list;
}

/** A deeper tree is refused by the reader of HTML, which says so. */
const bytesMax = 3_000_000;

/** Without comments of colleagues and deleted text, with the quotations and header rows that only the looks tell. */
function cleaned(html: string): string {
  if (html.length > bytesMax || !/\bmso|Mso|<table|<img/i.test(html)) return html;
  let root: ReturnType<typeof parseHtml>;
  try {
    root = parseHtml(html);
  } catch {
    return html;
  }
  for (const each of byName(root, 'div', 'a', 'span', 'del', 'ins', 'p', 'img')) {
    const classes = classesOf(each);
    const style = each.attribs.style ?? '';
    if (/mso-element:\s*comment-list/i.test(style) || /mso-hide:\s*all/i.test(style)) remove(each);
    else if (classes.some((name) => /^(?:msocomanchor|MsoCommentReference)$/i.test(name))) remove(each);
    else if (each.name === 'del' && (classes.includes('msoDel') || byClass(each, 'msoDel'))) remove(each);
    else if (each.name === 'ins' && (classes.includes('msoIns') || byClass(each, 'msoIns'))) unwrap(each);
    else if (each.name === 'p' && classes.some((name) => /^Mso(?:Intense)?Quote(?:CxSp\w+)?$/.test(name)))
      replace(each, [element('blockquote', {}, [element('p', {}, each.children)])]);
    // Mails count who opens them with pictures that nobody sees.
    else if (
      each.name === 'img' &&
      [each.attribs.width, each.attribs.height].some((size) => /^[01](?:px)?$/.test(size ?? ''))
    )
      remove(each);
  }
  shapeTables(root);
  return outerHtml(root);
}

const byClass = (root: Parameters<typeof byName>[0], name: string): boolean =>
  byName(root, 'span').some((span) => classesOf(span).includes(name));

const wordItem = /<p\b[^>]*(?:class="?MsoListParagraph\w*"?|mso-list:\s*l\d)[^>]*>([\s\S]*?)<\/p>/gi;
/** The bullet or number, which Word hides from programs that know its lists. */
const marker =
  /(?:<!--\[if !supportLists\]-->|<!\[if !supportLists\]>)([\s\S]*?)(?:<!--\[endif\]-->|<!\[endif\]>)|<span\b[^>]*mso-list:\s*Ignore[^>]*>([\s\S]*?)<\/span>/i;

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
  for (const match of html.matchAll(wordItem)) {
    const between = html.slice(at, match.index);
    if (between.trim() !== '' || items.length === 0) {
      out += nested(items) + between;
      items = [];
    }
    const [whole, inner = ''] = match;
    const found = marker.exec(inner);
    const words = (found?.[1] ?? found?.[2] ?? '').replace(/<[^>]*>|&nbsp;|\s/g, '');
    const level = Number(/mso-list:[^;"'>]*\blevel(\d)/i.exec(whole)?.[1] ?? 1);
    items.push({ kind: /^\(?[\da-z]{1,4}[.)]/i.test(words) ? 'ol' : 'ul', level, inner: inner.replace(marker, '') });
    at = match.index + whole.length;
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
