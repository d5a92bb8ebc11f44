import { fileNameOf } from '../markdown-words.ts';
import { embeddedPage } from '../providers.ts';
import { block } from './components.ts';
import type { Converter, Flow, Mixed } from './context.ts';
import { elementsIn, find, type HtmlElement, hasClass, wordsIn } from './tree.ts';

/** Frames, players, posts of other sites, videos, and sounds become cards, or links to files of the old site. */
export function convertMedia(node: HtmlElement, converter: Converter): Mixed[] | undefined {
  const { tag, attributes } = node;
  switch (tag) {
    case 'iframe':
    case 'amp-iframe': {
      const src = attributes.src ?? attributes['data-src'] ?? attributes['data-lazy-src'] ?? '';
      return /^(?:about:|$)/.test(src) ? [] : embed(src, { title: attributes.title }, converter);
    }
    case 'video':
    case 'audio':
    case 'amp-video':
    case 'amp-audio':
    case 'object':
    case 'embed':
      return file(node, converter);
    case 'amp-youtube':
      return embed(`https://www.youtube.com/watch?v=${attributes['data-videoid'] ?? ''}`, {}, converter);
    case 'blockquote':
      return post(node, converter);
    case 'div':
      return hasClass(node, 'fb-post', 'fb-video') && attributes['data-href']
        ? embed(attributes['data-href'], {}, converter)
        : undefined;
    default:
      return undefined;
  }
}

/** A card for something on another site, or a link if it is on the old site. */
export function embed(
  src: string,
  words: { title?: string; text?: string },
  { context }: Pick<Converter, 'context'>,
): Flow[] {
  const page = embeddedPage(src);
  const title = words.title?.replace(/\s+/g, ' ').trim();
  const text = words.text?.replace(/\s+/g, ' ').trim();
  const answer = context.link(page?.url ?? src);
  if (page && answer.kind === 'keep') {
    context.note('media-linked', src, `<Embed url="${page.url}" />`);
    return [
      block('Embed', {
        url: page.url,
        title: title || page.provider,
        provider: title && title !== page.provider ? page.provider : undefined,
        text: text || undefined,
      }),
    ];
  }
  const url = 'url' in answer ? answer.url : undefined;
  const label = title || fileNameOf(src);
  context.note('media-linked', src, url ?? '');
  const said = text ? [{ type: 'paragraph' as const, children: [{ type: 'text' as const, value: text }] }] : [];
  return [
    ...said,
    {
      type: 'paragraph',
      children:
        url === undefined
          ? [{ type: 'text', value: label }]
          : [{ type: 'link', url, children: [{ type: 'text', value: label }] }],
    },
  ];
}

/** A video, sound, or other file: a link with its name. What it shows to browsers that cannot play it is not for readers. */
function file(node: HtmlElement, converter: Converter): Mixed[] {
  const { attributes } = node;
  const source = find(node, ({ tag, attributes: own }) => tag === 'source' && Boolean(own.src));
  const param = find(node, ({ tag, attributes: own }) => tag === 'param' && /^(?:movie|src)$/i.test(own.name ?? ''));
  const inner = find(node, ({ tag, attributes: own }) => tag === 'iframe' || (tag === 'embed' && Boolean(own.src)));
  const src =
    attributes.src ??
    source?.attributes.src ??
    inner?.attributes.src ??
    attributes.data ??
    param?.attributes.value ??
    '';
  if (src === '') return converter.all(node.children);
  return embed(src, { title: attributes.title ?? attributes['aria-label'] ?? fileNameOf(src) }, converter);
}

/** A post on a social network, embedded as a quotation: who wrote it, and its words. */
function post(node: HtmlElement, converter: Converter): Mixed[] | undefined {
  const { attributes } = node;
  const links = [...elementsIn(node)].filter(({ tag, attributes: own }) => tag === 'a' && own.href);
  const last = links.at(-1)?.attributes.href;
  const network =
    attributes['data-instgrm-permalink'] ??
    (hasClass(node, 'tiktok-embed', 'bluesky-embed', 'reddit-embed-bq', 'reddit-card', 'text-post-media')
      ? (attributes.cite ?? attributes['data-text-post-permalink'] ?? attributes['data-bluesky-uri'] ?? last)
      : undefined) ??
    (hasClass(node, 'twitter-tweet', 'twitter-video', 'instagram-media') ? last : undefined);
  if (network === undefined) return undefined;
  const url = /^at:\/\//.test(network) ? last : network;
  if (url === undefined || !embeddedPage(url)) return undefined;
  const paragraph = find(node, ({ tag }) => tag === 'p');
  const said = paragraph ? wordsIn(paragraph) : '';
  const all = wordsIn(node);
  // "— Ann Example (@ann) May 3, 2019" stands after the words of the post.
  const by = (said === '' ? '' : all.slice(all.indexOf(said) + said.length)).replace(/^[\s—–-]+/u, '').trim();
  return embed(url.replace(/\?(?:ref_src|utm_)[^#]*/, ''), { title: by || undefined, text: said || all }, converter);
}
