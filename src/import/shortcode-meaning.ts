import { escapeMarkdown, formatUrl } from './markdown-words.ts';
import { textOfHtml } from './plain-words.ts';

/** What replaces a shortcode or tag. */
export interface Meaning {
  text: string;
  /** `known` is what the shortcode meant, and `words` are only the words that it had. */
  how: 'known' | 'words';
}

/** The replacement for a shortcode or tag, or undefined if nothing of it is left. */
export function ofName(name: string, rest: string, isTarget: boolean): Meaning | undefined {
  const { named, plain } = argumentsOf(inParentheses(rest) ?? rest);
  const first = plain[0];
  const known = knownMeaning(name, named, plain);
  if (known !== undefined) return { text: known, how: 'known' };
  if (isTarget && first !== undefined && !references.has(name)) return { text: first, how: 'words' };
  if (controls.has(name) || references.has(name)) return undefined;
  const words = wordsOf(named, plain) ?? (boxes.test(name) ? boxTitle(plain) : undefined);
  return words === undefined ? undefined : { text: words, how: 'words' };
}

const references = new Set('ref relref link post_url youtube vimeo tweet x twitter gist'.split(' '));

function knownMeaning(name: string, named: ReadonlyMap<string, string>, plain: readonly string[]): string | undefined {
  const first = plain[0];
  switch (name) {
    case 'ref':
    case 'relref':
    case 'link':
      return first === undefined ? undefined : first.replace(/^_posts\//, '/_posts/');
    case 'post_url':
      return first === undefined ? undefined : `${first.split('/').at(-1)}.md`;
    case 'youtube':
      return video(named.get('id') ?? first, (id) => `https://www.youtube.com/watch?v=${id}`);
    case 'vimeo':
      return video(named.get('id') ?? first, (id) => `https://vimeo.com/${id}`);
    case 'tweet':
    case 'x':
    case 'twitter': {
      const id = named.get('id') ?? plain.at(-1);
      return id === undefined
        ? undefined
        : `[Post by ${escapeMarkdown(named.get('user') ?? 'its author')}](${formatUrl(/^https?:/.test(id) ? id : `https://twitter.com/i/status/${id}`)})`;
    }
    case 'gist':
      return first === undefined
        ? undefined
        : `[Code](https://gist.github.com/${formatUrl(plain.slice(0, 2).join('/'))})`;
    case 'include':
      if (/youtube/i.test(first ?? ''))
        return video(named.get('id') ?? named.get('url'), (id) => `https://www.youtube.com/watch?v=${id}`);
      return pictureOf(named, []);
    default:
      if (controls.has(name)) return undefined;
      return isQuotation(name) ? quoteOf(named, plain) : pictureOf(named, plain);
  }
}

const boxes =
  /^(?:note|alert|callout|admonition|box|panel|tip|info|warning|important|caution|danger|details|folding|fold|spoiler|hide\w*|tabs?|label|message)$/i;
const boxStyles =
  /^(?:note|default|primary|success|info|warn|warning|danger|error|tip|important|caution|simple|modern|flat|no-icon|icon|open|close|true|false|(?:fa\w?|fa-[\w-]+)|#?\w*-?\d+|(?:light|dark)?(?:red|blue|green|yellow|orange|gray|grey|purple|pink|cyan|black|white))$/;

/** `{% note info Below a folder %}` of Hexo: the words after the style are the title. */
function boxTitle(plain: readonly string[]): string | undefined {
  const words = [...plain];
  while (words[0] !== undefined && boxStyles.test(words[0])) words.shift();
  const title = words.join(' ').replace(/\s*,\s*$/, '');
  return /\p{L}/u.test(title) ? `**${escapeMarkdown(title)}**` : undefined;
}

/** The arguments of a call, such as Zola's `figure(src="a.jpg")`. */
const inParentheses = (rest: string): string | undefined => /^\s*\(([\s\S]*)\)\s*$/.exec(rest)?.[1];

const video = (id: string | undefined, url: (id: string) => string): string | undefined =>
  id === undefined ? undefined : `[Video](${formatUrl(/^https?:/.test(id) ? id : url(id))})`;

/** Tags of template languages whose arguments are no words. */
const controls = new Set(
  `if elsif elseif else endif unless endunless case when endcase for endfor tablerow cycle break continue assign capture
  endcapture set endset render layout block endblock extends macro endmacro import from increment decrement liquid paginate
  seo feed_meta toc raw endraw comment endcomment highlight endhighlight code endcode more markdown param ref relref link
  post_url asset_path css js`.split(/\s+/),
);

const pictureFile = /\.(?:jpe?g|png|gif|webp|avif|svg|tiff?)(?:[?#]|$)/i;

const firstOf = (named: ReadonlyMap<string, string>, ...keys: string[]): string | undefined =>
  keys.map((key) => named.get(key)).find((value) => value !== undefined && value.trim() !== '');

/** A shortcode that shows a picture, whatever its name is. Its credit is kept at the end of its caption. */
function pictureOf(named: ReadonlyMap<string, string>, plain: readonly string[]): string | undefined {
  const given = firstOf(
    named,
    'src',
    'url',
    'image',
    'img',
    'image_path',
    'path',
    'file',
    'filename',
    'photo',
    'picture',
    'link',
  );
  const src = given !== undefined && pictureFile.test(given) ? given : plain.find((word) => pictureFile.test(word));
  if (src === undefined) return undefined;
  const others = plain
    .slice(plain.indexOf(src) + 1)
    .filter((word) => /\p{L}/u.test(word) && !/^\d+(?:px|%)?$/.test(word) && /\s|\p{Lu}/u.test(word));
  // Octopress writes the caption before the alt text, Eleventy the alt text alone.
  const caption =
    firstOf(named, 'caption', 'title', 'description', 'cutline', 'text', 'figcaption', 'legend') ??
    (others.length > 1 ? others[0] : undefined);
  const written = firstOf(named, 'alt', 'alttext', 'alt_text') ?? others.at(-1) ?? '';
  const alt = /<[a-z/]/i.test(written) ? textOfHtml(written).replace(/\s+/g, ' ').trim() : written;
  const credit = firstOf(
    named,
    'credit',
    'credits',
    'attr',
    'attribution',
    'photographer',
    'author',
    'copyright',
    'by',
    'source',
  );
  const below = [caption?.trim(), credit === undefined ? undefined : `(Photo: ${credit.trim().replace(/[()]/g, '')})`]
    .filter(Boolean)
    .join(' ');
  return `![${escapeMarkdown(alt)}](${formatUrl(src)}${below === '' ? '' : ` "${below.replace(/\s+/g, ' ').replace(/["\\]/g, '\\$&')}"`})`;
}

function quoteOf(named: ReadonlyMap<string, string>, plain: readonly string[]): string | undefined {
  const text = firstOf(named, 'text', 'quote', 'content', 'body') ?? plain.find((word) => /\s/.test(word));
  if (text === undefined) return undefined;
  const by = firstOf(named, 'cite', 'author', 'by', 'source', 'attribution', 'name', 'credit', 'attr');
  return `\n\n> ${escapeMarkdown(text)}${by === undefined ? '' : `\n>\n> — ${escapeMarkdown(by)}`}\n\n`;
}

/** Whether a name is one of a shortcode or component that shows a quotation. */
export const isQuotation = (name: string): boolean => /quote|epigraph|testimonial/i.test(name) && !/^end/i.test(name);

/** Who said it, of a quotation whose text stands between its tags, as Markdown. */
export function attributionOf(written: string): string | undefined {
  const rest = inParentheses(written) ?? written;
  const { named, plain } = argumentsOf(rest);
  // Without quotation marks and keys, commas belong to the words.
  const isBare = !/["'`=]/.test(rest.replace(/https?:\S+/g, ''));
  return attributionFrom(named, isBare ? rest.trim().split(/\s+/) : plain);
}

/** @param plain words without a name. Hexo writes the author and the source like that: `Ann Example, The Book` */
export function attributionFrom(named: ReadonlyMap<string, string>, plain: readonly string[]): string | undefined {
  const said = ['author', 'by', 'cite', 'attribution', 'attr', 'credit', 'name', 'source', 'title', 'caption']
    .map((key) => named.get(key)?.trim())
    .filter((value) => value !== undefined && /\p{L}/u.test(value) && !/^https?:/i.test(value));
  const words = plain.filter(
    (word) => !/^(?:https?:\S*|\/\S*|left|right|center|centre|large|small|["']?)$/i.test(word),
  );
  const names = [...new Set(said.length > 0 ? said : [words.join(' ').trim()])].filter(Boolean).join(', ');
  const url = ['link', 'url', 'href', 'cite', 'source', 'authorlink', 'sourcelink']
    .map((key) => named.get(key))
    .concat(plain)
    .find((value) => /^https?:\/\//i.test(value ?? ''));
  if (names === '') return url === undefined ? undefined : `[${escapeMarkdown(url)}](${formatUrl(url)})`;
  return url === undefined ? escapeMarkdown(names) : `[${escapeMarkdown(names)}](${formatUrl(url)})`;
}

/** The attributes of an unknown shortcode that readers saw, as text, and its address as a link. */
export function wordsOf(named: ReadonlyMap<string, string>, plain: readonly string[]): string | undefined {
  const said = [
    'title',
    'heading',
    'header',
    'headline',
    'label',
    'text',
    'quote',
    'content',
    'body',
    'caption',
    'description',
    'alt',
    'summary',
    'name',
    'cite',
    'credit',
    'attr',
    'attribution',
    'author',
    'by',
    'source',
  ]
    .map((key) => named.get(key)?.trim())
    .concat(plain.filter((word) => /\p{L}\S*\s+\S/u.test(word)))
    .filter((word) => word !== undefined && /\p{L}/u.test(word) && !/^(?:https?:|true$|false$|\/)/i.test(word));
  const words = [...new Set(said)].map((word) => escapeMarkdown(word ?? ''));
  const url = firstOf(named, 'url', 'href', 'link', 'src');
  if (url !== undefined && /^(?:https?:\/\/|\/)\S+$/.test(url)) {
    const label = words.shift() ?? escapeMarkdown(url.replace(/^https?:\/\/(?:www\.)?/, ''));
    return [`[${label}](${formatUrl(url)})`, ...words].join('. ');
  }
  return words.length > 0 ? words.join('. ') : undefined;
}

function argumentsOf(rest: string): { named: Map<string, string>; plain: string[] } {
  const named = new Map<string, string>();
  const plain: string[] = [];
  for (const match of rest.matchAll(
    /(?:([\w-]+)\s*=\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|([^\s"'=]+))/g,
  )) {
    const value = (match[2] ?? match[3] ?? match[4] ?? match[5] ?? '').replace(/\\(["'\\])/g, '$1');
    if (match[1] === undefined) {
      // Nunjucks separates arguments with commas.
      const word = match[5] === undefined ? value : value.replace(/^,+|,+$/g, '');
      if (word !== '') plain.push(word);
    } else if (match[1] !== undefined) named.set(match[1].toLowerCase(), value);
  }
  return { named, plain };
}
