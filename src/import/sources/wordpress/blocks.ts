import { escapeAttribute, escapeText } from '../../../site/markup.ts';
import { linesToBreaks } from './lines.ts';

/*
 * WordPress's blocks are HTML between comments: `<!-- wp:NAME {"attributes": 1} -->…<!-- /wp:NAME -->`, or one comment
 * that ends in `/-->` for a block that WordPress renders itself. This is a parser of our own.
 */

export interface BlockOptions {
  /** The content of a reusable block. */
  reusable(id: string): string | undefined;
  /** The address and alt text of an attachment. */
  attachment(id: string): { url: string; alt?: string; caption?: string } | undefined;
  /** A block that has no words, with its name. */
  onDropped(name: string): void;
}

const nestingMax = 5;
const insertedCharsMax = 1_000_000;

export const hasBlocks = (content: string): boolean => content.includes('<!-- wp:');

/** The HTML of a content with blocks, including what only WordPress could render and what classic editors wrote. */
export function blocksToHtml(content: string, options: BlockOptions): string {
  let inserted = 0;
  return convert(content, []);

  function convert(text: string, within: readonly string[]): string {
    const parts: string[] = [];
    const open: string[] = [];
    let at = 0;
    const push = (html: string): void => {
      const isClassic = open.length === 0 || open.at(-1) === 'freeform';
      parts.push(isClassic && html.trim() !== '' ? linesToBreaks(html.trim()) : html);
    };
    for (;;) {
      const start = text.indexOf('<!--', at);
      if (start === -1) break;
      const end = text.indexOf('-->', start + 4);
      if (end === -1) break;
      const comment = /^\s*(\/?)wp:([a-z][\w/-]*)\s*([\s\S]*?)(\/?)\s*$/i.exec(text.slice(start + 4, end));
      if (!comment) {
        // Another comment, such as <!--more-->, is left out.
        push(text.slice(at, start));
        at = end + 3;
        continue;
      }
      push(text.slice(at, start));
      at = end + 3;
      const name = (comment[2] as string).toLowerCase().replace(/^core\//, '');
      if (comment[1]) {
        const place = open.lastIndexOf(name);
        if (place !== -1) open.length = place;
        continue;
      }
      const attributes = attributesOf(comment[3] ?? '');
      if (comment[4]) parts.push(dynamic(name, attributes, within));
      else open.push(name);
    }
    push(text.slice(at));
    return parts.join('');
  }

  function dynamic(name: string, attributes: Record<string, unknown>, within: readonly string[]): string {
    const text = (key: string): string | undefined => {
      const value = attributes[key];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    };
    const url = text('url') ?? text('src') ?? text('href');
    if (name === 'block') {
      const id = text('ref') ?? '';
      const content = within.includes(id) || within.length >= nestingMax ? undefined : options.reusable(id);
      inserted += content?.length ?? 0;
      if (content === undefined || inserted > insertedCharsMax) {
        options.onDropped(`wp:block ${id}`);
        return '';
      }
      return convert(content, [...within, id]);
    }
    if (name === 'more' || name === 'nextpage' || name === 'footnotes') return '';
    if (/(?:^|\/)embed$|^core-embed\//.test(name) && url)
      return `<figure class="wp-block-embed"><div>${escapeText(url)}</div></figure>`;
    if (name === 'image' || name === 'cover') {
      const stored = options.attachment(text('id') ?? '');
      const src = url ?? stored?.url;
      if (src) return picture(src, text('alt') ?? stored?.alt, text('caption'));
    }
    if (name === 'social-link' && url)
      return `<p><a href="${escapeAttribute(url)}">${escapeText(text('label') || text('service') || url)}</a></p>`;
    if (withoutWords.test(name)) {
      options.onDropped(`wp:${name}`);
      return '';
    }
    const html = wordsOf(attributes.data ?? attributes, options);
    if (html === '') options.onDropped(`wp:${name}`);
    return html;
  }
}

/** Blocks that print what WordPress stores elsewhere, or nothing. */
const withoutWords =
  /^(?:archives|avatar|calendar|categories|comment.*|latest-.*|loginout|navigation.*|page-list.*|post-.*|query.*|rss|search|site-.*|tag-cloud|template-part|spacer|separator|term-.*|home-link|pattern|newspack-(?:ads|popups|blocks)\/.*|jetpack\/(?:subscriptions|related-posts|sharing-.*|like|payment-.*|contact-form|field-.*|button)|yoast-seo\/.*|woocommerce\/.*)$/;

function attributesOf(json: string): Record<string, unknown> {
  const text = json.trim();
  if (!text.startsWith('{')) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const picture = (src: string, alt: string | undefined, caption: string | undefined): string =>
  `<figure><img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt ?? '')}">${caption ? `<figcaption>${caption}</figcaption>` : ''}</figure>`;

const depthMax = 6;

/** The words in the attributes of an unknown block, in their order: texts of several words, HTML, links, and pictures. */
function wordsOf(value: unknown, options: BlockOptions, key = '', depth = 0): string {
  if (depth > depthMax) return '';
  if (Array.isArray(value)) return value.map((entry) => wordsOf(entry, options, key, depth + 1)).join('');
  if (typeof value === 'object' && value !== null)
    return (
      Object.entries(value)
        // ACF writes the key of a field beside its value.
        .filter(
          ([name]) =>
            !name.startsWith('_') && !/^(?:id|className|style|align|anchor|layout|mode|metadata|name|lock)$/.test(name),
        )
        .map(([name, inner]) => wordsOf(inner, options, name, depth + 1))
        .join('')
    );
  if (typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))) {
    const stored = /image|photo|picture|logo|portrait|bild|foto/i.test(key)
      ? options.attachment(String(value))
      : undefined;
    return stored ? picture(stored.url, stored.alt, stored.caption) : '';
  }
  if (typeof value !== 'string') return '';
  const text = value.trim();
  if (/<[a-z][^>]*>/i.test(text)) return `<div>${text}</div>`;
  if (/^https?:\/\/\S+$/i.test(text))
    return /\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)/i.test(text)
      ? picture(text, undefined, undefined)
      : `<p><a href="${escapeAttribute(text)}">${escapeText(text)}</a></p>`;
  const isWords =
    /\p{L}{2,}/u.test(text) &&
    (/\s\S*\p{L}/u.test(text) || /title|text|heading|label|caption|name|quote|content|question|answer/i.test(key));
  const isStyle = /^(?:var\(|#[0-9a-f]{3,8}$|[\d.]+(?:px|em|rem|%|vw|vh)|[\w-]+:[\w|-]+$)/i.test(text);
  return isWords && !isStyle ? `<p>${escapeText(text)}</p>` : '';
}
