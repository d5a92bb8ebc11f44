import { parseSrcset } from 'srcset';
import { kindOf } from '../body/draft.ts';
import { creditOf, splitCredit } from '../credit-line.ts';
import { block } from './components.ts';
import type { Converter, Flow, FoundPicture, Mixed } from './context.ts';
import { originalAddress } from './original-address.ts';
import { lineNode, printLine } from './print.ts';
import { without } from './quotes.ts';
import { classesOf, elementsIn, find, type HtmlElement, hasClass, wordsIn } from './tree.ts';

/** Pictures, figures, and galleries. */
export function convertPicture(node: HtmlElement, converter: Converter): Mixed[] | undefined {
  if (isGallery(node)) return convertGallery(node, converter);
  if (node.tag === 'figure' || isCaptioned(node)) return convertFigure(node, converter);
  if (node.tag === 'img' || node.tag === 'amp-img') return converter.pictures.add(pictureOf(node));
  if (node.tag === 'picture') {
    const image = find(node, ({ tag }) => tag === 'img');
    return image ? converter.pictures.add(pictureOf(image)) : [];
  }
  if (node.tag === 'a') return convertPictureLink(node, converter);
  return undefined;
}

const pictureEndings = /\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|heic|bmp)(?:[?#]|$)/i;

/** The address of a picture: the largest, and never the placeholder of a page that loads pictures late. */
export function pictureOf({ attributes }: HtmlElement): FoundPicture {
  const late =
    attributes['data-full-url'] ??
    attributes['data-orig-file'] ??
    attributes['data-lazy-src'] ??
    attributes['data-src'] ??
    attributes['data-original'];
  const isPlaceholder = !attributes.src || /^data:/i.test(attributes.src);
  const src = (late !== undefined && (isPlaceholder || 'data-full-url' in attributes) ? late : attributes.src) ?? late;
  const fromSet =
    !src || /^data:image\/(?:gif|svg)/i.test(src)
      ? largestOf(attributes.srcset ?? attributes['data-srcset'])
      : undefined;
  return {
    src: originalAddress(fromSet ?? src ?? ''),
    id: /(?:^|\s)wp-image-(\d+)/.exec(attributes.class ?? '')?.[1] ?? attributes['data-id'],
    alt: attributes.alt?.replace(/\s+/g, ' ').trim() || undefined,
  };
}

function largestOf(set: string | undefined): string | undefined {
  if (!set) return undefined;
  try {
    const sizes = parseSrcset(set);
    return sizes.sort((a, b) => (b.width ?? b.density ?? 0) - (a.width ?? a.density ?? 0))[0]?.url;
  } catch {
    return undefined;
  }
}

/** WordPress's `[caption]` and its older HTML, and the tables with which Blogger puts a caption below a picture. */
const isCaptioned = (node: HtmlElement): boolean =>
  hasClass(node, 'wp-caption', 'tr-caption-container') && node.tag !== 'img';

export const isCaption = ({ tag, attributes }: HtmlElement): boolean =>
  tag === 'figcaption' ||
  /(?:^|\s)(?:wp-caption-text|image-caption|caption-text|tr-caption)(?:\s|$)/.test(attributes.class ?? '');

const isGallery = (node: HtmlElement): boolean =>
  classesOf(node).some((name) =>
    /^(?:wp-block-gallery|blocks-gallery-grid|gallery|tiled-gallery|kg-gallery-card|wp-block-jetpack-(?:slideshow|tiled-gallery)|image-gallery-embed)$/.test(
      name,
    ),
  );

/** The caption of a figure, and its credit, which can be an element of its own or the end of the caption. */
export function captionIn(node: HtmlElement, converter: Converter): { caption?: string; credit?: string } {
  const element = find(node, isCaption);
  if (!element) {
    const outside = find(node, isCredit);
    return outside ? { credit: creditOf(wordsIn(outside)) || undefined } : {};
  }
  const own = ownCaption(element, converter);
  if (own) return own;
  const creditElement = find(element, (inner) => inner !== element && isCredit(inner)) ?? find(node, isCredit);
  const line = converter.line(without(element, creditElement).children);
  if (creditElement && wordsIn(creditElement) !== '')
    return { caption: line || undefined, credit: creditOf(wordsIn(creditElement)) || undefined };
  return splitCredit(line);
}

/**
 * A caption of our own pages and exports, in which the caption and the credit are elements. Nothing in them is taken for
 * something else.
 */
function ownCaption(element: HtmlElement, converter: Converter): { caption?: string; credit?: string } | undefined {
  const parts = element.children.filter((child) => typeof child !== 'string' || child.trim() !== '');
  const spans = parts.filter((child): child is HtmlElement => typeof child !== 'string' && child.tag === 'span');
  const caption = spans.find(({ attributes }) => attributes.class === 'caption');
  const credit = spans.find(({ attributes }) => attributes.class === 'credit');
  if (spans.length !== parts.length || spans.length !== Number(Boolean(caption)) + Number(Boolean(credit)))
    return undefined;
  return {
    ...(caption && { caption: converter.line(caption.children) || undefined }),
    ...(credit && { credit: wordsIn(credit) || undefined }),
  };
}

const isCredit = ({ tag, attributes }: HtmlElement): boolean =>
  /(?:^|[\s_-])(?:credits?|attribution|photographer|copyright|image-credit|media-credit|wp-media-credit)(?:$|[\s_-])/i.test(
    attributes.class ?? '',
  ) ||
  (tag === 'cite' && !attributes.class);

function convertFigure(node: HtmlElement, converter: Converter): Mixed[] | undefined {
  const images = [...elementsIn(node)].filter(({ tag }) => tag === 'img' || tag === 'amp-img');
  const content = find(
    node,
    (inner) => inner !== node && /^(?:table|iframe|blockquote|pre|video|audio)$/.test(inner.tag),
  );
  if (images.length !== 1 || content) return withCaption(node, converter, images.length > 1);
  const image = images[0]!;
  const words = captionIn(node, converter);
  const caption = find(node, isCaption);
  const credit = find(node, isCredit);
  // Whatever else is in the figure: its caption, if there is no other, or text after it.
  const rest = converter.blocks(without(without(without(node, image), caption), credit).children);
  const [only] = rest;
  if (words.caption === undefined && rest.length === 1 && only?.type === 'paragraph' && only.children.length > 0)
    Object.assign(words, splitCredit(printLine(only.children)), words);
  const isUsed = words.caption !== undefined && !caption;
  const link = linkAround(node, image);
  const picture = { ...largerOf(pictureOf(image), link, converter), ...words };
  return [
    ...converter.pictures.add(picture),
    ...(isUsed ? [] : rest),
    ...(link ? linkBelow(link, picture, converter) : []),
  ];
}

/** A figure around something other than a picture: its content, then its caption. */
function withCaption(node: HtmlElement, converter: Converter, isGroup: boolean): Mixed[] {
  const caption = find(node, isCaption);
  const rest = converter.blocks(without(node, caption).children);
  if (!caption) return rest;
  const pictures = rest.filter(isPictureNode);
  const line = converter.line(caption.children);
  if (isGroup && pictures.length === rest.length && pictures.length > 1) return galleryOf(rest, line);
  const [only] = rest;
  if (rest.length === 1 && only?.type === 'table' && line !== '') return [block('Table', { caption: line }, [only])];
  const words = converter.phrasing(caption.children);
  return words.length === 0
    ? rest
    : [...rest, { type: 'paragraph', children: [{ type: 'emphasis', children: words }] }];
}

function convertGallery(node: HtmlElement, converter: Converter): Mixed[] {
  const caption = node.children.find(
    (child): child is HtmlElement =>
      typeof child !== 'string' && (isCaption(child) || hasClass(child, 'blocks-gallery-caption')),
  );
  const rest = converter.blocks(without(node, caption).children).flatMap((child): Flow[] =>
    // A list of pictures.
    child.type === 'list' ? child.children.flatMap((item) => item.children as Flow[]) : [child],
  );
  return galleryOf(rest, caption ? converter.line(caption.children) : '');
}

/** Pictures as a gallery, if that is possible: it contains at least two pictures, and nothing else. */
export function galleryOf(blocks: readonly Flow[], caption: string): Flow[] {
  const isWhole = blocks.length > 1 && blocks.every(isPictureNode);
  if (isWhole) return [block('Gallery', { caption }, [...blocks])];
  return [...blocks, ...(caption === '' ? [] : [{ type: 'paragraph' as const, children: [lineNode(caption)] }])];
}

/** A paragraph without children is a picture whose texts are not decided yet. */
const isPictureNode = (node: Flow): boolean =>
  (node.type === 'paragraph' && (node.children.length === 0 || node.children[0]?.type === 'image')) ||
  (node.type === 'mdxJsxFlowElement' && (node.name === 'Figure' || node.name === 'Picture'));

/** A link that contains only a picture. */
function convertPictureLink(node: HtmlElement, converter: Converter): Mixed[] | undefined {
  const images = [...elementsIn(node)].filter(({ tag }) => tag === 'img');
  if (images.length !== 1 || wordsIn(node) !== '') return undefined;
  const picture = largerOf(pictureOf(images[0]!), node, converter);
  return [...converter.pictures.add(picture), ...linkBelow(node, picture, converter)];
}

function linkAround(node: HtmlElement, image: HtmlElement): HtmlElement | undefined {
  for (const element of elementsIn(node))
    if (element.tag === 'a' && element.attributes.href && [...elementsIn(element)].includes(image)) return element;
  return undefined;
}

/** A picture that leads to another one shows a small version of it. The larger one comes along if the archive has it. */
function largerOf(picture: FoundPicture, link: HtmlElement | undefined, { context }: Converter): FoundPicture {
  const href = link?.attributes.href ?? '';
  if (!pictureEndings.test(href)) return picture;
  const larger = originalAddress(href);
  return larger !== picture.src && context.picture(larger).kind === 'local' ? { ...picture, src: larger } : picture;
}

/** A picture is no link in a story. If it led somewhere else than to its own larger version, a link below it keeps that address. */
function linkBelow(link: HtmlElement, picture: FoundPicture, converter: Converter): Flow[] {
  const href = link.attributes.href ?? '';
  const isItself =
    pictureEndings.test(href) ||
    originalAddress(href) === picture.src ||
    /[?&]attachment_id=|\/attachment\//.test(href) ||
    /attachment/.test(link.attributes.rel ?? '');
  if (isItself || href === '' || href.startsWith('#')) return [];
  const answer = converter.context.link(href);
  const url = answer.kind === 'keep' ? href : 'url' in answer ? answer.url : undefined;
  if (answer.kind !== 'keep') converter.context.note(kindOf(answer), href, url ?? '');
  if (url === undefined) return [];
  const title = (link.attributes.title ?? link.attributes['aria-label'] ?? '').trim();
  const words = title || picture.alt || nameOf(url);
  return [{ type: 'paragraph', children: [{ type: 'link', url, children: [{ type: 'text', value: words }] }] }];
}

const nameOf = (url: string): string => (URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : url);
