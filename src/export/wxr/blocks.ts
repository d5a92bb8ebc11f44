import { type DefaultTreeAdapterTypes, parseFragment, serializeOuter } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.ChildNode;

/**
 * HTML as blocks of WordPress's editor. WordPress shows a post without blocks through filters that guess paragraphs from
 * line breaks, and its editor offers to convert it.
 *
 * Only blocks whose markup is certain are written as such. Everything else is a block of custom HTML, which the editor
 * shows as it is.
 *
 * @param html valid, as `plainHtml` prints it
 */
export function blocksOf(html: string): string {
  const blocks: string[] = [];
  for (const node of parseFragment(html).childNodes) {
    if (!isElement(node)) {
      const text = 'value' in node ? node.value.trim() : '';
      if (text !== '') blocks.push(custom(serializeOuter(node)));
      continue;
    }
    blocks.push((shapes[node.nodeName] ?? other)(node));
  }
  return blocks.join('\n\n');
}

type Shape = (element: Element) => string;

const other: Shape = (element) => custom(serializeOuter(element));
const custom = (html: string): string => block('html', {}, html.trim());

const shapes: Record<string, Shape> = {
  p: (element) => {
    const [only, ...more] = Object.keys(attributesOf(element));
    const { class: name } = attributesOf(element);
    if (only !== undefined && (only !== 'class' || more.length > 0)) return other(element);
    return block('paragraph', name === undefined ? {} : { className: name }, line(element));
  },
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  hr: () => block('separator', {}, '<hr class="wp-block-separator has-alpha-channel-opacity"/>'),
  ul: list,
  ol: list,
  figure,
};

function heading(element: Element): string {
  const { id, ...more } = attributesOf(element);
  if (Object.keys(more).length > 0) return other(element);
  const level = Number(element.nodeName.slice(1));
  put(element, 'class', 'wp-block-heading', true);
  if (id !== undefined) put(element, 'id', id);
  return block('heading', level === 2 ? {} : { level }, line(element));
}

function list(element: Element): string {
  const items = element.childNodes.filter(isElement);
  const isSimple =
    Object.keys(attributesOf(element)).length === 0 &&
    items.every((item) => item.nodeName === 'li' && item.attrs.length === 0 && item.childNodes.every(isInline));
  if (!isSimple) return other(element);
  const inner = items.map((item) => block('list-item', {}, line(item))).join('\n\n');
  const isOrdered = element.nodeName === 'ol';
  return block(
    'list',
    isOrdered ? { ordered: true } : {},
    `<${element.nodeName} class="wp-block-list">${inner}</${element.nodeName}>`,
  );
}

function figure(element: Element): string {
  const { class: mark, ...more } = attributesOf(element);
  if (Object.keys(more).length > 0) return other(element);
  const [first, second, ...rest] = element.childNodes.filter((node) => isElement(node) || !isBlank(node));
  if (!first || !isElement(first) || rest.length > 0) return other(element);
  const caption = second && isElement(second) && second.nodeName === 'figcaption' ? second : undefined;
  if (second && !caption) return other(element);
  if (mark === 'pull-quote' && first.nodeName === 'blockquote') return pullQuote(first, caption);
  const id = /^wp-image-(\d+)$/.exec(attributesOf(first).class ?? '')?.[1];
  if (mark !== undefined || first.nodeName !== 'img' || id === undefined) return other(element);
  // The order of the attributes is that of WordPress, because its editor compares them.
  const { src = '', alt = '' } = attributesOf(first);
  first.attrs = [];
  put(first, 'src', src);
  put(first, 'alt', alt);
  put(first, 'class', `wp-image-${id}`);
  put(element, 'class', 'wp-block-image size-full');
  if (caption) put(caption, 'class', 'wp-element-caption');
  return block('image', { id: Number(id), sizeSlug: 'full', linkDestination: 'none' }, closed(serializeOuter(element)));
}

function pullQuote(quotation: Element, caption: Element | undefined): string {
  const words = quotation.childNodes.map((node) => serializeOuter(node)).join('');
  const by = caption ? `<cite>${caption.childNodes.map((node) => serializeOuter(node)).join('')}</cite>` : '';
  return block('pullquote', {}, `<figure class="wp-block-pullquote"><blockquote>${words}${by}</blockquote></figure>`);
}

/** The editor compares its own form of these with ours. */
const closed = (html: string): string => html.replace(/<(img|br|hr)\b([^<>]*[^<>/])?>/g, '<$1$2/>');

/** An element on one line, because line breaks in it would become line breaks of the text. */
const line = (element: Element): string => closed(serializeOuter(element)).replace(/\s*\n\s*/g, ' ');

function block(name: string, attributes: object, html: string): string {
  // `--` would end the comment.
  const json =
    Object.keys(attributes).length === 0 ? '' : ` ${JSON.stringify(attributes).replaceAll('--', '\\u002d\\u002d')}`;
  return `<!-- wp:${name}${json} -->\n${html}\n<!-- /wp:${name} -->`;
}

const isElement = (node: Node): node is Element => 'tagName' in node;
const isBlank = (node: Node): boolean => node.nodeName === '#text' && 'value' in node && node.value.trim() === '';

const inline = new Set(
  '#text a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);
const isInline = (node: Node): boolean => inline.has(node.nodeName);

const attributesOf = ({ attrs }: Element): Record<string, string> =>
  Object.fromEntries(attrs.map(({ name, value }) => [name, value]));

function put(element: Element, name: string, value: string, isFirst = false): void {
  element.attrs = element.attrs.filter((each) => each.name !== name);
  if (isFirst) element.attrs.unshift({ name, value });
  else element.attrs.push({ name, value });
}
