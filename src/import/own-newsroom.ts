import { copyFileSync, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withoutForeignKeys } from '../newsroom/foreign-keys.ts';
import { pageSchema } from '../newsroom/schema.ts';
import { writeAtomically } from '../pictures/ledger.ts';
import type { Site } from '../site/site.ts';
import { frontMatterSchema } from '../story/schema.ts';
import { checkData } from '../yaml/check-data.ts';
import { readSource } from '../yaml/source.ts';
import { editFrontMatter } from '../yaml/write/front-matter.ts';
import { faultOf, isDiskError } from './fault.ts';
import { LeftLog } from './left-files.ts';
import { digestOf, existingPages, existingStories, ImportRecord, openFolder, readSite } from './newsroom.ts';
import { compare, type Receipt } from './receipt.ts';
import type { ImportedStory } from './receipt-page/story-view.ts';
import { ImportError, type Source } from './source.ts';

/*
 * A folder that Broadsheet itself wrote (`broadsheet export markdown`), or another newsroom. Its files are taken as they
 * are: nothing has to be converted, so nothing is lost.
 */

/** Whether a folder is a newsroom, or an export of one. */
export const isOwnNewsroom = (folder: string): boolean => existsSync(join(folder, 'content/site.yaml'));

interface Options {
  source: string;
  /** The newsroom, as a complete path. */
  site: string;
  section?: string;
  force?: boolean;
  dryRun: boolean;
  onStory?(story: ImportedStory): void | Promise<void>;
  onProgress?(phase: 'reading' | 'converting', done: number, total: number | undefined): void;
}

/** Stands for the folder where something has to be kept or named in the receipt. */
export const ownSource = (folder: string): Source => ({
  kind: 'markdown',
  folder,
  async *items() {},
  async *bodies() {},
  async keep(file, to) {
    if (!lstatSync(join(folder, file), { throwIfNoEntry: false })?.isFile()) return false;
    copyFileSync(join(folder, file), to);
    return true;
  },
});

/**
 * Takes over the files of an export or of another newsroom: stories, pages, authors, topics, series, fronts, pictures,
 * documents, and `public/`. `site.yaml` stays as it is. The rules are those of every import: what is already there
 * and was not written by an import is never overwritten, and no file stops the others.
 *
 * @param receipt an empty one, which is filled
 * @param skip records that a file was not imported. @param key of the file to keep a copy of
 */
export async function importOwn(
  site: Site,
  options: Options,
  receipt: Receipt,
  skip: (key: string | undefined, file: string, reason: string) => Promise<void>,
): Promise<Receipt> {
  const { source, force, dryRun } = options;
  const record = new ImportRecord(options.site);
  const existing = { stories: existingStories(options.site), pages: existingPages(options.site) };
  await noteSite(source, site, receipt);
  const left = new LeftLog();
  const files = [...filesIn(source, 'content', receipt, left), ...filesIn(source, 'public', receipt, left)];
  // What is beside these folders is only counted.
  for (const name of readdirSync(source).sort()) left.leaves(name, name);
  receipt.others.left = left.lines();
  for (const [at, file] of files.entries()) {
    options.onProgress?.('converting', at + 1, files.length);
    const isText = textFile.test(file);
    if (isText) receipt.files.in++;
    try {
      const reason = isText ? await takeText(file) : await takeFile(file);
      if (reason === undefined) continue;
      if (!isText) receipt.files.in++;
      await skip(reason === taken ? undefined : file, file, reason);
    } catch (error) {
      if (error instanceof ImportError || isDiskError(error)) throw error;
      if (!isText) receipt.files.in++;
      await skip(file, file, faultOf(error));
    }
  }
  receipt.files.skipped = receipt.skipped.length;
  for (const list of [receipt.skipped, receipt.notes, receipt.stories, receipt.drafts])
    list.sort((a, b) => compare(a.file, b.file));
  if (!dryRun) await record.write();
  return receipt;

  /** @returns why a story or page was not taken */
  async function takeText(file: string): Promise<string | undefined> {
    const isPage = file.startsWith('content/pages/');
    const place = file.slice('content/'.length);
    const story = isPage ? place.slice('pages/'.length).replace(/\.mdx?$/i, '') : storyOf(place);
    const written = readFileSync(join(source, file));
    const whole = readSource(file, written);
    if ('problems' in whole) return reasonOf(whole.problems);
    const text = inSection(withoutForeignKeys(written.toString('utf8')), isPage, site, options.section);
    const bytes = Buffer.from(text.now);
    const read = readSource(file, bytes);
    const checked =
      'data' in read
        ? await checkData<{ headline: string; draft?: boolean; aliases?: string[]; published?: string }>(
            isPage ? pageSchema : frontMatterSchema,
            read,
            file,
            isPage ? 'a page' : 'a story',
          )
        : read;
    if ('problems' in checked) return reasonOf(checked.problems);
    const old = (isPage ? existing.pages : existing.stories).get(story.normalize('NFC'));
    const oldPlace = old === undefined ? undefined : `${isPage ? 'pages' : 'stories'}/${old}`;
    if (oldPlace !== undefined && oldPlace !== place.normalize('NFC')) return taken;
    const done = await put(file, bytes);
    if (done === 'taken') return taken;
    receipt.files[done]++;
    const { data } = checked;
    const line = { file, story: isPage ? `/${story}/` : story };
    if (data.draft) {
      receipt.files.drafts++;
      receipt.drafts.push({ ...line, reason: 'draft: true' });
    } else receipt.files[isPage ? 'pages' : 'stories']++;
    if (text.note !== undefined) receipt.notes.push({ file, note: text.note });
    receipt.stories.push({ ...line, path: place, aliases: data.aliases ?? [], digest: digestOf(bytes) });
    await options.onStory?.({
      file,
      path: place,
      headline: data.headline,
      ...(data.draft ? { draft: 'draft: true' } : {}),
      changes: [],
      notes: [],
      old: { text: text.now, isHtml: false },
      now: text.now,
    });
    return undefined;
  }

  /** @returns why another file was not taken */
  async function takeFile(file: string): Promise<string | undefined> {
    const done = await put(file, readFileSync(join(source, file)));
    if (done === 'taken') return taken;
    const author = /^content\/authors\/([^/]+)\.ya?ml$/.exec(file)?.[1];
    if (author !== undefined) receipt.authors[done].push(author);
    else if (pictureFile.test(file)) receipt.pictures[done === 'written' ? 'copied' : 'unchanged']++;
    else receipt.others.used.push(file);
    return undefined;
  }

  async function put(file: string, bytes: Buffer): Promise<'written' | 'unchanged' | 'taken'> {
    const path = join(options.site, file);
    const key = file.replace(/^content\//, '');
    if (existsSync(path)) {
      const now = readFileSync(path);
      if (now.equals(bytes)) return 'unchanged';
      if (!force && !record.has(key, now)) return 'taken';
    }
    if (dryRun) return 'written';
    openFolder(options.site, dirname(path));
    await writeAtomically(path, bytes);
    record.set(key, digestOf(bytes));
    return 'written';
  }
}

const textFile = /^content\/(?:stories\/.+|pages\/[^/]+)\.mdx?$/i;
const pictureFile = /\.(?:jpe?g|png|webp|avif|gif|tiff?|svg)$/i;
const taken = 'it already exists here and was not written by an import';
const storyOf = (place: string): string =>
  place
    .slice('stories/'.length)
    .replace(/\.mdx?$/i, '')
    .replace(/\/index$/, '');

const reasonOf = (problems: { line: number; message: string }[]): string =>
  problems.map(({ line, message }) => `line ${line}: ${message}`).join(' ');

/** A story cannot be in a section that the newsroom does not have. */
function inSection(
  text: string,
  isPage: boolean,
  site: Site,
  wanted: string | undefined,
): { now: string; note?: string } {
  const read = isPage ? undefined : readSource('index.md', Buffer.from(text));
  const section = read && 'data' in read ? (read.data as { section?: unknown } | null)?.section : undefined;
  const instead = wanted ?? site.sections[0]?.id;
  if (typeof section !== 'string' || instead === undefined || site.sections.some(({ id }) => id === section))
    return { now: text };
  const edited = editFrontMatter(text, [{ path: ['section'], value: instead }]);
  return 'text' in edited
    ? { now: edited.text, note: `site.yaml has no section ${section}, so the story is in ${instead}` }
    : { now: text };
}

/** Says what `site.yaml` decides differently here. */
async function noteSite(source: string, site: Site, receipt: Receipt): Promise<void> {
  const file = 'content/site.yaml';
  const other = await readSite(source, undefined);
  if (other.timeZone !== site.timeZone)
    receipt.notes.push({
      file,
      note: `the time zone there is ${other.timeZone}, here ${site.timeZone}: dates without an offset now mean another time`,
    });
  if (other.language !== site.language)
    receipt.notes.push({
      file,
      note: `the language there is ${other.language}, here ${site.language}: check the stories that do not name theirs`,
    });
}

/** The files below a folder. Symbolic links are not followed, because they can point anywhere. */
function* filesIn(root: string, folder: string, receipt: Receipt, left: LeftLog): Generator<string> {
  if (!existsSync(join(root, folder))) return;
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => compare(a.name, b.name))) {
    const file = `${folder}/${entry.name}`;
    if (file === 'content/site.yaml' || left.leaves(file, entry.name)) continue;
    if (entry.isSymbolicLink()) receipt.notes.push({ file, note: 'a symbolic link, which is not followed' });
    else if (entry.isDirectory()) yield* filesIn(root, file, receipt, left);
    else if (entry.isFile()) yield file;
  }
}
