import { existsSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { escapeAttribute } from '../../../site/markup.ts';
import { htmlWords } from '../../html-body/convert.ts';
import { leadInHtml } from '../../lead-in-html.ts';
import {
  type BrokenItem,
  ImportError,
  type ItemBody,
  type Source,
  type SourceAuthor,
  type SourceFile,
  type SourceItem,
  type SourceOptions,
} from '../../source.ts';
import { type ArchiveFiles, openArchive } from '../files/archive-files.ts';
import { pictureIn } from '../files/picture-in.ts';
import { copyPart } from '../xml/copy-part.ts';
import { ZipError } from '../zip/zip-reader.ts';
import { type AtomEntry, readAtom } from './atom.ts';
import { isBloggerFeed } from './detect.ts';
import { type EntryKind, fieldsOf, kindOf } from './entry-fields.ts';
import { addSetting, type BlogSettings, originOf, readSettings, timeZoneOf, whyPrivate } from './settings.ts';

/** A backup of Blogger: an Atom feed, or the folder or zip of a Google Takeout that contains one. */
export async function bloggerSource({ source, except, context, publicFolder }: SourceOptions): Promise<Source> {
  const archive = openArchive(source, except);
  const albums = albumsBeside(source);
  let feed: string;
  try {
    feed = feedIn(archive, source);
  } catch (error) {
    archive.close();
    throw error;
  }
  const path = await archive.open(feed).catch((error: unknown) => {
    archive.close();
    if (error instanceof ZipError) throw new ImportError(`${source} cannot be unpacked: ${error.message}.`);
    throw error;
  });
  const name = posix.basename(feed);
  const settingsFile = archive.files.find((file) => file === posix.join(posix.dirname(feed), 'settings.csv'));
  const settings: BlogSettings =
    settingsFile === undefined ? new Map() : readSettings(await archive.open(settingsFile));
  const counts: Record<string, number> = {};
  const places = new Map<string, { start: number; end: number }>();
  const authors = new Map<string, SourceAuthor>();
  const origins = new Map<string, number>();
  const notes: { file: string; note: string }[] = [...archive.notes];

  async function* entriesOf(...kinds: EntryKind[]): AsyncGenerator<{ entry: AtomEntry; kind: EntryKind; key: string }> {
    for await (const entry of readAtom(path).entries) {
      const kind = kindOf(entry);
      if (kinds.includes(kind)) yield { entry, kind, key: String(entry.ordinal) };
    }
  }

  /** Settings can come after the posts that they are about. */
  async function readRest(): Promise<void> {
    const { entries, end } = readAtom(path);
    for await (const entry of entries) {
      const kind = kindOf(entry);
      counts[kind] = (counts[kind] ?? 0) + 1;
      if (kind === 'settings') addSetting(settings, entry);
      if (kind !== 'post' && kind !== 'page' && !entry.isCut) continue;
      places.set(String(entry.ordinal), { start: entry.start, end: entry.end });
      const link = entry.links.find(({ rel, type }) => rel === 'alternate' && /html|^$/.test(type))?.href;
      if (link !== undefined && URL.canParse(link)) {
        const { origin } = new URL(link);
        origins.set(origin, (origins.get(origin) ?? 0) + 1);
      }
    }
    if (!end.hasFeed)
      throw new ImportError(`${source} is not a backup of Blogger, because it does not begin with <feed>.`);
    if (end.isCut)
      notes.push({
        file: name,
        note: 'the file ends in the middle of the export; everything before its end is imported',
      });
    for (const note of end.notes) notes.push({ file: name, note });
    const alternate = end.links.find(({ rel }) => rel === 'alternate')?.href;
    if (alternate !== undefined && URL.canParse(alternate))
      origins.set(new URL(alternate).origin, Number.MAX_SAFE_INTEGER);
  }

  return {
    kind: 'blogger',
    folder: archive.folder,
    unpackedFolder: albums?.folder,
    async *items(): AsyncGenerator<SourceItem | BrokenItem> {
      await readRest();
      const blogDraft = whyPrivate(settings);
      const ids = new Set<string>();
      for await (const { entry, kind, key } of entriesOf('post', 'page', 'other')) {
        if (kind === 'other' && !entry.isCut) continue;
        const id = entry.fields.get('id') ?? '';
        const where = `${name}: ${kind === 'page' ? 'page' : 'post'} ${/-(\d+)$/.exec(id)?.[1] ?? `number ${entry.ordinal + 1}`}${titleOf(entry)}`;
        if (entry.isCut) yield { key, where, reason: 'the file ends in the middle of it' };
        else if (entry.tooLong !== undefined)
          yield { key, where, reason: `more than 2 MB of text (${entry.tooLong}), which is the limit for a story` };
        else if (id !== '' && ids.has(id))
          yield {
            key,
            where: `${where}, number ${entry.ordinal + 1}`,
            reason: `the export contains the ${kind} with the id ${id} twice`,
          };
        else {
          ids.add(id);
          const { fields, notes: found } = fieldsOf(entry, context, authors, blogDraft);
          const content = entry.fields.get('content') ?? '';
          if (fields.headline === undefined && content.trim() === '') {
            yield { key, where, reason: 'it has neither a title nor a text' };
            continue;
          }
          const lead = kind === 'page' ? undefined : leadInHtml(content);
          if (lead !== undefined) fields.cover = { src: lead };
          const slug = fields.slug ?? '';
          yield {
            key,
            where,
            fields,
            isPage: kind === 'page',
            name: { path: slug, name: slug, slug, folders: [] },
            heading: fields.headline === undefined ? headingIn(content) : undefined,
            notes: found,
          };
        }
      }
    },
    async *bodies(wanted): AsyncGenerator<ItemBody> {
      for await (const { entry, key } of entriesOf('post', 'page'))
        if (wanted.has(key)) yield { key, kind: 'html', text: bodyOf(entry) };
    },
    async keep(key, to) {
      const place = places.get(key);
      if (place === undefined) return false;
      await copyPart(path, place.start, place.end, to);
      return true;
    },
    facts: () => {
      const [most] = [...origins].sort((a, b) => b[1] - a[1]);
      return {
        origin: most?.[0] ?? originOf(settings),
        timeZone: timeZoneOf(settings),
        authors: [...authors.values()],
        counts: Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))),
        comments: { count: counts.comment ?? 0, lines: () => commentLines(entriesOf('comment')) },
        files: otherFiles(archive, feed, settingsFile),
        left: archive.left.lines(),
        notes,
      };
    },
    pictureFiles: (url) => [
      ...pictureIn(archive, url, publicFolder),
      ...(albums === undefined ? [] : pictureIn(albums, url, undefined)),
    ],
    close: async () => {
      archive.close();
      albums?.close();
    },
  };
}

const titleOf = ({ fields }: AtomEntry): string => {
  const title = htmlWords(fields.get('title') ?? '').slice(0, 60);
  return title === '' ? '' : ` (${title})`;
};

const headingIn = (html: string): string | undefined => {
  const found = /<h[1-6][^>]*>([\s\S]{1,500}?)<\/h[1-6]>/i.exec(html)?.[1];
  return found === undefined ? undefined : htmlWords(found) || undefined;
};

/** The text with a card for its sound, which podcasts have. */
function bodyOf({ fields, links }: AtomEntry): string {
  const sound = links.find(({ rel, href }) => rel === 'enclosure' && /^https?:/i.test(href));
  const card =
    sound === undefined
      ? ''
      : `<div class="bs-card" data-url="${escapeAttribute(sound.href)}" data-title="${escapeAttribute(htmlWords(fields.get('title') ?? ''))}"></div>`;
  return card + (fields.get('content') ?? '').replace(/\r\n?/g, '\n');
}

async function* commentLines(entries: AsyncGenerator<{ entry: AtomEntry }>): AsyncGenerator<string> {
  for await (const { entry } of entries) {
    const get = (name: string): string | undefined => entry.fields.get(name) || undefined;
    yield `${JSON.stringify({
      post: entry.replyTo ?? get('parent'),
      id: get('id'),
      parent: get('inReplyTo'),
      status: get('status'),
      date: get('published'),
      author: get('author/name'),
      url: get('author/uri'),
      text: get('content'),
    })}\n`;
  }
}

/** @throws {ImportError} none, or several */
function feedIn(archive: ArchiveFiles, source: string): string {
  const [alone] = archive.files;
  if (archive.files.length === 1 && alone !== undefined && archive.folder !== source) return alone;
  const feeds = archive.files.filter(
    (file) =>
      /\.(?:xml|atom)$/i.test(file) &&
      !/(?:^|\/)Comments\//i.test(file) &&
      isBloggerFeed(archive.startOf(file).toString('latin1').replaceAll('\0', '')),
  );
  const [feed, second] = feeds;
  if (feed === undefined)
    throw new ImportError(`${source} contains no backup of Blogger (an XML file, or feed.atom from Google Takeout).`);
  if (second !== undefined)
    throw new ImportError(
      `${source} contains several blogs or backups: ${feeds.slice(0, 5).join(', ')}. Name the file of one of them, or its folder.`,
    );
  return feed;
}

/** Of `Takeout/Blogger/Blogs/NAME`: the pictures, in `Takeout/Blogger/Albums`. */
function albumsBeside(source: string): ArchiveFiles | undefined {
  for (const folder of [source, dirname(source)]) {
    const albums = join(folder, '../../Albums');
    if (basename(dirname(folder)) === 'Blogs' && existsSync(albums)) return openArchive(albums, []);
  }
  return undefined;
}

/** Other parts of a Takeout are about the account, and about comments on the blogs of others. */
function otherFiles({ files }: ArchiveFiles, feed: string, settings: string | undefined): SourceFile[] {
  return files
    .filter((file) => file !== feed)
    .map((file) => ({
      file,
      kind:
        file === settings || /(?:^|\/)(?:theme-[\w-]+\.(?:html|xml)|archive_browser\.html)$/i.test(file)
          ? 'generator'
          : /(?:^|\/)(?:Profile|Comments|Followed|Following|Stats)\//i.test(file)
            ? 'private'
            : /(?:^|\/)Albums\/.*\.(?:json|csv)$/i.test(file)
              ? 'generator'
              : /\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp|pdf|mp4|mov|mp3)$/i.test(file)
                ? 'asset'
                : 'not-understood',
    }));
}
