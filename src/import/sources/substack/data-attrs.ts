import { classesOf, type Element, elementsOf, parseHtml, wordsOf } from '../markup/tree.ts';

/*
 * Substack writes what it knows about a part of a post into an attribute, as JSON. For many parts, such as cards for
 * pages of other sites, that is all there is.
 */

type Attrs = Record<string, unknown>;

const charsMax = 1_000_000;

export function attrsOf({ attribs }: Element): Attrs {
  const json = attribs['data-attrs'];
  if (json === undefined || json.length > charsMax) return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Attrs) : {};
  } catch {
    return {};
  }
}

/** The first of the values that has words. */
export function first(attrs: Attrs, ...names: string[]): string {
  for (const name of names) {
    const value = Object.hasOwn(attrs, name) ? attrs[name] : undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return '';
}

/** A card for a page of another site, or undefined if an element is none. */
export function cardOf(
  node: Element,
  attrs: Attrs,
): { url: string; title: string; text: string; provider: string } | undefined {
  const component = node.attribs['data-component-name'] ?? '';
  const isPart =
    /ToDOM$|Embed|Create/.test(component) ||
    classesOf(node).some((name) => /(?:^|-)(?:wrap|embed|embedded)(?:-|$)/.test(name));
  if (!isPart || Object.keys(attrs).length === 0 || /^(?:Image2|Footnote|Mention)/.test(component)) return undefined;
  const url = addressOf(node, attrs);
  if (url === undefined) return undefined;
  const bylines = attrs.bylines ?? attrs.publishedBylines;
  const author = Array.isArray(bylines) ? first((bylines[0] ?? {}) as Attrs, 'name') : '';
  const user = first(attrs, 'username');
  const name = first(attrs, 'name');
  const title =
    first(attrs, 'title', 'headline') ||
    (user === ''
      ? name || first(attrs, 'label', 'question')
      : [name, `@${user.replace(/^@/, '')}`].filter(Boolean).join(', '));
  const text = first(
    attrs,
    'full_text',
    'text',
    'description',
    'caption',
    'truncated_body_text',
    'hero_text',
    'body',
    'subtitle',
  );
  return {
    url,
    title: plain(title),
    text: plain(text),
    provider: plain(
      first(attrs, 'publication_name', 'publicationName') || author || first(attrs, 'author_name', 'author'),
    ),
  };
}

function addressOf(node: Element, attrs: Attrs): string | undefined {
  const video = first(attrs, 'videoId');
  const isVimeo = /vimeo/i.test(`${node.attribs.class} ${node.attribs['data-component-name']}`);
  if (video !== '' && /^[\w-]+$/.test(video))
    return isVimeo ? `https://vimeo.com/${video}` : `https://www.youtube.com/watch?v=${video}`;
  const instagram = first(attrs, 'instagram_id');
  if (/^[\w-]+$/.test(instagram)) return `https://www.instagram.com/p/${instagram}/`;
  const linked = elementsOf(node).find(({ name, attribs }) => name === 'a' && /^https?:/i.test(attribs.href ?? ''));
  const address =
    first(attrs, 'url', 'canonical_url', 'targetUrl', 'href', 'link', 'base_url') ||
    linked?.attribs.href ||
    node.attribs.src ||
    '';
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  // What Substack adds to count readers.
  for (const key of [...url.searchParams.keys()])
    if (/^utm_|^r$|^s$|^showWelcome/.test(key)) url.searchParams.delete(key);
  return url.href;
}

/** The words of a text that can contain HTML. */
const plain = (words: string): string =>
  /[<&]/.test(words) ? wordsOf(parseHtml(words)) : words.replace(/\s+/g, ' ').trim();
