import { originalAddress } from '../../html-body/original-address.ts';
import {
  type ChildNode,
  classesOf,
  type Element,
  element,
  elementsOf,
  innerHtml,
  isTag,
  outerHtml,
  type ParentNode,
  parseHtml,
  remove,
  replace,
  text,
  wordsOf,
} from '../markup/tree.ts';
import { attrsOf, cardOf, first } from './data-attrs.ts';

/** Parts of a post that do something, such as subscribing, and tell readers of a site nothing. */
const dropped = new Set(
  `subscription-widget-wrap subscription-widget-wrap-editor subscription-widget subscribe-widget poll-embed poll-wrap
paywall paywall-jump share-dialog install-substack-app-embed directMessage community-chat sponsorship-campaign-embed
image-link-expand header-anchor-parent native-video-embed native-audio-embed referral-widget comments-section`.split(
    /\s+/,
  ),
);

/** Buttons for what only Substack can do. Other buttons are links. */
const action =
  /%%[\w]+%%|\/subscribe\b|\/comments\b|[?&]action=share\b|utm_content=share|\/leaderboard\b|\/gift\b|giftSubscription|\/survey\/|\/chat\b|\/account\b|\/sign-in|\/refer/i;

/**
 * The text of a post, with Substack's own parts in forms that every story knows: figures with their captions, cards for
 * what other sites show, footnotes, and galleries.
 */
export function bodyHtml(
  html: string,
  sound: { url?: string | undefined; title?: string | undefined } = {},
): { html: string; notes: string[] } {
  const root = parseHtml(html);
  const notes = new Set<string>();
  convertChildren(root, notes);
  const player = /^https?:\/\//i.test(sound.url ?? '')
    ? outerHtml(cardElement({ url: sound.url ?? '', title: sound.title ?? '', text: '', provider: '' }))
    : '';
  return { html: player + root.children.map(outerHtml).join(''), notes: [...notes] };
}

function convertChildren(parent: ParentNode, notes: Set<string>): void {
  for (const child of [...parent.children]) {
    if (!isTag(child)) continue;
    const by = converted(child, notes);
    if (by === undefined) convertChildren(child, notes);
    else replace(child, by);
  }
}

/** What replaces an element, or undefined if it stays and only its children are converted. */
function converted(node: Element, notes: Set<string>): ChildNode[] | undefined {
  const classes = classesOf(node);
  const has = (...names: string[]): boolean => names.some((name) => classes.includes(name));
  const attrs = attrsOf(node);
  if (has('dynamic-content-block')) return publicPart(node, notes);
  const part = classes.find((name) => dropped.has(name));
  if (part !== undefined) return [left(part, node)];
  if (has('captioned-button-wrap', 'button-wrapper')) return button(node);
  if (has('tweet')) return tweet(node);
  if (has('image-gallery-embed')) return gallery(attrs);
  if (has('image3')) return figure(element('img', { src: first(attrs, 'src') }), attrs, undefined);
  if (has('captioned-image-container')) return captioned(node);
  if (node.name === 'img') return [image(node, attrs)];
  if (has('latex-rendered')) {
    const formula = first(attrs, 'persistentExpression');
    return formula === '' ? undefined : [element('p', {}, [element('code', {}, [text(formula)])])];
  }
  if (has('mention-wrap')) {
    const words = wordsOf(node) || first(attrs, 'name');
    const url = first(attrs, 'url');
    return words === '' ? [] : [url === '' ? text(words) : element('a', { href: url }, [text(words)])];
  }
  if (has('callout-block')) {
    node.attribs.class = 'kg-callout-card';
    return undefined;
  }
  if (has('preformatted-block')) {
    for (const label of elementsOf(node).filter(({ name }) => name === 'label')) remove(label);
    return undefined;
  }
  const card = cardOf(node, attrs);
  return card === undefined ? undefined : [cardElement(card)];
}

/** Only one of the two parts of such a block is for everybody. */
function publicPart(node: Element, notes: Set<string>): ChildNode[] {
  const isForAll = /(?:^|[\s,])(?:non_sub|everyone|all)(?:$|[\s,])/.test(node.attribs['data-dynamic-audiences'] ?? '');
  const parts = elementsOf(node).filter((each) => each.attribs['data-dynamic-content-match'] !== undefined);
  const shown = parts.find((each) => each.attribs['data-dynamic-content-match'] === String(isForAll));
  const others = shown === undefined ? [node] : parts.filter((each) => each !== shown);
  if (others.some((each) => wordsOf(each) !== '')) notes.add('a part that only some readers saw was left out');
  if (shown === undefined) return [];
  convertChildren(shown, notes);
  return [...shown.children];
}

const left = (name: string, node: Element): Element =>
  element('div', { class: 'bs-dropped', 'data-name': name }, [text(wordsOf(node))]);

function button(node: Element): ChildNode[] {
  const link = elementsOf(node).find(({ name }) => name === 'a');
  const url = link?.attribs.href ?? first(attrsOf(node), 'url');
  if (url === '' || action.test(url) || !/^https?:\/\//i.test(url)) return [left('button', node)];
  const words = (link && wordsOf(link)) || first(attrsOf(node), 'text') || url;
  const around = classesOf(node).includes('captioned-button-wrap')
    ? elementsOf(node).filter(({ name, attribs }) => name === 'p' && !/button-wrapper/.test(attribs.class ?? ''))
    : [];
  return [...around, element('p', {}, [element('a', { href: url }, [text(words)])])];
}

/** A post on X, in the form in which Substack wrote them until 2022. */
function tweet(node: Element): ChildNode[] {
  const all = elementsOf(node);
  const words = (name: string): string => {
    const found = all.find((each) => classesOf(each).includes(name));
    return found ? wordsOf(found) : '';
  };
  const url = all.find(({ attribs }) => /^https?:\/\//.test(attribs.href ?? ''))?.attribs.href;
  if (url === undefined) return [...node.children];
  const by = [words('tweet-author-name'), words('tweet-author-handle')].filter(Boolean).join(', ');
  return [
    cardElement({
      url: url.replace(/\?.*$/s, ''),
      title: by,
      text: words('tweet-text') || wordsOf(node),
      provider: '',
    }),
  ];
}

function gallery(attrs: Record<string, unknown>): ChildNode[] | undefined {
  const given = attrs.gallery as { images?: unknown; caption?: unknown; alt?: unknown } | undefined;
  const images = Array.isArray(given?.images) ? (given.images as Record<string, unknown>[]) : [];
  const pictures = images
    .filter((each) => typeof each?.src === 'string')
    .map((each) => element('img', { src: originalAddress(String(each.src)), alt: first(each, 'alt', 'title') }));
  if (pictures.length === 0) return undefined;
  const [only] = pictures;
  if (pictures.length === 1 && only && !only.attribs.alt && typeof given?.alt === 'string')
    only.attribs.alt = given.alt;
  const caption = typeof given?.caption === 'string' ? given.caption : '';
  const below = caption.trim() === '' ? [] : [element('figcaption', {}, parseHtml(caption).children)];
  return [element('figure', pictures.length > 1 ? { class: 'gallery' } : {}, [...pictures, ...below])];
}

function captioned(node: Element): ChildNode[] | undefined {
  const images = elementsOf(node).filter(({ name }) => name === 'img');
  const [only] = images;
  if (images.length !== 1 || only === undefined) return undefined;
  return figure(
    only,
    attrsOf(only),
    elementsOf(node).find(({ name }) => name === 'figcaption'),
  );
}

function figure(node: Element, attrs: Record<string, unknown>, caption: Element | undefined): ChildNode[] {
  const picture = image(node, attrs);
  const title = first(attrs, 'title');
  const href = first(attrs, 'href');
  const below =
    caption !== undefined && wordsOf(caption) !== ''
      ? parseHtml(innerHtml(caption)).children
      : title !== '' && title !== picture.attribs.alt
        ? [text(title)]
        : [];
  return [
    element('figure', {}, [
      href === '' ? picture : element('a', { href }, [picture]),
      ...(below.length === 0 ? [] : [element('figcaption', {}, below)]),
    ]),
  ];
}

/** Without the other sizes: the original is in `data-attrs`. */
function image({ attribs }: Element, attrs: Record<string, unknown>): Element {
  const src = first(attrs, 'src') || attribs.src || '';
  const alt = attribs.alt?.trim() || first(attrs, 'alt') || attribs.title?.trim() || first(attrs, 'title');
  return element('img', { src: originalAddress(src), alt, ...(attribs.width ? { width: attribs.width } : {}) });
}

function cardElement({
  url,
  title,
  text: words,
  provider,
}: Record<'url' | 'title' | 'text' | 'provider', string>): Element {
  return element('div', {
    class: 'bs-card',
    'data-url': url,
    'data-title': title,
    'data-text': words,
    'data-provider': provider,
  });
}
