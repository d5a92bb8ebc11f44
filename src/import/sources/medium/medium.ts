import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { decode } from '../../decode.ts';
import type { FieldContext, StoryFields } from '../../fields.ts';
import { leadInHtml } from '../../lead-in-html.ts';
import { authorId } from '../../people.ts';
import { readLabels } from '../../read-labels.ts';
import { readMoment } from '../../read-moment.ts';
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
import { bytesMax, tooLarge } from '../files/text-limit.ts';
import { innerHtml, wordsOf } from '../markup/tree.ts';
import { ZipError } from '../zip/zip-reader.ts';
import { bodyHtml } from './body.ts';
import { type MediumPost, readPost } from './read-post.ts';

/** An answer to another story has no title. A longer text without a title is probably a story. */
const answerWordsMax = 500;

/** An export of Medium: a zip, or a folder, with a page in `posts/` for each story, draft, and answer. */
export function mediumSource({ source, except, context, publicFolder }: SourceOptions): Source {
  const archive = openArchive(source, except);
  const root = rootOf(archive);
  const posts = root === undefined ? [] : archive.files.filter((file) => isPostFile(file, root));
  if (root === undefined || posts.length === 0) {
    archive.close();
    throw new ImportError(`${source} is not a Medium export, because it has no folder posts with stories in it.`);
  }
  const ids = new Map<string, string>();
  const answers: string[] = [];
  const authors = new Map<string, SourceAuthor>();
  const origins = new Map<string, number>();
  const counts: Record<string, number> = {};
  const notes: { file: string; note: string }[] = [...archive.notes];
  const count = (name: string): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };

  async function open(file: string): Promise<MediumPost | { reason: string }> {
    if (archive.sizeOf(file) > bytesMax) return { reason: tooLarge };
    try {
      const read = decode(readFileSync(await archive.open(file)));
      if (read === undefined) return { reason: 'not text' };
      return (
        readPost(read.text, file) ?? {
          reason: 'it is not a post of a Medium export: it has no <section data-field="body">',
        }
      );
    } catch (error) {
      if (error instanceof ZipError) return { reason: error.message };
      throw error;
    } finally {
      archive.free(file);
    }
  }

  function itemOf(file: string, post: MediumPost): SourceItem | BrokenItem {
    if (post.id !== undefined) {
      const other = ids.get(post.id);
      if (other !== undefined) return { key: file, where: file, reason: `it is the same post as ${other}` };
      ids.set(post.id, file);
    }
    const { fields, notes: found } = fieldsOf(file, post, context);
    if (post.author !== undefined && post.author.name !== '') {
      const { name, url } = post.author;
      const id = authorId(name);
      const links = url && /^https?:\/\//.test(url) ? [{ title: 'Medium', url }] : undefined;
      if (!authors.has(id)) authors.set(id, { id, name, links });
      fields.byline.push({ id, name });
      context.log.add('mapped', 'p-author', 'byline', name);
    } else if (authors.size === 1) {
      // An export contains the stories of one account, and its drafts do not name anybody.
      const [only] = authors.values();
      if (only) fields.byline.push({ id: only.id, name: only.name });
      context.log.add('defaulted', '', 'byline', only?.name ?? '', 'the author of all other stories');
    }
    addAddresses(fields, post);
    // What the text begins with, without its title.
    const lead = leadInHtml(bodyHtml(post, new Set()));
    if (lead !== undefined) fields.cover = { src: lead };
    const slug = fields.slug ?? '';
    count(fields.draft === undefined ? 'story' : 'draft');
    return { key: file, where: file, fields, name: { path: slug, name: slug, slug, folders: [] }, notes: found };
  }

  function addAddresses(fields: StoryFields, { canonical, id }: MediumPost): void {
    if (id !== undefined) fields.addresses.push(`/p/${id}`);
    if (canonical === undefined || !URL.canParse(canonical)) return;
    const { host, origin, pathname } = new URL(canonical);
    const isMedium = /(?:^|\.)medium\.com$/i.test(host);
    if (!isMedium && id !== undefined && !canonical.includes(id)) {
      // The story was first published elsewhere.
      fields.source = { name: host.replace(/^www\./, ''), url: canonical };
      context.log.add('mapped', 'p-canonical', 'source', canonical);
      return;
    }
    if (fields.draft === undefined) origins.set(origin, (origins.get(origin) ?? 0) + 1);
    if (pathname !== `/p/${id}`) fields.addresses.push(pathname);
    context.log.add('mapped', 'p-canonical', 'aliases', canonical);
  }

  return {
    kind: 'medium',
    folder: archive.folder,
    async *items(): AsyncGenerator<SourceItem | BrokenItem> {
      for (const file of posts) {
        const post = await open(file);
        if ('reason' in post) yield { key: file, where: file, reason: post.reason };
        else if (isAnswer(file, post)) {
          answers.push(file);
          count('response');
        } else yield itemOf(file, post);
      }
    },
    async *bodies(wanted): AsyncGenerator<ItemBody> {
      const known = new Set(ids.keys());
      for (const file of posts) {
        if (!wanted.has(file)) continue;
        const post = await open(file);
        if ('reason' in post) yield { key: file, kind: 'broken', reason: post.reason };
        else yield { key: file, kind: 'html', text: bodyHtml(post, known) };
      }
    },
    async keep(key, to) {
      await archive.copy(key, to);
      return true;
    },
    facts: () => {
      const [most] = [...origins].sort((a, b) => b[1] - a[1]);
      return {
        origin: most?.[0],
        authors: [...authors.values()],
        counts: { ...counts, ...countOthers(archive, root) },
        files: otherFiles(archive, root, new Set(posts)),
        left: archive.left.lines(),
        comments: { count: answers.length, lines: () => answerLines(answers, open) },
        notes,
      };
    },
    pictureFiles: (url) => pictureIn(archive, url, publicFolder),
    close: async () => archive.close(),
  };
}

const isDraft = (file: string): boolean => /^draft[_-]/i.test(posix.basename(file));

function isAnswer(file: string, post: MediumPost): boolean {
  if (!post.isUntitled || isDraft(file)) return false;
  const hasPictures = /<(?:figure|img|iframe)\b/i.test(innerHtml(post.body));
  return !hasPictures && wordsOf(post.body).split(' ').length <= answerWordsMax;
}

function fieldsOf(file: string, post: MediumPost, context: FieldContext): { fields: StoryFields; notes: string[] } {
  const { log, site } = context;
  const fields: StoryFields = { topics: [], byline: [], addresses: [] };
  const notes: string[] = [];
  const mapped = (from: string, to: string, value: string): void => log.add('mapped', from, to, value);
  if (post.title !== undefined) {
    fields.headline = post.title;
    mapped('p-name', 'headline', post.title);
  }
  if (post.subtitle !== undefined && post.isSubtitleWritten) {
    fields.standfirst = post.subtitle;
    mapped('p-summary', 'standfirst', post.subtitle);
  } else if (post.subtitle !== undefined)
    log.add('dropped', 'p-summary', '', post.subtitle, 'repeats the beginning of the text');
  const published = post.published ?? '';
  fields.published = readMoment(published, site.timeZone);
  if (fields.published !== undefined) mapped('dt-published', 'published', fields.published.text);
  else if (published !== '') {
    log.add('dropped', 'dt-published', '', published, 'not a date that exists');
    notes.push(`${published} is not a date that exists`);
  }
  if (isDraft(file)) {
    fields.draft = 'a draft';
    mapped('draft_ in the name of the file', 'draft', 'true');
  } else if (post.isUntitled) {
    fields.draft = 'it has no title, so it may be a response to a story by somebody else';
    log.add('defaulted', '', 'draft', 'true', 'it has no title');
  }
  fields.slug = slugOf(file, post);
  if (fields.slug !== undefined) mapped('p-canonical', 'the address', fields.slug);
  readLabels(post.tags, fields, context, 'p-tags');
  return { fields, notes };
}

/** The words of the address without the id, or those in the name of the file. */
function slugOf(file: string, { canonical, id }: MediumPost): string | undefined {
  const last = canonical && URL.canParse(canonical) ? posix.basename(new URL(canonical).pathname) : '';
  const own = id === undefined ? last : last.replace(new RegExp(`-?${id}$`, 'i'), '');
  if (own !== '' && own !== 'p') return own;
  const named = posix
    .basename(file)
    .replace(/\.html?$/i, '')
    .replace(/^(?:draft|\d{4}-\d\d-\d\d)[_-]/i, '')
    .replace(/-[\da-f]{6,16}$/i, '');
  return named === '' || named === 'post' ? undefined : named;
}

async function* answerLines(
  files: readonly string[],
  open: (file: string) => Promise<MediumPost | { reason: string }>,
): AsyncGenerator<string> {
  for (const file of files) {
    const post = await open(file);
    if ('reason' in post) continue;
    const { published, canonical, author, body } = post;
    yield `${JSON.stringify({ file, link: canonical, date: published, author: author?.name, text: wordsOf(body), html: innerHtml(body) })}\n`;
  }
}

/** The folder that contains `posts`, with a slash. */
function rootOf({ files }: ArchiveFiles): string | undefined {
  const roots = files.flatMap((file) => /^((?:[^/]+\/){0,3}?)posts\/[^/]+\.html?$/i.exec(file)?.[1] ?? []);
  return roots.sort((a, b) => a.split('/').length - b.split('/').length)[0];
}

const isPostFile = (file: string, root: string): boolean =>
  file.startsWith(`${root}posts/`) && /^[^/]+\.html?$/i.test(file.slice(root.length + 'posts/'.length));

/** What an export contains about the account and its readers. Nobody who reads the site sees any of it. */
const accountFolders =
  /^(?:about|archive|blocks|bookmarks|catalogs|claps|earnings|following|highlights|interests|ips|lists|membership|partner-program|profile|pubs-following|quotes|sessions|series|topics-following|twitter|users-following|writers-following|activity|authentication|facebook|stripe)\//i;

function countOthers({ files }: ArchiveFiles, root: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const file of files) {
    const folder = file.startsWith(root) && accountFolders.exec(file.slice(root.length))?.[0];
    if (folder) counts[folder] = (counts[folder] ?? 0) + 1;
  }
  return counts;
}

function otherFiles({ files }: ArchiveFiles, root: string, posts: ReadonlySet<string>): SourceFile[] {
  return files
    .filter((file) => !posts.has(file))
    .map((file) => {
      const own = file.startsWith(root) ? file.slice(root.length) : file;
      const kind = accountFolders.test(own)
        ? 'private'
        : /^README\.html?$/i.test(own)
          ? 'generator'
          : /\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|pdf)$/i.test(file)
            ? 'asset'
            : 'not-understood';
      return { file, kind };
    });
}
