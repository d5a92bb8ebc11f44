import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { escapeText } from '../site/markup.ts';
import { printable } from '../site/printable.ts';
import { withEmoji } from './emoji.ts';
import { formatUrl } from './markdown-words.ts';

/*
 * The words of front matter and captions. Old generators print them through HTML and Markdown, so they contain tags,
 * entities, and emphasis, which a newsroom's fields would print unchanged.
 */

/** One line of plain text: without tags, entities, emphasis, and the addresses of links. */
export function plainWords(text: string): string {
  const line = withoutMarkdown(withEmoji(textOfHtml(text)));
  return printable(line.normalize('NFC')).replace(/\s+/g, ' ').trim();
}

/** The text of HTML. Blocks are separated by a space. */
export function textOfHtml(text: string): string {
  if (!/[<&]/.test(text)) return text;
  let words = '';
  walk(parseFragment(escapeLoose(text)), (node, isOpen) => {
    if (node.nodeName === '#text') words += (node as DefaultTreeAdapterTypes.TextNode).value;
    else if (isOpen !== undefined && blocks.test(node.nodeName)) words += ' ';
  });
  return /&(?:#\d+|#x[\da-f]+|[lr][sd]quo|hellip|[nm]dash|nbsp|amp|quot);/i.test(words) && words !== text
    ? textOfHtml(words)
    : words;
}

/** "a < b" is text, and so is a tag that no HTML has. */
const escapeLoose = (text: string): string =>
  text.replace(/<(?!\/?(?:[a-z][a-z0-9]{0,10})(?:\s[^<>]*)?\/?>|!--)/gi, escapeText);

const blocks = /^(?:p|br|div|ul|ol|li|h[1-6]|blockquote|hr|table|tr|td|figure|figcaption|section|article)$/;
const unread = /^(?:script|style|template)$/;

type Node = DefaultTreeAdapterTypes.Node;

const nestingMax = 200;

/** @param visit called before the children of an element, and after them with `isOpen` false. Texts have no `isOpen` */
function walk(node: Node, visit: (node: Node, isOpen?: boolean) => void, depth = 0): void {
  if (unread.test(node.nodeName) || depth > nestingMax) return;
  const children = 'childNodes' in node ? node.childNodes : undefined;
  visit(node, children && true);
  for (const child of children ?? []) walk(child, visit, depth + 1);
  if (children) visit(node, false);
}

/** Emphasis, code, links, and escapes of Markdown as their words. An underscore within a word stays. */
export function withoutMarkdown(text: string): string {
  if (!/[*_`[\]\\~]/.test(text)) return text;
  return text
    .replace(/!?\[([^\][]*)\](?:\([^()\s]*(?:\s+"[^"]*")?\)|\[[^\][]*\])/g, '$1')
    .replace(/(?<![\\*\w])(\*{1,3})(?=\S)([^*\n]*[^*\s\\])\1(?![*\w])/g, '$2')
    .replace(/(?<![\\\w])(_{1,3})(?=[^\s_])([^_\n]*[^_\s\\])\1(?!\w)/g, (whole, marks: string, words: string) =>
      marks.length === 2 && !/\s/.test(words) ? whole : words,
    )
    .replace(/(?<!\\)`+([^`\n]+)`+/g, '$1')
    .replace(/(?<!\w)~~([^~\n]+)~~(?!\w)/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~"'])/g, '$1');
}

/**
 * A caption as one line of Markdown: links and emphasis stay, whether they were HTML or Markdown, and anything else
 * becomes its words.
 *
 * @param link the complete address that a link leads to, or undefined if its words are enough
 */
export function captionWords(text: string, link: (url: string) => string | undefined): string {
  const isHtml = /<\/?[a-z][^<>]*>|&(?:#?\w+);/i.test(text);
  const marked = withEmoji(isHtml ? markdownOfHtml(text, link) : text);
  return marked
    .replace(/!\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/\[((?:[^\][]|\\[[\]])*)\]\(\s*<?([^()\s<>]*)>?(?:\s+"[^"]*")?\s*\)/g, (_, words: string, url: string) => {
      const complete = /^(?:https?|mailto|tel):/i.test(url) ? (link(url) ?? url) : link(url);
      return complete !== undefined && /^(?:(?:https?|mailto|tel):|\/(?!\/))/i.test(complete) && words.trim() !== ''
        ? `[${words}](${complete})`
        : words;
    })
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}

const marks: Record<string, string> = { em: '*', i: '*', cite: '*', strong: '**', b: '**' };

function markdownOfHtml(html: string, link: (url: string) => string | undefined): string {
  let words = '';
  const open: { href?: string; from: number }[] = [];
  walk(parseFragment(escapeLoose(html)), (node, isOpen) => {
    if (node.nodeName === '#text') {
      // Markdown beside the HTML stays Markdown.
      words += (node as DefaultTreeAdapterTypes.TextNode).value;
      return;
    }
    if (isOpen === undefined) return;
    if (node.nodeName === 'a' && 'attrs' in node) {
      if (isOpen) open.push({ href: node.attrs.find(({ name }) => name === 'href')?.value, from: words.length });
      else {
        const { href, from } = open.pop() ?? { from: words.length };
        const url = href === undefined ? undefined : /^(?:https?|mailto|tel):/i.test(href) ? href : link(href);
        const inside = words.slice(from);
        if (url !== undefined && inside.trim() !== '')
          words = `${words.slice(0, from)}[${inside.replace(/[[\]]/g, '\\$&')}](${formatUrl(url)})`;
      }
      return;
    }
    const mark = marks[node.nodeName];
    if (mark !== undefined) words = isOpen ? words + mark : closeMark(words, mark);
    else if (blocks.test(node.nodeName)) words += ' ';
  });
  return words;
}

/** Emphasis ends beside its last letter, and empty emphasis is none. */
function closeMark(words: string, mark: string): string {
  const trimmed = words.trimEnd();
  if (trimmed.endsWith(mark)) return trimmed.slice(0, -mark.length) + words.slice(trimmed.length);
  return trimmed + mark + words.slice(trimmed.length);
}
