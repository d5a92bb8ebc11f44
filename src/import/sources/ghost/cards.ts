import { escapeAttribute, escapeText } from '../../../site/markup.ts';
import { markdownToHtml } from './markdown-html.ts';

/** A card of Ghost's editors, whichever of them wrote it. */
export type Card = Readonly<Record<string, unknown>>;

export interface CardOptions {
  /** A card that readers do not see, with its name. */
  onDropped(name: string): void;
  /** A card that is not known, with its name. Its words are kept. */
  onUnknown(name: string): void;
}

/** The HTML of a card, in the classes that Ghost gives it. */
export function cardToHtml(name: string, card: Card, options: CardOptions): string {
  const get = (...keys: string[]): string => {
    for (const key of keys) {
      const value = card[key];
      if (typeof value === 'string' && value.trim() !== '') return value;
    }
    return '';
  };
  const text = (...keys: string[]): string => escapeText(get(...keys));
  const src = escapeAttribute(get('src', 'url', 'imageUrl'));
  const caption = get('caption');
  const below = caption === '' ? '' : `<figcaption>${caption}</figcaption>`;
  switch (name) {
    case 'image': {
      const image = `<img src="${src}" alt="${escapeAttribute(get('alt', 'altText'))}">`;
      const href = get('href');
      return `<figure>${href === '' ? image : `<a href="${escapeAttribute(href)}">${image}</a>`}${below}</figure>`;
    }
    case 'gallery': {
      const images = Array.isArray(card.images) ? (card.images as Card[]) : [];
      return `<figure class="kg-gallery-card">${images
        .map((image) => cardToHtml('image', image, options))
        .join('')}${below}</figure>`;
    }
    case 'bookmark': {
      const data = (card.metadata ?? {}) as Record<string, unknown>;
      const of = (key: string) => escapeText(typeof data[key] === 'string' ? (data[key] as string) : '');
      return `<figure class="kg-bookmark-card"><a href="${src}"><div class="kg-bookmark-title">${of('title') || src}</div><div class="kg-bookmark-description">${of('description')}</div><span class="kg-bookmark-publisher">${of('publisher')}</span></a>${below}</figure>`;
    }
    case 'embed': {
      const html = get('html');
      return `<figure class="kg-embed-card">${html === '' ? `<div>${text('url')}</div>` : html}${below}</figure>`;
    }
    case 'html':
      return get('html');
    case 'markdown':
    case 'card-markdown':
      return markdownToHtml(get('markdown'));
    case 'code':
    case 'codeblock': {
      const language = get('language');
      return `<pre><code${language === '' ? '' : ` class="language-${escapeAttribute(language)}"`}>${text('code')}</code></pre>${caption === '' ? '' : `<p>${caption}</p>`}`;
    }
    case 'hr':
    case 'horizontalrule':
      return '<hr>';
    case 'button':
      return get('buttonText') === ''
        ? ''
        : `<p><a href="${escapeAttribute(get('buttonUrl'))}">${text('buttonText')}</a></p>`;
    case 'callout':
      return `<div class="kg-callout-card"><div>${get('calloutText')}</div></div>`;
    case 'toggle':
      return `<div class="kg-toggle-card"><h4 class="kg-toggle-heading-text">${get('heading')}</h4><div class="kg-toggle-content">${get('content')}</div></div>`;
    case 'header':
      return `${get('header') === '' ? '' : `<h2>${get('header')}</h2>`}${get('subheader') === '' ? '' : `<p>${get('subheader')}</p>`}${get('buttonText') === '' ? '' : `<p><a href="${escapeAttribute(get('buttonUrl'))}">${text('buttonText')}</a></p>`}`;
    case 'audio':
      return `<audio src="${src}" title="${escapeAttribute(get('title'))}"></audio>${caption === '' ? '' : `<p>${caption}</p>`}`;
    case 'video':
      return `<figure class="kg-video-card"><video src="${src}"></video>${below}</figure>`;
    case 'file':
      return `<div class="kg-file-card"><a href="${src}"><div class="kg-file-card-title">${text('fileTitle', 'fileName')}</div><div class="kg-file-card-caption">${text('fileCaption')}</div></a></div>`;
    case 'product': {
      const image = get('productImageSrc');
      return `${image === '' ? '' : `<figure><img src="${escapeAttribute(image)}" alt=""></figure>`}<h4>${get('productTitle')}</h4>${get('productDescription')}${get('productUrl') === '' ? '' : `<p><a href="${escapeAttribute(get('productUrl'))}">${text('productButton', 'productUrl')}</a></p>`}`;
    }
    case 'call-to-action': {
      const image = get('imageUrl');
      return `${image === '' ? '' : `<figure><img src="${escapeAttribute(image)}" alt=""></figure>`}${get('textValue')}${get('buttonText') === '' ? '' : `<p><a href="${escapeAttribute(get('buttonUrl'))}">${text('buttonText')}</a></p>`}`;
    }
    case 'email':
    case 'email-cta':
    case 'signup':
    case 'paywall':
      options.onDropped(name);
      return '';
    default:
      options.onUnknown(name);
      return wordsOf(card, 0);
  }
}

const depthMax = 6;

/** The words of an unknown card, in their order: HTML, texts of several words, links, and pictures. */
function wordsOf(value: unknown, depth: number, key = ''): string {
  if (depth > depthMax) return '';
  if (Array.isArray(value)) return value.map((entry) => wordsOf(entry, depth + 1, key)).join('');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .filter(([name]) => !/^(?:type|version|id|style|alignment|layout|width|height|mode)$/.test(name))
      .map(([name, inner]) => wordsOf(inner, depth + 1, name))
      .join('');
  if (typeof value !== 'string') return '';
  const text = value.trim();
  if (/<[a-z][^>]*>/i.test(text)) return `<div>${text}</div>`;
  if (/^(?:https?:\/\/|__GHOST_URL__|\/)\S+$/i.test(text))
    return /\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)/i.test(text)
      ? `<figure><img src="${escapeAttribute(text)}" alt=""></figure>`
      : `<p><a href="${escapeAttribute(text)}">${escapeText(text)}</a></p>`;
  const isWords =
    /\p{L}{2,}/u.test(text) &&
    (/\s\S*\p{L}/u.test(text) || /title|text|heading|label|caption|name|quote|content/i.test(key));
  return isWords ? `<p>${escapeText(text)}</p>` : '';
}
