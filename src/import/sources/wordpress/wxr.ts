import { Parser } from 'htmlparser2';
import { withoutXmlControls } from '../../../site/markup.ts';
import { decodeFile } from '../../decode-stream.ts';
import { ownString } from '../../own-string.ts';
import { cdataSplitter } from '../xml/cdata.ts';

/** An `<item>` of an export: a post, page, attachment, or anything else that WordPress stores as a post. */
export interface WxrItem {
  /** Its place in the file, from 0. */
  ordinal: number;
  /** Its position in the text that the parser read. */
  start: number;
  end: number;
  /** The file ends in the middle of it. */
  isCut: boolean;
  /** The first field that is longer than the limit, and its length so far. */
  tooLong?: string;
  /** By the name of the element without its prefix, such as `post_id`. */
  fields: Map<string, string>;
  categories: { domain: string; nicename: string; name: string }[];
  meta: [key: string, value: string][];
  comments: Map<string, string>[];
}

/** What stands before the items. */
export interface WxrHead {
  version?: string;
  title?: string;
  link?: string;
  language?: string;
  /** The program that wrote the export. */
  generator?: string;
  baseSiteUrl?: string;
  baseBlogUrl?: string;
  authors: Map<string, string>[];
  /** Categories, tags, and terms of other taxonomies. */
  terms: Map<string, string>[];
}

export interface WxrEnd {
  /** The file ends before the export does. */
  isCut: boolean;
  hasRss: boolean;
  notes: Set<string>;
}

export interface WxrReading {
  head: WxrHead;
  end: WxrEnd;
  items: AsyncGenerator<WxrItem>;
}

/** Longer texts are not stories. The rest of such a text is not kept in memory. */
export const contentCharsMax = 2_000_000;
const fieldCharsMax = 1_000_000;
/** Elements of the head and of an item are few. An archive that has more of them is hostile. */
const entriesMax = 200_000;

const groups = new Set(['wp:author', 'wp:category', 'wp:tag', 'wp:term']);

/**
 * Reads a WordPress export item by item. The parser survives a bare `&`, ignores document types and their entities, and
 * does not notice if the file ends too early, so this function does.
 */
export function readWxr(path: string): WxrReading {
  const head: WxrHead = { authors: [], terms: [] };
  const decoded = decodeFile(path);
  const end: WxrEnd = { isCut: true, hasRss: false, notes: decoded.notes };
  return { head, end, items: items(decoded.pieces, head, end) };
}

async function* items(pieces: AsyncGenerator<string>, head: WxrHead, end: WxrEnd): AsyncGenerator<WxrItem> {
  const found: WxrItem[] = [];
  const path: string[] = [];
  const prefixes = new Map<string, string>();
  let ordinal = 0;
  let item: WxrItem | undefined;
  let group: Map<string, string> | undefined;
  let meta: Map<string, string> | undefined;
  let comment: Map<string, string> | undefined;
  let attributes: Record<string, string> = {};
  let text: string[] = [];
  let length = 0;
  let isEnding = false;
  const parser = new Parser(
    {
      onopentag(written, given) {
        if (path.length < 2) readPrefixes(given, prefixes);
        const name = canonical(written, prefixes);
        path.push(name);
        text = [];
        length = 0;
        if (path.length === 1) end.hasRss = name === 'rss' || name === 'rdf:RDF';
        if (name === 'item' && !item) {
          item = {
            ordinal: ordinal++,
            start: parser.startIndex,
            end: 0,
            isCut: false,
            fields: new Map(),
            categories: [],
            meta: [],
            comments: [],
          };
        } else if (item && name === 'wp:postmeta') meta = new Map();
        else if (item && name === 'wp:comment') comment = new Map();
        else if (!item && groups.has(name)) group = new Map();
        if (name === 'category')
          attributes = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, ownString(value)]));
      },
      ontext(value) {
        length += value.length;
        const isContent = path.at(-1) === 'content:encoded';
        if (length <= (isContent ? contentCharsMax : fieldCharsMax)) text.push(value);
        else if (item) item.tooLong ??= path.at(-1) ?? 'text';
      },
      onclosetag(written, isImplied) {
        const name = canonical(written, prefixes);
        path.pop();
        const whole = withoutXmlControls(text.join(''));
        const value = name === 'content:encoded' ? whole : ownString(whole);
        text = [];
        const bare = name.slice(name.indexOf(':') + 1);
        if (name === 'item' && item) {
          item.end = parser.endIndex + 1;
          item.isCut = isEnding && isImplied;
          found.push(item);
          item = undefined;
        } else if (meta) {
          if (name === 'wp:postmeta') {
            if (item && item.meta.length < entriesMax)
              item.meta.push([meta.get('meta_key') ?? '', meta.get('meta_value') ?? '']);
            meta = undefined;
          } else meta.set(bare, value);
        } else if (comment) {
          if (name === 'wp:comment') {
            if (item && item.comments.length < entriesMax) item.comments.push(comment);
            comment = undefined;
          } else if (name !== 'wp:commentmeta' && name !== 'wp:meta_key' && name !== 'wp:meta_value')
            comment.set(bare, value.trim());
        } else if (group) {
          if (groups.has(name)) {
            const list = name === 'wp:author' ? head.authors : head.terms;
            if (name !== 'wp:author') group.set('kind', bare);
            if (list.length < entriesMax) list.push(group);
            group = undefined;
          } else group.set(bare, value.trim());
        } else if (item) {
          if (name === 'category')
            item.categories.push({
              domain: attributes.domain ?? 'category',
              nicename: attributes.nicename ?? '',
              name: value.trim(),
            });
          else if (name === 'content:encoded' || name === 'excerpt:encoded') item.fields.set(name, value);
          else if (!item.fields.has(bare)) item.fields.set(bare, value.trim());
        } else {
          if (name === 'wp:wxr_version') head.version = value.trim();
          else if (name === 'wp:base_site_url') head.baseSiteUrl = value.trim();
          else if (name === 'wp:base_blog_url') head.baseBlogUrl = value.trim();
          else if (
            path.at(-1) === 'channel' &&
            (name === 'title' || name === 'link' || name === 'language' || name === 'generator')
          )
            head[name] ??= value.trim();
          if (name === 'rss' || name === 'rdf:RDF') end.isCut = isEnding;
        }
      },
    },
    { xmlMode: true },
  );
  const split = cdataSplitter();
  for await (const piece of pieces) {
    parser.write(split(piece));
    yield* found.splice(0);
  }
  isEnding = true;
  parser.end();
  yield* found.splice(0);
}

/** An export can choose its own prefixes. What they stand for is decided by the addresses of their namespaces. */
function readPrefixes(attributes: Record<string, string>, prefixes: Map<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.startsWith('xmlns:')) continue;
    const known = namespaces.find(([pattern]) => pattern.test(value))?.[1];
    if (known !== undefined) prefixes.set(name.slice(6), known);
  }
}

const namespaces: [RegExp, string][] = [
  [/wordpress\.org\/export\/[\d.]+\/excerpt/i, 'excerpt'],
  [/wordpress\.org\/export\/[\d.]+\/?$/i, 'wp'],
  [/purl\.org\/rss\/1\.0\/modules\/content/i, 'content'],
  [/purl\.org\/dc\/elements/i, 'dc'],
];

function canonical(name: string, prefixes: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':');
  const prefix = colon === -1 ? undefined : prefixes.get(name.slice(0, colon));
  return prefix === undefined ? name : prefix + name.slice(colon);
}
