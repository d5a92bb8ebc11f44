import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { decode } from '../../decode.ts';
import { leadInHtml } from '../../lead-in-html.ts';
import {
  type BrokenItem,
  ImportError,
  type ItemBody,
  type Source,
  type SourceFile,
  type SourceItem,
  type SourceOptions,
} from '../../source.ts';
import { type ArchiveFiles, openArchive } from '../files/archive-files.ts';
import { pictureIn } from '../files/picture-in.ts';
import { bytesMax, tooLarge } from '../files/text-limit.ts';
import { ZipError } from '../zip/zip-reader.ts';
import { bodyHtml } from './body.ts';
import { isPostsCsv } from './detect.ts';
import { fieldsOf } from './post-fields.ts';
import { type PostRow, readPostsCsv } from './posts-csv.ts';

interface Post {
  key: string;
  row?: PostRow;
  /** Of its text. */
  file?: string;
  isTwice: boolean;
}

/** An export of Substack: a zip, or a folder, with `posts.csv` and a file in `posts/` for each post. */
export function substackSource({ source, except, context, publicFolder }: SourceOptions): Source {
  const archive = openArchive(source, except);
  const list = listIn(archive);
  if (list === undefined) {
    archive.close();
    throw new ImportError(
      `${source} is not a Substack export, because it contains no posts.csv with Substack's columns.`,
    );
  }
  const root = posix.dirname(list) === '.' ? '' : `${posix.dirname(list)}/`;
  const notes: { file: string; note: string }[] = [...archive.notes];
  const rows = new Map<string, Post>();
  const broken: BrokenItem[] = [];

  /** The posts of the list, and the texts that it does not name. */
  async function readPosts(): Promise<void> {
    const csv = await readPostsCsv(await archive.open(list as string));
    for (const note of csv.notes) notes.push({ file: list as string, note });
    for (const { line, reason } of csv.broken) broken.push({ where: `${list}: line ${line}`, reason });
    const texts = new Map(archive.files.filter((file) => isText(file, root)).map((file) => [idOf(file), file]));
    // The name of a text can differ from the one in the list after the number, which is the same.
    const byNumber = new Map([...texts].map(([id, file]) => [/^\d+/.exec(id)?.[0] ?? id, file]));
    const used = new Set<string>();
    for (const { line, row } of csv.rows) {
      const id = row.get('post_id') ?? '';
      const file = id === '' ? undefined : (texts.get(id) ?? byNumber.get(/^\d+/.exec(id)?.[0] ?? id));
      const isTwice = id !== '' && rows.has(id);
      if (file !== undefined) used.add(file);
      const key = isTwice || id === '' ? `line ${line}` : id;
      rows.set(key, { key, row, file, isTwice });
    }
    for (const [id, file] of texts) if (!used.has(file)) rows.set(id, { key: id, file, isTwice: false });
  }

  const whereOf = ({ key, file, row, isTwice }: Post): string =>
    file === undefined || isTwice
      ? `${list}: ${row?.get('post_id') || row?.get('title') || key}${isTwice ? ` (${key})` : ''}`
      : file;

  async function textOf(file: string): Promise<string | { reason: string }> {
    if (archive.sizeOf(file) > bytesMax) return { reason: tooLarge };
    try {
      const read = decode(readFileSync(await archive.open(file)));
      return read === undefined ? { reason: 'not text' } : read.text;
    } catch (error) {
      if (error instanceof ZipError) return { reason: error.message };
      throw error;
    } finally {
      archive.free(file);
    }
  }

  return {
    kind: 'substack',
    folder: archive.folder,
    async *items(): AsyncGenerator<SourceItem | BrokenItem> {
      await readPosts();
      yield* broken;
      for (const post of rows.values()) {
        const { key, row, file, isTwice } = post;
        const where = whereOf(post);
        const id = row?.get('post_id') || (file === undefined ? '' : idOf(file));
        if (isTwice) {
          yield { key, where, reason: `posts.csv contains the post ${id} twice` };
          continue;
        }
        const { fields, notes: found, isPage } = fieldsOf(id, row, context);
        const hasSound = /^https?:/i.test(row?.get('podcast_url') ?? '');
        if (file === undefined && !hasSound) {
          const reason =
            fields.headline === undefined
              ? 'it has neither a title nor a text'
              : `the export has no text for it (${root}posts/${id || '?'}.html)`;
          yield { key, where, reason };
          continue;
        }
        const text = file === undefined ? '' : await textOf(file);
        if (typeof text !== 'string') {
          yield { key, where, reason: text.reason };
          continue;
        }
        const lead = isPage || hasSound ? undefined : leadInHtml(bodyHtml(text).html);
        if (lead !== undefined) fields.cover = { src: lead };
        const slug = fields.slug ?? id;
        yield { key, where, fields, isPage, name: { path: `p/${slug}`, name: slug, slug, folders: [] }, notes: found };
      }
    },
    async *bodies(wanted): AsyncGenerator<ItemBody> {
      for (const { key, file, row } of rows.values()) {
        if (!wanted.has(key)) continue;
        const text = file === undefined ? '' : await textOf(file);
        if (typeof text !== 'string') yield { key, kind: 'broken', reason: text.reason };
        else {
          const { html, notes: found } = bodyHtml(text, { url: row?.get('podcast_url'), title: row?.get('title') });
          yield { key, kind: 'html', text: html, notes: found };
        }
      }
    },
    async keep(key, to) {
      const post = rows.get(key);
      if (post?.file !== undefined && !post.isTwice) await archive.copy(post.file, to);
      else if (post?.row !== undefined) await writeFile(to, JSON.stringify(Object.fromEntries(post.row), null, 2));
      else return false;
      return true;
    },
    facts: () => ({
      permalinks: ['/p/{slug}'],
      origin: originOf(archive),
      counts: countTypes(rows.values()),
      files: otherFiles(archive, list, root),
      left: archive.left.lines(),
      notes,
    }),
    pictureFiles: (url) => pictureIn(archive, url, publicFolder),
    close: async () => archive.close(),
  };
}

const idOf = (file: string): string => posix.basename(file).replace(/\.html?$/i, '');

const isText = (file: string, root: string): boolean =>
  file.startsWith(`${root}posts/`) && /^[^/]+\.html?$/i.test(file.slice(root.length + 6));

/** The list of posts that is nearest to the top of an archive. */
function listIn(archive: ArchiveFiles): string | undefined {
  return archive.files
    .filter((file) => posix.basename(file) === 'posts.csv')
    .sort((a, b) => a.split('/').length - b.split('/').length)
    .find((file) => isPostsCsv(archive.startOf(file).toString('latin1').replaceAll('\0', '')));
}

/** The name of a list of subscribers contains the name of the publication. The list itself is never opened. */
function originOf({ files }: ArchiveFiles): string | undefined {
  const names = new Set(
    files.flatMap((file) => /(?:^|\/)email_list\.([a-z\d-]+)\.csv$/i.exec(file)?.[1]?.toLowerCase() ?? []),
  );
  return names.size === 1 ? `https://${[...names][0]}.substack.com` : undefined;
}

/** Every other table is about readers: who subscribes, who opened which e-mail, who paid. */
function otherFiles({ files }: ArchiveFiles, list: string, root: string): SourceFile[] {
  return files
    .filter((file) => file !== list && !isText(file, root))
    .map((file) => ({
      file,
      kind:
        /\.(?:csv|tsv|xlsx?)$/i.test(file) || /(?:subscriber|email|payment|stripe|member)/i.test(posix.basename(file))
          ? 'private'
          : /\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|pdf|mp3|mp4|m4a)$/i.test(file)
            ? 'asset'
            : 'not-understood',
    }));
}

function countTypes(posts: Iterable<Post>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { row } of posts) {
    const type = row === undefined ? 'text without a row' : row.get('type') || 'post';
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
