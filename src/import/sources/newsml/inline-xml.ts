import { type Element, isTag, isText } from 'domhandler';
import { escapeAttribute, escapeText } from '../../../site/markup.ts';
import type { WireItem } from '../wire/wire-item.ts';
import { all, attribute, first, textOf } from './tree.ts';

/** What the elements of NITF are in HTML. Those of XHTML have the same names. */
const fromNitf: Record<string, string> = {
  hl1: 'h2',
  hl2: 'h3',
  media: 'figure',
  'media-caption': 'figcaption',
  'media-producer': 'cite',
  bq: 'blockquote',
  q: 'q',
  fn: 'aside',
};
const nameless = new Set(['block', 'body', 'body.content', 'nitf', 'inlineXML', 'html', 'person', 'org', 'location']);
const dropped = new Set(['head', 'body.head', 'body.end', 'script', 'style', 'title']);
const depthMax = 500;

/** The text of an item: XHTML, NITF, or plain text. Undefined if it has none. */
export function bodyHtml(contentSet: Element | undefined): WireItem['body'] {
  const inline = first(contentSet, 'inlineXML');
  if (inline) {
    const html = htmlOf(first(inline, 'body.content') ?? first(inline, 'body') ?? inline, 0).trim();
    if (html !== '') return { html };
  }
  const data = all(contentSet, 'inlineData').find((each) => textOf(each) !== undefined);
  if (data === undefined) return undefined;
  const text = data.children
    .filter(isText)
    .map((node) => node.data)
    .join('');
  const source = text.trim() === '' ? (textOf(data) ?? '') : text;
  return /html/.test(attribute(data, 'contenttype') ?? '') ? { html: source } : { text: source };
}

/** HTML of the children of an element. @throws {RangeError} if it is nested too deeply */
function htmlOf(element: Element, depth: number): string {
  if (depth > depthMax) throw new RangeError('nested too deeply');
  let html = '';
  for (const node of element.children) {
    if (isText(node)) html += escapeText(node.data);
    else if (node.type === 'cdata')
      html += escapeText(node.children.map((each) => ('data' in each ? each.data : '')).join(''));
    else if (isTag(node) && !dropped.has(node.name)) html += elementOf(node, depth);
  }
  return html;
}

function elementOf(node: Element, depth: number): string {
  if (node.name === 'media-reference') {
    const src = attribute(node, 'source');
    const alt = attribute(node, 'alternate-text') ?? '';
    return src === undefined ? '' : `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt)}">`;
  }
  const inner = htmlOf(node, depth + 1);
  if (nameless.has(node.name)) return inner;
  const name = fromNitf[node.name] ?? node.name;
  if (!/^[a-z][a-z0-9]*$/i.test(name)) return inner;
  const attributes = Object.entries(node.attribs)
    .filter(([key]) => /^(?:href|src|alt|title|cite|colspan|rowspan|scope|lang|dir|id|class)$/.test(key))
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    .join('');
  if (/^(?:img|br|hr)$/.test(name)) return `<${name}${attributes}>`;
  return `<${name}${attributes}>${inner}</${name}>`;
}
