import { Parser } from 'htmlparser2';
import { escapeAttribute, withoutXmlControls } from '../../../site/markup.ts';
import { decodeFile } from '../../decode-stream.ts';
import { ownString } from '../../own-string.ts';
import { cdataSplitter } from '../xml/cdata.ts';

/** An `<entry>` of a backup: a post, a page, a comment, a setting, or the template. */
export interface AtomEntry {
  /** Its place in the file, from 0. */
  ordinal: number;
  /** Its position in the text that the parser read. */
  start: number;
  end: number;
  /** The file ends in the middle of it. */
  isCut: boolean;
  /** The first element that is longer than the limit. */
  tooLong?: string;
  /** By the name of the element without its prefix. Those of the author begin with `author/`. */
  fields: Map<string, string>;
  categories: { scheme: string; term: string }[];
  links: { rel: string; href: string; type: string }[];
  /** Of a comment: the id of its post. */
  replyTo?: string;
}

export interface AtomEnd {
  isCut: boolean;
  hasFeed: boolean;
  notes: Set<string>;
  /** Of the whole blog, by the name of the element. */
  feed: Map<string, string>;
  links: AtomEntry['links'];
}

export interface AtomReading {
  end: AtomEnd;
  entries: AsyncGenerator<AtomEntry>;
}

/** Longer texts are not stories. The rest of such a text is not kept in memory. */
export const contentCharsMax = 2_000_000;
const fieldCharsMax = 100_000;
const listMax = 1000;

/**
 * Reads a backup of Blogger entry by entry, however large it is. The parser survives a bare `&`, ignores document types
 * and their entities, and does not notice if the file ends too early, so this function does.
 */
export function readAtom(path: string): AtomReading {
  const decoded = decodeFile(path);
  const end: AtomEnd = { isCut: true, hasFeed: false, notes: decoded.notes, feed: new Map(), links: [] };
  return { end, entries: entries(decoded.pieces, end) };
}

async function* entries(pieces: AsyncGenerator<string>, end: AtomEnd): AsyncGenerator<AtomEntry> {
  const found: AtomEntry[] = [];
  const path: string[] = [];
  let ordinal = 0;
  let entry: AtomEntry | undefined;
  let text: string[] = [];
  let length = 0;
  /** How deep the parser is inside of content that is XHTML. */
  let inside = 0;
  let isEnding = false;
  const add = (value: string): void => {
    length += value.length;
    const max = path.at(-1) === 'content' || inside > 0 ? contentCharsMax : fieldCharsMax;
    if (length <= max) text.push(value);
    else if (entry) entry.tooLong ??= inside > 0 ? 'content' : (path.at(-1) ?? 'text');
  };
  const parser = new Parser(
    {
      onopentag(written, attributes) {
        const name = written.slice(written.indexOf(':') + 1);
        if (inside > 0 || (entry && path.at(-1) === 'content')) {
          inside++;
          const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
          add(`<${name}${given.join('')}>`);
          return;
        }
        path.push(name);
        text = [];
        length = 0;
        if (path.length === 1) end.hasFeed = name === 'feed';
        if (name === 'entry' && !entry) {
          entry = {
            ordinal: ordinal++,
            start: parser.startIndex,
            end: 0,
            isCut: false,
            fields: new Map(),
            categories: [],
            links: [],
          };
          return;
        }
        const of = (key: string): string => ownString(attributes[key] ?? '');
        if (name === 'link' && of('href') !== '') {
          const list = entry ? entry.links : end.links;
          if (list.length < listMax) list.push({ rel: of('rel'), href: of('href'), type: of('type') });
        } else if (entry && name === 'category' && of('term') !== '') {
          if (entry.categories.length < listMax) entry.categories.push({ scheme: of('scheme'), term: of('term') });
        } else if (entry && name === 'in-reply-to') entry.replyTo ??= of('ref');
      },
      ontext: add,
      onclosetag(written, isImplied) {
        const name = written.slice(written.indexOf(':') + 1);
        if (inside > 0) {
          inside--;
          add(`</${name}>`);
          return;
        }
        path.pop();
        const value = withoutXmlControls(text.join('')).trim();
        text = [];
        length = 0;
        if (name === 'entry' && entry && !path.includes('entry')) {
          entry.end = parser.endIndex + 1;
          entry.isCut = isEnding && isImplied;
          found.push(entry);
          entry = undefined;
        } else if (entry) {
          const key =
            path.at(-1) === 'author' ? `author/${name}` : path.at(-1) === 'location' ? `location/${name}` : name;
          if (value !== '' && !entry.fields.has(key))
            entry.fields.set(key, name === 'content' ? value : ownString(value));
        } else {
          if (value !== '' && !end.feed.has(name)) end.feed.set(name, ownString(value.slice(0, 1000)));
          if (name === 'feed') end.isCut = isEnding && isImplied;
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
