import { comparable } from '../../pictures/plain-text.ts';
import { isKnownProvider } from '../providers.ts';
import { block } from './components.ts';
import type { Converter, Flow, FoundPicture, Mixed } from './context.ts';
import { embed } from './media.ts';
import { captionIn, pictureOf } from './picture-elements.ts';
import { lineNode } from './print.ts';
import { without } from './quotes.ts';
import { classesOf, elementsIn, find, type HtmlElement, hasClass, wordsIn } from './tree.ts';

/*
 * The parts that editors such as WordPress's and Ghost's write as HTML with classes of their own. Everything that is
 * not listed here keeps its words, because its elements are converted like any others.
 */

/** By class. */
const cards: Record<string, (node: HtmlElement, converter: Converter) => Mixed[]> = {
  // Our own, of a source that has found a list of related stories.
  'bs-read-more': readMore,
  // Our own, of a source that has found a card for another page, or a part that is not for readers of a site.
  'bs-card': linkCard,
  'bs-dropped': named,
  // Our own export: the story has these as fields.
  'broadsheet-notice': () => [],
  'broadsheet-wanted': wantedPicture,
  // WordPress
  'wp-block-embed': embedFigure,
  'wp-block-file': fileLink,
  'wp-block-cover': cover,
  'wp-block-media-text': mediaText,
  'wp-block-button': buttonLink,
  'wp-block-spacer': () => [],
  'wp-block-separator': () => [{ type: 'thematicBreak' }],
  'wp-block-post-featured-image': () => [],
  'wp-block-newspack-blocks-homepage-articles': () => [],
  sharedaddy: () => [],
  'jp-relatedposts': () => [],
  addtoany_share_save_container: () => [],
  // Ghost
  'kg-embed-card': embedFigure,
  'kg-bookmark-card': bookmark,
  'kg-file-card': fileCard,
  'kg-audio-card': fileCard,
  'kg-video-card': videoCard,
  'kg-callout-card': callout,
  'kg-toggle-card': toggle,
  'kg-button-card': buttonLink,
  'kg-cta-card': (node, converter) => converter.blocks(node.children),
  'kg-blockquote-alt': (node, converter) => [
    block('PullQuote', {}, [{ type: 'paragraph', children: converter.phrasing(node.children) }]),
  ],
  'kg-signup-card': dropped,
  'kg-nft-card': (node, converter) => converter.blocks(node.children),
};

/** The address, title, text, and provider are attributes. */
function linkCard({ attributes }: HtmlElement, converter: Converter): Mixed[] {
  const of = (name: string): string => (attributes[`data-${name}`] ?? '').replace(/\s+/g, ' ').trim();
  return cardFor(of('url'), { title: of('title'), text: of('text'), provider: of('provider') }, converter);
}

/** A part that is left out and counted, with its name. */
function named(node: HtmlElement, { context }: Converter): Mixed[] {
  context.note('html-changed', [node.attributes['data-name'], wordsIn(node)].filter(Boolean).join(': '), '');
  return [];
}

function readMore(node: HtmlElement, converter: Converter): Mixed[] {
  const blocks = converter.blocks(node.children);
  return blocks.length === 1 && blocks[0]?.type === 'list' ? [block('ReadMore', {}, blocks)] : blocks;
}

/** A picture that the newsroom did not have when it was exported. */
function wantedPicture(node: HtmlElement, converter: Converter): Mixed[] {
  const wanted = node.attributes['data-wanted']?.trim() ?? '';
  const alt = node.attributes['data-alt']?.trim() || undefined;
  const { caption, credit } = captionIn(node, converter);
  if (wanted === '') return converter.blocks(node.children);
  converter.context.note('picture-wanted', wanted, `<Figure wanted="${wanted}" />`);
  const repeats = alt !== undefined && caption !== undefined && comparable(alt) === comparable(caption);
  return [block('Figure', { wanted, alt, caption: repeats ? undefined : caption, credit })];
}

/** An element that one of the known editors wrote, or undefined. */
export function convertCard(node: HtmlElement, converter: Converter): Mixed[] | undefined {
  if (node.tag === 'p' && !hasClass(node, 'broadsheet-notice')) return bareAddress(node, converter);
  if (!node.attributes.class) return undefined;
  for (const name of classesOf(node)) {
    const card = Object.hasOwn(cards, name) ? cards[name] : undefined;
    if (card) return card(node, converter);
  }
  return undefined;
}

/** A paragraph that consists only of an address is a player for the sites that WordPress knows. */
function bareAddress(node: HtmlElement, converter: Converter): Mixed[] | undefined {
  const words = wordsIn(node);
  if (!/^https?:\/\/\S+$/i.test(words) || !isKnownProvider(words)) return undefined;
  if (node.children.some((child) => typeof child !== 'string' && child.tag !== 'a')) return undefined;
  return embed(words, {}, converter);
}

function dropped(node: HtmlElement, { context }: Converter): Mixed[] {
  context.note('html-changed', wordsIn(node), '');
  return [];
}

function embedFigure(node: HtmlElement, converter: Converter): Mixed[] {
  const { caption } = captionIn(node, converter);
  const frame = find(node, ({ tag }) => tag === 'iframe' || tag === 'blockquote' || tag === 'video' || tag === 'audio');
  const captionElement = find(node, ({ tag }) => tag === 'figcaption');
  const rest = without(node, captionElement);
  if (frame) {
    const content = converter.blocks(rest.children);
    const card = content.find((child) => child.type === 'mdxJsxFlowElement' && child.name === 'Embed');
    if (card?.type === 'mdxJsxFlowElement' && caption)
      return [titled(card, caption), ...content.filter((child) => child !== card)];
    return [...content, ...paragraph(caption)];
  }
  const address = wordsIn(rest);
  if (!/^(?:https?:)?\/\/\S+$/i.test(address)) return [...converter.blocks(rest.children), ...paragraph(caption)];
  return embed(address, { title: caption }, converter);
}

/** A card with the caption as its title. */
function titled(card: Extract<Flow, { type: 'mdxJsxFlowElement' }>, title: string): Flow {
  const known = Object.fromEntries(
    card.attributes.flatMap((each) =>
      each.type === 'mdxJsxAttribute' && typeof each.value === 'string' ? [[each.name, each.value]] : [],
    ),
  ) as Record<string, string>;
  return block('Embed', { ...known, title, provider: known.provider ?? known.title });
}

const paragraph = (words: string | undefined): Flow[] =>
  words ? [{ type: 'paragraph', children: [lineNode(words)] }] : [];

/** A document: one link with its name. The button beside it has the same address. */
function fileLink(node: HtmlElement, converter: Converter): Mixed[] {
  const links = [...elementsIn(node)].filter(({ tag, attributes }) => tag === 'a' && attributes.href);
  const named = links.find((link) => !hasClass(link, 'wp-block-file__button') && wordsIn(link) !== '') ?? links[0];
  return named ? converter.blocks([named]) : converter.blocks(node.children);
}

function cover(node: HtmlElement, converter: Converter): Mixed[] {
  const image = find(node, (inner) => inner.tag === 'img' && hasClass(inner, 'wp-block-cover__image-background'));
  const style = /background-image\s*:\s*url\(\s*["']?([^"')]+)/i.exec(
    [node, ...elementsIn(node)].map(({ attributes }) => attributes.style ?? '').join(';'),
  )?.[1];
  const picture: FoundPicture | undefined = image ? pictureOf(image) : style ? { src: style } : undefined;
  return [...(picture ? converter.pictures.add(picture) : []), ...converter.blocks(without(node, image).children)];
}

function mediaText(node: HtmlElement, converter: Converter): Mixed[] {
  return node.children.flatMap((child) => converter.blocks([child]));
}

function buttonLink(node: HtmlElement, converter: Converter): Mixed[] {
  return converter.blocks(node.children);
}

/** A link with the title, the description, and the site of a page. */
function bookmark(node: HtmlElement, converter: Converter): Mixed[] {
  const link = find(node, ({ tag, attributes }) => tag === 'a' && Boolean(attributes.href));
  const href = link?.attributes.href;
  if (!link || href === undefined) return converter.blocks(node.children);
  const words = (name: string): string => {
    const element = find(node, (inner) => hasClass(inner, name));
    return element ? wordsIn(element) : '';
  };
  const title = words('kg-bookmark-title') || wordsIn(link) || href;
  const text = words('kg-bookmark-description');
  const provider = words('kg-bookmark-publisher') || words('kg-bookmark-author');
  const { caption } = captionIn(node, converter);
  return [...cardFor(href, { title, text, provider }, converter), ...paragraph(caption)];
}

/** A card for a story of this archive, or for a page of another site. */
function cardFor(
  href: string,
  { title, text, provider }: { title: string; text: string; provider: string },
  converter: Converter,
): Flow[] {
  const answer = converter.context.link(href);
  if (answer.kind === 'story') {
    const words = title || href;
    return [
      block(
        'RichLink',
        answer.url.startsWith('story:')
          ? { to: answer.url.replace(/#.*$/, ''), title: words }
          : { url: answer.url, title: words },
      ),
    ];
  }
  const card = embed(href, { title, text }, converter);
  const [only] = card;
  if (only?.type === 'mdxJsxFlowElement' && provider !== '') {
    only.attributes = only.attributes.filter((each) => each.type !== 'mdxJsxAttribute' || each.name !== 'provider');
    only.attributes.push({ type: 'mdxJsxAttribute', name: 'provider', value: provider });
  }
  return card;
}

/** A file of the old site with a title and a description. */
function fileCard(node: HtmlElement, converter: Converter): Mixed[] {
  const link = find(node, ({ tag, attributes }) =>
    Boolean(tag === 'a' ? attributes.href : tag === 'audio' && attributes.src),
  );
  const words = (...names: string[]): string => {
    const element = find(node, (inner) => hasClass(inner, ...names));
    return element ? wordsIn(element) : '';
  };
  const title = words('kg-file-card-title', 'kg-audio-title') || words('kg-file-card-filename');
  const text = words('kg-file-card-caption');
  const address = link?.attributes.href ?? link?.attributes.src;
  if (address === undefined) return converter.blocks(node.children);
  return embed(address, { title: title || undefined, text }, converter);
}

function videoCard(node: HtmlElement, converter: Converter): Mixed[] {
  const video = find(node, ({ tag }) => tag === 'video');
  const { caption } = captionIn(node, converter);
  const src = video?.attributes.src;
  return src ? embed(src, { title: caption }, converter) : converter.blocks(node.children);
}

/** A callout has no title, so it is a quotation-like block of its own: its first words in bold if they were. */
function callout(node: HtmlElement, converter: Converter): Mixed[] {
  const emoji = find(node, (inner) => hasClass(inner, 'kg-callout-emoji'));
  const content = converter.blocks(without(node, emoji).children);
  return content.length === 0 ? [] : [{ type: 'blockquote', children: content as never }];
}

function toggle(node: HtmlElement, converter: Converter): Mixed[] {
  const heading = find(node, (inner) => hasClass(inner, 'kg-toggle-heading-text'));
  const content = find(node, (inner) => hasClass(inner, 'kg-toggle-content'));
  if (!heading || !content) return converter.blocks(node.children);
  const blocks = converter.blocks(content.children);
  const title = converter.phrasing(heading.children);
  if (blocks.length === 0 || title.length === 0) return converter.blocks([heading, content]);
  return [block('details', {}, [block('summary', {}, [{ type: 'paragraph', children: title }]), ...blocks])];
}
