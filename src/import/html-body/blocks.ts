import type { BlockContent, List, ListItem, PhrasingContent } from 'mdast';
import { kindOf } from '../body/draft.ts';
import { wordsOf } from '../markdown-words.ts';
import { convertCard } from './cards.ts';
import { block, inline } from './components.ts';
import type { BodyPictures, Converter, Flow, Footnotes, HtmlContext, Mixed } from './context.ts';
import { convertMedia } from './media.ts';
import { isPhrasing, text, toBlocks, toPhrasing, wrap } from './mixed.ts';
import { convertPicture } from './picture-elements.ts';
import { printLine } from './print.ts';
import { convertQuote } from './quotes.ts';
import { convertTable } from './tables.ts';
import { classesOf, type HtmlElement, type HtmlNode, hasClass, textIn } from './tree.ts';

/** Starts the conversion of a text. */
export function converterOf(context: HtmlContext, pictures: BodyPictures, footnotes: Footnotes): Converter {
  const converter: Converter = {
    context,
    pictures,
    footnotes,
    all: (nodes) => nodes.flatMap((node) => convertNode(node, converter)),
    blocks: (nodes) => toBlocks(converter.all(nodes)),
    phrasing: (nodes) => toPhrasing(converter.all(nodes)),
    line: (nodes) => printLine(converter.phrasing(nodes)),
  };
  return converter;
}

function convertNode(node: HtmlNode, converter: Converter): Mixed[] {
  if (typeof node === 'string') return textNodes(node, converter.context.hasLineParagraphs === true);
  if (converter.footnotes.texts.has(node)) return [];
  const reference = converter.footnotes.references.get(node);
  if (reference !== undefined) return [{ type: 'footnoteReference', identifier: reference, label: reference }];
  return (
    convertCard(node, converter) ??
    convertMedia(node, converter) ??
    convertQuote(node, converter) ??
    convertPicture(node, converter) ??
    convertElement(node, converter)
  );
}

/** @param hasLines whether an empty line ends a paragraph, and any other line a line */
function textNodes(value: string, hasLines: boolean): Mixed[] {
  if (!hasLines || !value.includes('\n')) return [text(value)];
  return value
    .split(/\n[ \t]*(?:\n[ \t]*)+/)
    .flatMap((part, at): Mixed[] => [
      ...(at === 0 ? [] : [{ type: 'paragraphEnd' as const }]),
      ...part
        .split('\n')
        .flatMap((line, lineAt): Mixed[] => [
          ...(lineAt === 0 ? [] : [{ type: 'break' as const }]),
          ...(line === '' ? [] : [text(line)]),
        ]),
    ]);
}

/** Elements that Markdown has no sign for, but stories can contain. */
const keptInline = new Set('sub sup mark kbd small abbr cite q u ins var samp dfn time bdo ruby rt rp'.split(' '));
const keptAttributes: Record<string, string[]> = { abbr: ['title'], dfn: ['title'], time: ['datetime'], bdo: ['dir'] };

function convertElement(node: HtmlElement, converter: Converter): Mixed[] {
  const { tag, children, attributes } = node;
  if (keptInline.has(tag)) {
    const kept = Object.fromEntries((keptAttributes[tag] ?? []).map((name) => [name, attributes[name]]));
    return wrap(converter.all(children), (inner) => inline(tag, kept, inner));
  }
  switch (tag) {
    case 'br':
      return [{ type: 'break' }];
    case 'hr':
      return [{ type: 'thematicBreak' }];
    case 'b':
    case 'strong':
      return isNormal(node, 'weight') ? converter.all(children) : wrap(converter.all(children), strong);
    case 'i':
    case 'em':
      // Icon fonts write an empty <i>.
      return isNormal(node, 'style') ? converter.all(children) : wrap(converter.all(children), emphasis);
    case 's':
    case 'strike':
    case 'del':
      return wrap(converter.all(children), (inner) => ({ type: 'delete', children: inner }));
    case 'span':
    case 'font':
      return convertSpan(node, converter);
    case 'code':
    case 'tt':
      return code(textIn(node));
    case 'a':
      return convertLink(node, converter);
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return convertHeading(node, converter);
    case 'p':
      return [...toBlocks(converter.all(children)), { type: 'paragraphEnd' }];
    case 'pre':
      return convertCode(node, converter);
    case 'ul':
    case 'ol':
    case 'menu':
    case 'dir':
      return convertList(node, converter);
    case 'li':
      return converter.blocks(children);
    case 'table':
      return convertTable(node, converter);
    case 'dl':
      return convertDefinitions(node, converter);
    case 'details': {
      const summary = children.find((child) => typeof child !== 'string' && child.tag === 'summary');
      const rest = converter.blocks(children.filter((child) => child !== summary));
      const title = typeof summary === 'object' ? converter.phrasing(summary.children) : [];
      if (rest.length === 0) return title.length === 0 ? [] : [{ type: 'paragraph', children: title }];
      const head = title.length === 0 ? [] : [block('summary', {}, [{ type: 'paragraph', children: title }])];
      return [block('details', {}, [...head, ...rest])];
    }
    case 'input':
      converter.context.note('html-changed', '<input>', '');
      return [];
    case 'wbr':
      return [];
    default:
      return isBlockElement(tag)
        ? [{ type: 'paragraphEnd' }, ...toBlocks(converter.all(children)), { type: 'paragraphEnd' }]
        : converter.all(children);
  }
}

const blockElements = new Set(
  'address article aside body caption center dd div dt fieldset figcaption footer form header hgroup html label legend main nav section summary tbody td tfoot th thead tr'.split(
    ' ',
  ),
);
const isBlockElement = (tag: string): boolean => blockElements.has(tag);

const strong = (children: PhrasingContent[]): PhrasingContent => ({ type: 'strong', children });
const emphasis = (children: PhrasingContent[]): PhrasingContent => ({ type: 'emphasis', children });

/** Google Docs wraps whole texts in `<b style="font-weight: normal">`. */
const isNormal = ({ attributes }: HtmlElement, what: 'weight' | 'style'): boolean =>
  new RegExp(`font-${what}\\s*:\\s*(?:normal|400)`, 'i').test(attributes.style ?? '');

/** Editors without elements for emphasis write it as a style. */
function convertSpan(node: HtmlElement, converter: Converter): Mixed[] {
  const style = node.attributes.style ?? '';
  let inner = converter.all(node.children);
  if (/font-weight\s*:\s*(?:bold|[6-9]00)/i.test(style)) inner = wrap(inner, strong);
  if (/font-style\s*:\s*italic/i.test(style)) inner = wrap(inner, emphasis);
  if (/text-decoration[^;]*:\s*[^;]*line-through/i.test(style))
    inner = wrap(inner, (children) => ({ type: 'delete', children }));
  return inner;
}

const code = (value: string): Mixed[] => {
  const line = value.replace(/\s+/g, ' ').trim();
  return line === '' ? [] : [{ type: 'inlineCode', value: line }];
};

function convertLink(node: HtmlElement, converter: Converter): Mixed[] {
  const { context } = converter;
  const { href } = node.attributes;
  const inner = converter.all(node.children);
  if (href === undefined) return inner;
  if (!inner.some((child) => isPhrasing(child) && wordsOf(child as never).trim() !== ''))
    if (inner.every(isPhrasing)) return inner;
  const answer = context.link(href);
  if (answer.kind !== 'keep') context.note(kindOf(answer), href, 'url' in answer ? answer.url : '');
  const url = answer.kind === 'keep' ? href.replace(/[\p{Cc}\s]+/gu, '') : 'url' in answer ? answer.url : undefined;
  if (url === undefined) return inner;
  // A link to a part of the page itself leads nowhere if that part has no id in the story.
  if (url.startsWith('#')) return inner;
  const { title } = node.attributes;
  return wrap(inner, (children) => ({
    type: 'link',
    url,
    title: title && title.trim() !== '' && title !== textIn(node).trim() ? title.replace(/\s+/g, ' ').trim() : null,
    children: withoutLinks(children),
  }));
}

/** A link cannot contain another one. */
const withoutLinks = (run: readonly PhrasingContent[]): PhrasingContent[] =>
  run.flatMap((node): PhrasingContent[] => {
    if (node.type === 'link') return withoutLinks(node.children);
    if ('children' in node) return [{ ...node, children: withoutLinks(node.children) } as PhrasingContent];
    return [node];
  });

function convertHeading(node: HtmlElement, converter: Converter): Mixed[] {
  const mixed = converter.all(node.children);
  // A heading holds only text, so pictures come before it. Until their texts are decided, they are empty paragraphs.
  const pictures = mixed.filter(
    (child) => !isPhrasing(child) && !(child.type === 'paragraph' && child.children.length > 0),
  );
  const words = toPhrasing(mixed.filter((child) => !(pictures as Mixed[]).includes(child))).filter(
    ({ type }) => type !== 'break',
  );
  // The headline of the story is the heading of the first level.
  const depth = Math.max(2, Number(node.tag.slice(1))) as 2 | 3 | 4 | 5 | 6;
  return [
    ...pictures,
    ...(words.some((word) => wordsOf(word).trim() !== '')
      ? [{ type: 'heading' as const, depth, children: words.flatMap(withoutStrong) }]
      : []),
    { type: 'paragraphEnd' },
  ];
}

/** A heading is bold already. */
const withoutStrong = (node: PhrasingContent): PhrasingContent[] => (node.type === 'strong' ? node.children : [node]);

function convertCode(node: HtmlElement, converter: Converter): Mixed[] {
  const inner = node.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  const only = inner.length === 1 && typeof inner[0] === 'object' && inner[0].tag === 'code' ? inner[0] : undefined;
  // Verses keep their lines and their emphasis.
  if (!only && hasClass(node, 'wp-block-verse', 'wp-block-preformatted')) {
    const lines = { ...converter.context, hasLineParagraphs: true };
    return [...toBlocks(converterOf(lines, converter.pictures, converter.footnotes).all(node.children))];
  }
  const language = [...classesOf(node), ...(only ? classesOf(only) : [])]
    .map((name) => /^(?:language|lang|brush:?)-?([\w+#-]+)$/i.exec(name)?.[1])
    .find(Boolean);
  const value = withBreaks(node).replace(/^\n|\n$/g, '');
  return value.trim() === '' ? [] : [{ type: 'code', lang: language ?? null, value }];
}

const withBreaks = (node: HtmlNode): string =>
  typeof node === 'string' ? node : node.tag === 'br' ? '\n' : node.children.map(withBreaks).join('');

function convertList(node: HtmlElement, converter: Converter): Mixed[] {
  const items: ListItem[] = [];
  for (const child of node.children) {
    if (typeof child !== 'string' && converter.footnotes.texts.has(child)) continue;
    const content = typeof child === 'string' ? converter.blocks([child]) : itemContent(child, converter);
    if (content.length === 0) continue;
    const isNested = typeof child !== 'string' && (child.tag === 'ul' || child.tag === 'ol');
    const last = items.at(-1);
    // Some editors put a nested list beside the item that it belongs to.
    if (isNested && last) last.children.push(...(content as BlockContent[]));
    else
      items.push({ type: 'listItem', spread: false, checked: checkedOf(child), children: content as BlockContent[] });
  }
  if (items.length === 0) return [];
  const isLoose = (item: ListItem) => item.children.filter(({ type }) => type !== 'list').length > 1;
  const spread = items.some(isLoose);
  for (const item of items) item.spread = spread;
  const start = Number(node.attributes.start ?? 1);
  const list: List = {
    type: 'list',
    ordered: node.tag === 'ol',
    spread,
    start: node.tag === 'ol' ? (Number.isSafeInteger(start) && start >= 0 && start < 1e9 ? start : 1) : null,
    children: items,
  };
  return [list];
}

const itemContent = (child: HtmlElement, converter: Converter): Flow[] =>
  child.tag === 'li' ? converter.blocks(child.children) : converter.blocks([child]);

function checkedOf(node: HtmlNode): boolean | null {
  if (typeof node === 'string') return null;
  const box = node.children.find((child) => typeof child !== 'string' && child.tag === 'input');
  return typeof box === 'object' && box.attributes.type === 'checkbox' ? 'checked' in box.attributes : null;
}

function convertDefinitions(node: HtmlElement, converter: Converter): Mixed[] {
  const inside = node.children
    .flatMap((child) => (typeof child !== 'string' && child.tag === 'div' ? child.children : [child]))
    .filter((child) => typeof child !== 'string' || child.trim() !== '');
  const isEntry = (child: HtmlNode): child is HtmlElement =>
    typeof child !== 'string' && (child.tag === 'dt' || child.tag === 'dd');
  if (!inside.every(isEntry)) return converter.blocks(inside);
  const entries = inside.filter(isEntry);
  const parts = entries.flatMap((entry) => {
    const content = converter.blocks(entry.children);
    return content.length === 0 ? [] : [block(entry.tag, {}, content)];
  });
  if (parts.length === 0) return converter.blocks(node.children);
  // A list of terms without a definition, or the other way round, is not valid.
  if (parts[0]?.name !== 'dt' || parts.at(-1)?.name !== 'dd')
    return parts.flatMap(({ children }) => children as Flow[]);
  return [block('dl', {}, parts)];
}
