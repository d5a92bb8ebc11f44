import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAtomically } from '../pictures/ledger.ts';
import { ProblemsError } from '../problems/problem.ts';
import { type Site, siteSchema } from '../site/site.ts';
import { checkData } from '../yaml/check-data.ts';
import { readYamlFile, storyBytesMax } from '../yaml/source.ts';
import { type ConvertedBody, convertBody } from './body/convert.ts';
import { decode } from './decode.ts';
import { readFields } from './fields.ts';
import { readFrontMatter } from './front-matter.ts';
import { answerLink, type LinkMap, type LinkPlace } from './links.ts';
import { escapeMarkdown, formatUrl, pictureName } from './markdown-words.ts';
import { mdxToMarkdown } from './mdx.ts';
import { PictureShelf } from './picture-shelf.ts';
import { fitWords } from './picture-words.ts';
import { type PlannedStory, planStories, type SourceStory } from './plan.ts';
import { type Change, compare, countChanges, FieldLog, type Receipt } from './receipt.ts';
import { shortcodesToMarkdown } from './shortcodes.ts';
import { findSources, isWithin, real } from './source-folder.ts';
import { lineCounter, type Spliced, unspliced } from './splice.ts';
import { type Lead, printStory } from './story-file.ts';

export interface ImportOptions {
  /** The folder of Markdown files, as a complete path. */
  source: string;
  /** The newsroom, as a complete path. It contains `content/site.yaml`. */
  site: string;
  /** The address of the old site, such as `https://old.example`. */
  origin?: string;
  /** Patterns of old addresses, such as `/blog/{path}/`. */
  permalinks: string[];
  /** The section of stories that name none. Defaults to the first in site.yaml. */
  section?: string;
  /** The folder of pictures whose addresses begin at the root, as a complete path. */
  publicFolder?: string;
  /** Decide and count everything, but write nothing. */
  dryRun: boolean;
  /** @param done files, of `total`. Reading comes before converting */
  onProgress?(phase: 'reading' | 'converting', done: number, total: number): void;
}

/** What is wrong with the request itself, as sentences for the user. Nothing was written. */
export class ImportError extends Error {
  override name = 'ImportError';
}

const recordFile = '.broadsheet/imported.json';

/**
 * Imports a folder of Markdown files as stories of a newsroom. Repeating an import would write the same bytes, so it
 * writes nothing. A story that already existed, or that has been edited since, is left as it is.
 *
 * @returns what was done with every file, field, link, and picture
 * @throws {ImportError} no such folder, not a newsroom, no such section
 * @throws {ProblemsError} site.yaml is not valid
 * @throws disk errors while writing. Written files are complete, and repeating the import continues
 */
export async function importMarkdown(options: ImportOptions): Promise<Receipt> {
  const site = await readSite(options);
  const origin = options.origin === undefined ? undefined : new URL(options.origin);
  const log = new FieldLog();
  const except = ['content', 'dist', '.broadsheet'].map((name) => join(options.site, name));
  const found = findSources(options.source, except);
  const receipt: Receipt = {
    source: options.source,
    options: {
      origin: options.origin,
      permalinks: options.permalinks,
      section: options.section,
      dryRun: options.dryRun,
    },
    files: {
      in: found.files.length + found.skipped.length,
      stories: 0,
      drafts: 0,
      skipped: 0,
      written: 0,
      unchanged: 0,
    },
    pictures: { copied: 0, unchanged: 0 },
    fields: [],
    counts: {},
    changes: [],
    skipped: [...found.skipped],
    drafts: [],
    renamed: [],
    addressesDropped: [],
    notes: [...found.notes],
    stories: [],
  };

  const sources: SourceStory[] = [];
  for (const [index, file] of found.files.entries()) {
    options.onProgress?.('reading', index, found.files.length);
    const read = readSourceFile(options.source, file);
    if ('reason' in read) {
      receipt.skipped.push({ file, reason: read.reason });
      continue;
    }
    receipt.notes.push(...read.notes.map((note) => ({ file, note })));
    const fields = readFields(read.data, { site, originHost: origin?.host, log });
    sources.push({
      file,
      fields,
      heading: fields.headline === undefined ? headingOf(read.text.slice(read.bodyStart)) : undefined,
    });
  }

  const existing = existingStories(options.site);
  const plan = planStories(sources, {
    site,
    permalinks: options.permalinks,
    originHost: origin?.host,
    section: options.section,
    existing: [...existing.keys()],
    taken: takenAddresses(options.site),
    log,
  });
  receipt.renamed = plan.renamed;
  receipt.addressesDropped = plan.addressesDropped;

  const map: LinkMap = {
    byAddress: plan.byAddress,
    byFile: plan.byFile,
    languages: languagesOf(options.permalinks),
    origin,
  };
  const shelf = new PictureShelf(options.source, options.publicFolder, origin);
  const record = readRecord(options.site);
  for (const [index, planned] of plan.stories.entries()) {
    options.onProgress?.('converting', index, plan.stories.length);
    await takeIn(planned);
  }

  receipt.files.skipped = receipt.skipped.length;
  receipt.fields = log.lines();
  receipt.counts = countChanges(receipt.changes);
  for (const list of [receipt.skipped, receipt.notes]) list.sort((a, b) => compare(a.file, b.file));
  if (!options.dryRun) {
    for (const { story, digest } of receipt.stories) record.set(story, digest);
    await writeRecord(options.site, record);
  }
  return receipt;

  async function takeIn(planned: PlannedStory): Promise<void> {
    const { file, story } = planned;
    const read = readSourceFile(options.source, file);
    if ('reason' in read) throw new ImportError(`${file} changed while it was imported: ${read.reason}`);
    const converted = await convertStory(planned, read, shelf, map);
    const bytes = Buffer.from(converted.text);
    const path = join(options.site, 'content/stories', story, 'index.md');
    const state = stateOf(options.site, story, bytes, existing, record);
    if (state === 'taken' || bytes.length > storyBytesMax) {
      receipt.skipped.push({
        file,
        reason:
          state === 'taken'
            ? `content/stories/${existing.get(story)} already exists and was not written by this import`
            : tooLong,
      });
      return;
    }
    if (state === 'unchanged') receipt.files.unchanged++;
    else receipt.files.written++;
    if (planned.draft === undefined) receipt.files.stories++;
    else {
      receipt.files.drafts++;
      receipt.drafts.push({ file, story, reason: planned.draft });
    }
    receipt.changes.push(...converted.changes);
    receipt.notes.push(...converted.notes.map((note) => ({ file, note })));
    receipt.stories.push({ file, story, aliases: planned.aliases, digest: digestOf(bytes) });

    const folder = dirname(path);
    if (!options.dryRun) openFolder(options.site, folder);
    for (const [from, name] of converted.pictures) {
      const to = join(folder, name);
      const old = existsSync(to) ? readFileSync(to) : undefined;
      const now = readFileSync(from);
      // If somebody has replaced a picture since, keep it, because the story beside it was kept too.
      if (old !== undefined && (old.equals(now) || state === 'unchanged')) receipt.pictures.unchanged++;
      else {
        receipt.pictures.copied++;
        if (!options.dryRun) await writeAtomically(to, now);
      }
    }
    if (state !== 'unchanged' && !options.dryRun) await writeAtomically(path, bytes);
  }
}

const tooLong = `more than ${storyBytesMax / 1e6} MB of text, which is the limit for a story`;

interface SourceText {
  text: string;
  data: ReadonlyMap<string, unknown>;
  bodyStart: number;
  notes: string[];
}

function readSourceFile(folder: string, file: string): SourceText | { reason: string } {
  const path = join(folder, file);
  if (statSync(path).size > storyBytesMax) return { reason: tooLong };
  const bytes = readFileSync(path);
  if (bytes.length === 0) return { reason: 'empty' };
  const decoded = decode(bytes);
  if (decoded === undefined) return { reason: 'not text, although its name says so' };
  const { data, bodyStart, note } = readFrontMatter(decoded.text);
  if (data.size === 0 && decoded.text.slice(bodyStart).trim() === '') return { reason: 'empty' };
  return { text: decoded.text, data, bodyStart, notes: note === undefined ? decoded.notes : [...decoded.notes, note] };
}

/** If the front matter has no headline, the first heading is the headline. */
function headingOf(body: string): string | undefined {
  const found = /^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$|^(\S[^\n]*)\n(?:=+|-{2,})[ \t]*$/m.exec(
    body.replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, ''),
  );
  const words = (found?.[1] ?? found?.[2])
    ?.replace(/!?\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/<[^<>]*>|[*`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' ? undefined : words?.normalize('NFC');
}

interface ConvertedStory {
  text: string;
  changes: Change[];
  notes: string[];
  /** Complete path → name beside the story. */
  pictures: ReadonlyMap<string, string>;
}

async function convertStory(
  planned: PlannedStory,
  read: SourceText,
  shelf: PictureShelf,
  map: LinkMap,
): Promise<ConvertedStory> {
  const { file, fields, headline } = planned;
  const lineOf = lineCounter(read.text);
  const place: LinkPlace = { file, address: planned.aliases[0] };
  const notes: string[] = [];
  const changes: Change[] = [];
  let source: Spliced = { ...unspliced(read.text.slice(read.bodyStart)), origin: (offset) => read.bodyStart + offset };

  if (/\.mdx$/i.test(file)) {
    const markdown = mdxToMarkdown(source, { file, lineOf });
    if (markdown === undefined) notes.push('not valid MDX; read as Markdown');
    else {
      source = markdown.spliced;
      changes.push(...markdown.changes);
    }
  }
  const isTemplate = /(?:^|\/)_(?:posts|drafts)\//.test(file) || (fields.address ?? '').includes('{{');
  const shortcodes = shortcodesToMarkdown(source, { file, headline, isTemplate, lineOf });
  source = shortcodes.spliced;
  changes.push(...shortcodes.changes);

  const convert = (): { body: ConvertedBody; pictures: ReturnType<PictureShelf['story']> } => {
    const pictures = shelf.story(place);
    const body = convertBody(source, {
      file,
      headline,
      lineOf,
      link: (url) => answerLink(url, place, map),
      picture: pictures.answer,
    });
    if (fields.cover) pictures.answer(fields.cover.src);
    return { body, pictures };
  };
  let { body, pictures } = convert();
  // The pictures are read only now, when it is known which are needed. Then the story is converted again.
  if (await shelf.load()) ({ body, pictures } = convert());

  let text = body.text;
  let lead: Lead | undefined;
  if (fields.cover) {
    const { cover } = fields;
    const line = lineOf(Math.max(0, read.text.slice(0, read.bodyStart).indexOf(cover.src)));
    const answer = pictures.answer(cover.src);
    if (answer.kind === 'local') {
      const fitted = fitWords({ alt: cover.alt ?? body.alts.get(answer.name), caption: cover.caption }, answer.facts);
      lead = { src: answer.name };
      if (fitted.alt !== '') lead.alt = fitted.alt;
      if (fitted.caption !== undefined) lead.caption = fitted.caption;
      if (cover.credit !== undefined) lead.credit = cover.credit;
      if (fitted.decorative) {
        lead.decorative = true;
        changes.push({
          file,
          line,
          kind: 'picture-decorative',
          before: cover.src,
          after: `lead: { src: ${answer.name}, decorative: true }`,
        });
      }
      changes.push({ file, line, kind: 'picture-copied', before: cover.src, after: `lead: { src: ${answer.name} }` });
    } else {
      const name = escapeMarkdown(pictureName(cover.alt, cover.caption, cover.src));
      const after = answer.url === undefined ? '' : `[${name}](${formatUrl(answer.url)})`;
      if (after) text = `${after}\n\n${text.replace(/^(?:[ \t]*\n)+/, '')}`;
      changes.push({ file, line, kind: after ? 'picture-linked' : 'picture-named', before: cover.src, after });
    }
  }
  changes.push(...body.changes);
  changes.sort((a, b) => a.line - b.line);
  notes.push(...pictures.problems);
  const decorative = body.decorative;
  return { text: printStory(planned, { body: text, lead, decorative }), changes, notes, pictures: pictures.names };
}

async function readSite(options: ImportOptions): Promise<Site> {
  if (!existsSync(options.source) || !statSync(options.source).isDirectory())
    throw new ImportError(`There is no folder ${options.source}.`);
  const path = join(options.site, 'content/site.yaml');
  if (!existsSync(path))
    throw new ImportError(
      `${options.site} is not a newsroom, because it has no content/site.yaml. Start one with  broadsheet init , or name another folder with  --site DIR .`,
    );
  if (isWithin(options.source, join(options.site, 'content')))
    throw new ImportError(`${options.source} is inside the newsroom's own content, so there is nothing to import.`);
  const source = readYamlFile('content/site.yaml', readFileSync(path));
  if ('problems' in source) throw new ProblemsError(source.problems);
  const checked = await checkData(siteSchema, source, 'content/site.yaml', 'site');
  if ('problems' in checked) throw new ProblemsError(checked.problems);
  const site = checked.data;
  if (options.section !== undefined && !site.sections.some(({ id }) => id === options.section))
    throw new ImportError(
      `--section ${options.section}: content/site.yaml has no such section. The sections are: ${site.sections.map(({ id }) => id).join(', ') || 'none'}.`,
    );
  return site;
}

/** Story → its file under `content/stories`. */
function existingStories(site: string): Map<string, string> {
  const stories = new Map<string, string>();
  const root = join(site, 'content/stories');
  if (!existsSync(root)) return stories;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory() || !/\.mdx?$/i.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll('\\', '/');
    stories.set(
      file
        .replace(/\.mdx?$/i, '')
        .replace(/\/index$/, '')
        .normalize('NFC'),
      file,
    );
  }
  return stories;
}

function takenAddresses(site: string): string[] {
  const files = (folder: string): string[] => {
    const root = join(site, folder);
    if (!existsSync(root)) return [];
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'));
  };
  const pages = files('content/pages')
    .filter((file) => /\.mdx?$/i.test(file))
    .map((file) => `${file.replace(/(?:\/index)?\.mdx?$/i, '')}/`);
  return [...pages, ...files('public').map((file) => file.replace(/\/index\.html$/, '/'))];
}

type State = 'new' | 'unchanged' | 'ours' | 'taken';

function stateOf(
  site: string,
  story: string,
  bytes: Buffer,
  existing: ReadonlyMap<string, string>,
  record: ReadonlyMap<string, string>,
): State {
  const file = existing.get(story);
  if (file === undefined) return 'new';
  if (file !== `${story}/index.md`) return 'taken';
  const old = readFileSync(join(site, 'content/stories', file));
  if (old.equals(bytes)) return 'unchanged';
  return record.get(story) === digestOf(old) ? 'ours' : 'taken';
}

/** Creates the folder of a story. No symbolic link along the path may point outside the newsroom. */
function openFolder(site: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (!isWithin(folder, site) || lstatSync(folder).isSymbolicLink())
    throw new ImportError(`${folder} points outside the newsroom (to ${real(folder)}). Nothing was written there.`);
}

function readRecord(site: string): Map<string, string> {
  const path = join(site, recordFile);
  if (!existsSync(path)) return new Map();
  try {
    const data: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return new Map(
      Object.entries(data ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    // Without its record, an import is only more careful.
    return new Map();
  }
}

async function writeRecord(site: string, record: ReadonlyMap<string, string>): Promise<void> {
  const path = join(site, recordFile);
  mkdirSync(dirname(path), { recursive: true });
  await writeAtomically(
    path,
    `${JSON.stringify(Object.fromEntries([...record].sort(([a], [b]) => compare(a, b))), null, 1)}\n`,
  );
}

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * `/en/blog/{path}/` means that `/blog/x` can stand for `/en/blog/x`, because multilingual sites redirect like this.
 */
const languagesOf = (permalinks: readonly string[]): string[] => [
  ...new Set(
    permalinks
      .map((pattern) => /^\/([a-z]{2}(?:-[a-z]{2,4})?)\//i.exec(pattern)?.[1]?.toLowerCase())
      .filter((language) => language !== undefined),
  ),
];
