import { escapeAttribute, escapeText } from '../../../site/markup.ts';
import { htmlWords } from '../../html-body/convert.ts';
import { isQuotation } from '../../shortcode-meaning.ts';
import { type Tag, tagsOf } from './shortcode-tags.ts';

/** What replaces the shortcodes of WordPress and its plugins. */
export interface ShortcodeOptions {
  /** The pictures of a gallery: by their ids, or all that belong to the post. */
  gallery(ids: string[] | undefined): { url: string; id: string; alt?: string; caption?: string }[];
  /** The address of an attachment. */
  attachment(id: string): { url: string; title?: string } | undefined;
  /** Keeps the text of a footnote. @returns its id */
  footnote(html: string): string;
  /** Every shortcode, with what became of it. */
  onShortcode(name: string, before: string, after: 'converted' | 'kept words' | 'dropped'): void;
}

const nestingMax = 20;

/**
 * Replaces shortcodes by HTML. A word in brackets that is no shortcode, such as `[sic]`, stays. A shortcode that is not
 * known is replaced by its content, or by the words in its attributes.
 */
export function shortcodesToHtml(text: string, options: ShortcodeOptions): string {
  return text.includes('[') ? convert(text, options, 0) : text;
}

function convert(text: string, options: ShortcodeOptions, depth: number): string {
  const tags = tagsOf(text);
  if (tags.length === 0 || depth > nestingMax) return text;
  // The nearest closing tag of each name, found from the end, so that each tag is looked at once.
  const closeOf = new Map<Tag, Tag>();
  const waiting = new Map<string, Tag[]>();
  for (const tag of tags) {
    if (!tag.isClose) {
      if (!tag.isSelfClosed) waiting.set(tag.name, [...(waiting.get(tag.name) ?? []).slice(-nestingMax), tag]);
    } else {
      const open = waiting.get(tag.name)?.pop();
      if (open) closeOf.set(open, tag);
    }
  }
  const closes = new Set(closeOf.values());
  let result = '';
  let at = 0;
  for (const tag of tags) {
    if (tag.start < at) continue;
    const close = closeOf.get(tag);
    if (tag.isClose ? !known.has(tag.name) && !closes.has(tag) && !tag.name.includes('_') : !isShortcode(tag, close))
      continue;
    result += text.slice(at, tag.start);
    const end = close?.end ?? tag.end;
    at = end;
    // `[[name]]` is how WordPress writes a shortcode that is only text.
    if (text[tag.start - 1] === '[' && text[end] === ']') {
      result = `${result.slice(0, -1)}${text.slice(tag.start, end)}`;
      at = end + 1;
      continue;
    }
    if (tag.isClose) {
      options.onShortcode(tag.name, text.slice(tag.start, tag.end), 'dropped');
      continue;
    }
    const inner = close ? text.slice(tag.end, close.start) : undefined;
    const content =
      inner === undefined ? undefined : rawContent.has(tag.name) ? inner : convert(inner, options, depth + 1);
    const html = htmlOf(tag, content, options);
    options.onShortcode(tag.name, text.slice(tag.start, Math.min(end, tag.start + 300)), html.how);
    result += html.text;
  }
  return result + text.slice(at);
}

const rawContent = new Set(['embed', 'code', 'sourcecode', 'raw']);

const known = new Set(
  'caption wp_caption gallery embed video audio playlist youtube vimeo soundcloud spotify tweet twitter instagram facebook flickr ted wpvideo videopress pullquote blockquote quote footnote ref note fn contact-form contact-form-7 contact-field'.split(
    ' ',
  ),
);

/** Words in brackets are no shortcode, unless they have attributes, or a closing tag, or are known. */
function isShortcode(tag: Tag, close: Tag | undefined): boolean {
  if (known.has(tag.name))
    return (
      tag.named.size > 0 ||
      close !== undefined ||
      tag.plain.length > 0 ||
      /^(?:gallery|playlist|contact-form(?:-7)?)$/.test(tag.name)
    );
  return (
    close !== undefined ||
    tag.named.size > 0 ||
    (tag.isSelfClosed && tag.plain.length === 0) ||
    (/_/.test(tag.name) && tag.plain.length === 0)
  );
}

type Html = { text: string; how: 'converted' | 'kept words' | 'dropped' };
const converted = (text: string): Html => ({ text, how: 'converted' });

function htmlOf(tag: Tag, content: string | undefined, options: ShortcodeOptions): Html {
  const { name, named, plain } = tag;
  switch (name) {
    case 'caption':
    case 'wp_caption':
      return converted(captioned(named, content ?? ''));
    case 'gallery':
      return converted(galleryOf(named, options));
    case 'embed':
      return converted(embedded(content ?? named.get('src') ?? plain[0] ?? ''));
    case 'video':
    case 'audio':
    case 'wpvideo':
    case 'videopress': {
      const src = ['src', 'mp4', 'm4v', 'webm', 'ogv', 'mp3', 'm4a', 'ogg', 'wav', 'youtube', 'vimeo', 'url']
        .map((key) => named.get(key))
        .find(Boolean);
      const id = name === 'wpvideo' || name === 'videopress' ? plain[0] : undefined;
      const url = src ?? (id ? `https://videopress.com/v/${id}` : plain.find((word) => /^https?:/.test(word)));
      return url ? converted(embedded(url)) : kept(tag, content);
    }
    case 'playlist': {
      const ids = (named.get('ids') ?? '')
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean);
      const files = ids.map((id) => options.attachment(id)).filter((file) => file !== undefined);
      return files.length > 0
        ? converted(
            `<ul>${files.map(({ url, title }) => `<li><a href="${escapeAttribute(url)}">${escapeText(title || url)}</a></li>`).join('')}</ul>`,
          )
        : kept(tag, content);
    }
    case 'youtube':
    case 'vimeo':
    case 'soundcloud':
    case 'spotify':
    case 'tweet':
    case 'twitter':
    case 'instagram':
    case 'facebook':
    case 'flickr':
    case 'ted': {
      const given =
        content?.trim() ||
        named.get('url') ||
        named.get('src') ||
        named.get('id') ||
        named.get('video') ||
        plain[0] ||
        '';
      const url = addressOf(name, htmlWords(given));
      return url === undefined ? kept(tag, content) : converted(embedded(url));
    }
    case 'code':
    case 'sourcecode': {
      const language = named.get('lang') ?? named.get('language') ?? plain[0] ?? '';
      return content === undefined
        ? kept(tag, content)
        : converted(`<pre><code class="language-${escapeAttribute(language)}">${content}</code></pre>`);
    }
    case 'pullquote':
      return converted(
        `<aside class="pullquote">${content ?? ''}${named.get('cite') ? `<cite>${escapeText(named.get('cite') ?? '')}</cite>` : ''}</aside>`,
      );
    case 'blockquote':
    case 'quote':
      return converted(quoteOf(named, content ?? ''));
    case 'footnote':
    case 'ref':
    case 'fn':
      return content === undefined
        ? kept(tag, content)
        : converted(`<sup data-fn="${options.footnote(content)}"><a href="#">*</a></sup>`);
    case 'contact-form':
    case 'contact-form-7':
    case 'contact-field':
      return { text: '', how: 'dropped' };
    default:
      return isQuotation(name) && content !== undefined ? converted(quoteOf(named, content)) : kept(tag, content);
  }
}

/** Who said it stands after the words, as readers saw it. */
function quoteOf(named: ReadonlyMap<string, string>, content: string): string {
  const by = ['cite', 'author', 'by', 'attribution', 'credit', 'name', 'source', 'title'].map((key) =>
    named.get(key)?.trim(),
  );
  const said = [...new Set(by.filter((value) => value !== undefined && /\p{L}/u.test(value)))].join(', ');
  return `<blockquote>${content}${said === '' ? '' : `<cite>${escapeText(said)}</cite>`}</blockquote>`;
}

/** Attributes that a reader would have read. */
const spoken = new Set([
  'title',
  'heading',
  'header',
  'text',
  'content',
  'caption',
  'subtitle',
  'description',
  'label',
  'quote',
  'cite',
  'author',
  'name',
  'question',
  'answer',
  'alt',
  'credit',
]);

/** Several words are for readers, unless they are about the look. */
const isSentence = (key: string, value: string): boolean =>
  /\p{L}{2}\S*\s+\S*\p{L}{2}/u.test(value) &&
  !/^(?:class|style|css|font|color|size|id|ids|layout|animation|width|height)|_(?:class|css|style|color)$/.test(key);

/** An unknown shortcode: its content, the words in its attributes, its link, and its picture. */
function kept({ named }: Tag, content: string | undefined): Html {
  const words = [...named]
    .filter(([key, value]) => /\p{L}/u.test(value) && (spoken.has(key) || isSentence(key, value)))
    .map(([, value]) => value.trim());
  const url = ['url', 'href', 'link', 'src', 'image', 'img']
    .map((key) => named.get(key))
    .find((value) => /^(?:https?:)?\/\/?\S/.test(value ?? ''));
  const isPicture = url !== undefined && /\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)/i.test(url);
  const inner = content?.trim() ?? '';
  const parts: string[] = [];
  if (isPicture)
    parts.push(
      `<figure><img src="${escapeAttribute(url)}" alt="${escapeAttribute(named.get('alt') ?? '')}">${named.get('caption') ? `<figcaption>${escapeText(named.get('caption') ?? '')}</figcaption>` : ''}</figure>`,
    );
  const rest = isPicture ? words.filter((word) => word !== named.get('alt') && word !== named.get('caption')) : words;
  for (const word of new Set(rest)) if (!inner.includes(word)) parts.push(`<p>${escapeText(word)}</p>`);
  if (url !== undefined && !isPicture && !inner.includes(url)) {
    if (inner !== '' && !/<(?:a|p|div|ul)\b/i.test(inner))
      return { text: `${parts.join('')}<a href="${escapeAttribute(url)}">${inner}</a>`, how: 'kept words' };
    parts.push(`<p><a href="${escapeAttribute(url)}">${escapeText(words[0] ?? url)}</a></p>`);
  }
  const text = `${parts.join('')}${content ?? ''}`;
  return { text, how: text.trim() === '' ? 'dropped' : 'kept words' };
}

const embedded = (url: string): string =>
  `<figure class="wp-block-embed"><div>${escapeText(url.trim())}</div></figure>`;

function captioned(named: ReadonlyMap<string, string>, content: string): string {
  const found = /^([\s\S]*?<img\b[^>]*>(?:\s*<\/a>)?)([\s\S]*)$/i.exec(content.trim());
  const picture = found?.[1] ?? content;
  const words = found?.[2]?.trim() || named.get('caption') || '';
  const id = /(\d+)$/.exec(named.get('id') ?? '')?.[1];
  const withId = id && !/wp-image-\d/.test(picture) ? picture.replace(/<img\b/i, `<img data-id="${id}"`) : picture;
  return `<figure class="wp-caption">${withId}${words === '' ? '' : `<figcaption>${words}</figcaption>`}</figure>`;
}

function galleryOf(named: ReadonlyMap<string, string>, options: ShortcodeOptions): string {
  const ids = named.get('ids') ?? named.get('include');
  const pictures = options.gallery(ids === undefined ? undefined : ids.split(/[\s,]+/).filter(Boolean));
  return `<div class="gallery">${pictures
    .map(
      ({ url, id, alt, caption }) =>
        `<figure><img src="${escapeAttribute(url)}" data-id="${id}" alt="${escapeAttribute(alt ?? '')}">${caption ? `<figcaption>${caption}</figcaption>` : ''}</figure>`,
    )
    .join('')}</div>`;
}

function addressOf(name: string, given: string): string | undefined {
  if (/^(?:https?:)?\/\//.test(given)) return given.replace(/^\/\//, 'https://');
  if (!/^[\w/-]+$/.test(given)) return undefined;
  const pages: Record<string, string> = {
    youtube: `https://www.youtube.com/watch?v=${given}`,
    vimeo: `https://vimeo.com/${given}`,
    tweet: `https://twitter.com/i/status/${given}`,
    twitter: `https://twitter.com/i/status/${given}`,
    instagram: `https://www.instagram.com/p/${given}/`,
    ted: `https://www.ted.com/talks/${given}`,
  };
  return pages[name];
}
