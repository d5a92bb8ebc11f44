import { putAddressLinks } from '../index/address-link-rows.ts';
import type { IndexHandle } from '../index/handle.ts';
import { forgetRecord, putRecord } from '../index/record-rows.ts';
import type { PageRecord } from '../index/records.ts';
import { knownElements } from '../index/theme-elements.ts';
import type { PageFile } from '../newsroom/schema.ts';
import { pictureId } from '../pictures/picture.ts';
import { pageAddress } from '../site/address.ts';
import { baseOf, type Site } from '../site/site.ts';
import { cleanSlug } from '../site/slug.ts';
import { linksOfBody } from '../story/address-links.ts';
import { isOutOfColumn, sizeOf } from '../story/body/body.ts';
import { type CompiledBody, compileBody } from '../story/body/compile.ts';
import { documentsOf } from '../story/documents.ts';
import { lostInStory } from '../story/lost/lost-in-story.ts';
import { checkNeeds, tablesOf } from '../story/needs.ts';
import type { Newsroom } from '../story/newsroom.ts';
import { pictureFileOf } from '../story/picture-file.ts';
import { showOrReplace } from '../story/placeholder.ts';
import { setWords } from '../story/punctuation.ts';
import { bodyPictureWords, digestOfWords } from '../story/show-picture.ts';
import { lineOf } from '../yaml/source.ts';
import type { Source } from '../yaml/source-type.ts';
import { claimAliases } from './aliases.ts';
import { addressMeasured, claim, releaseClaims } from './claim.ts';
import { claimDocuments } from './claim-documents.ts';
import { pageFile } from './file-names.ts';
import type { IngestRun } from './ingest-run.ts';
import { readPage } from './newsroom-files.ts';
import { loadFacts, loadTables, releasePictures, usePicture } from './pictures-and-tables.ts';
import { addressTaken } from './problems.ts';
import { isThere } from './scan.ts';
import { standsElsewhere } from './stands-elsewhere.ts';

/** Pages that changed, were deleted, or depend on something that changed release their addresses and links. */
export function releasePages(index: IndexHandle, run: IngestRun): void {
  for (const page of pagesOf(run)) releasePage(index, page, run);
}

/**
 * Ingests the files in `content/pages/` that changed or depend on something that did, after they have released theirs.
 */
export async function ingestPages(index: IndexHandle, newsroom: Newsroom, run: IngestRun): Promise<void> {
  for (const page of pagesOf(run)) await ingestPage(index, page, newsroom, run);
}

const pagesOf = ({ files }: IngestRun): Page[] => [...files.pages].sort().map(pageOf);

/** A page that is being ingested. */
interface Page {
  id: string;
  /** In the index, `page/ID`. */
  key: string;
  file: string;
}

function pageOf(file: string): Page {
  const id = `${pageFile.exec(file)?.[1]?.normalize('NFC')}`;
  return { id, key: `page/${id}`, file };
}

function releasePage(index: IndexHandle, { id, key }: Page, run: IngestRun): void {
  const { sql } = index;
  const { changes } = run;
  const addresses = sql("SELECT address, kind FROM address WHERE owner = ? AND kind IN ('page', 'alias')").all(key) as {
    address: string;
    kind: string;
  }[];
  for (const { address, kind } of addresses) {
    changes.pages.before.set(address, `${kind} ${key}`);
    if (kind === 'alias') changes.records.add(`alias${address}`);
  }
  releaseClaims(index, key);
  for (const { address } of sql('SELECT address FROM document WHERE owner = ?').all(key) as { address: string }[])
    changes.documents.before.push(address);
  sql('DELETE FROM document WHERE owner = ?').run(key);
  for (const table of ['dependency', 'link', 'redirect', 'addressLink'])
    sql(`DELETE FROM ${table} WHERE owner = ?`).run(key);
  releasePictures(index, key, run);
  changes.records.add(`page/${id}`);
}

async function ingestPage(index: IndexHandle, page: Page, newsroom: Newsroom, run: IngestRun): Promise<void> {
  const { id, key, file } = page;
  const { report } = run;
  const { site } = newsroom;
  if (standsElsewhere(index, key, file, report)) return;
  const read = isThere(index, file) ? await readPage(index, file) : undefined;
  if (!read || ('data' in read && read.data.draft)) return forgetRecord(index, key);
  if ('problems' in read) {
    const { problems, body, bodyLine } = read;
    report(problems);
    if (body !== undefined && bodyLine !== undefined)
      report(compilePage(index, file, { body, bodyLine }, site.language, site).problems);
    return;
  }
  const { data, source, fileDigest } = read;
  report(source.warnings);
  const language = data.language === site.language ? undefined : data.language;
  const body = compilePage(index, file, source, language ?? site.language, site);
  report(body.problems);
  run.onText?.({
    file,
    format: formatOf(file),
    source,
    frontMatter: { pictures: data.pictures },
    body: body.body,
    language: language ?? site.language,
  });
  const pictures = await takePictures(index, file, body, data, { ...newsroom, language }, run);
  await loadTables(index, new Set(tablesOf(file, body)), run);
  const needed = checkNeeds(file, body.needs, newsroom);
  report(needed.problems);
  const address = await claimPage(index, page, data, source, run);
  const documents = documentsOf(file, body, address, newsroom, needed.dependencies);
  keepWhatItNames(index, page, body, pictures, needed.dependencies, run);
  await claimDocuments(index, documents, { owner: key, file, source }, report);
  for (const { address: own, path } of documents) {
    index.sql('INSERT OR REPLACE INTO document VALUES (?, ?, ?)').run(own, path, key);
    run.changes.documents.after.push(own);
  }
  putAddressLinks(index, key, file, linksOfBody(body, source, { site, language: language ?? site.language, address }));
  const { lost, warnings } = lostInStory({
    file,
    format: formatOf(file),
    source,
    body,
    language: language ?? site.language,
  });
  report(warnings);
  if (lost.length > 0)
    run.losing.push({ problems: lost, addresses: [address, ...(data.aliases ?? [])], wasPublic: false });
  const thing: PageRecord = {
    id,
    file,
    fileDigest,
    address,
    headline: setWords(data.headline, language ?? site.language),
    standfirst: setWords(data.standfirst, language ?? site.language),
    language,
    pictures: data.pictures ?? {},
    shown: pictures.words,
    originals: pictures.originals,
    wide: pictures.wide,
    ...(documents.length > 0 ? { documents } : {}),
    ...(needed.tables.length > 0 ? { tables: needed.tables.map(({ digest }) => digest) } : {}),
  };
  putRecord(index, key, file, thing);
  run.owners.add(key);
}

const compilePage = (
  index: IndexHandle,
  file: string,
  { body: text, bodyLine: firstLine }: Pick<Source, 'body' | 'bodyLine'>,
  language: string,
  site: Site,
): CompiledBody =>
  compileBody(
    { text, format: formatOf(file), file, firstLine },
    { language, base: baseOf(site), known: knownElements(index).known },
  );

const formatOf = (file: string): 'md' | 'mdx' => (/\.mdx$/i.test(file) ? 'mdx' : 'md');

/** The pictures in the body of a page: the identity of each, and the dependencies that they add to the page. */
interface PagePictures {
  ids: string[];
  /** The digests of what is printed of them. */
  words: string[];
  /** The identities of those whose original is published. */
  originals: string[];
  /** The identities of those that extend beyond the column. */
  wide: string[];
  dependencies: Set<string>;
}

/** @param newsroom with the language of the page, if it is not that of the site */
async function takePictures(
  index: IndexHandle,
  file: string,
  body: CompiledBody,
  data: PageFile,
  newsroom: Newsroom & { language: string | undefined },
  run: IngestRun,
): Promise<PagePictures> {
  const paths = new Set(body.pictures.flatMap(({ src }) => pictureFileOf(file, src) ?? []));
  await loadFacts(index, paths, newsroom.site, run);
  const pictures: PagePictures = { ids: [], words: [], originals: [], wide: [], dependencies: new Set() };
  for (const picture of body.pictures) {
    const words = bodyPictureWords(picture, data.pictures ?? {});
    const found = showOrReplace(file, picture, words, newsroom, pictures.dependencies);
    const { line } = picture;
    const said = 'problems' in found ? found.problems : (found.warnings ?? []);
    run.report(said.map((problem) => ({ ...problem, file, line })));
    if (!('shown' in found)) continue;
    const { shown } = found;
    const id = pictureId(shown.facts);
    pictures.ids.push(id);
    pictures.words.push(digestOfWords(shown));
    if (shown.original) pictures.originals.push(id);
    if (isOutOfColumn(sizeOf(picture, false, shown.facts))) pictures.wide.push(id);
  }
  return pictures;
}

function keepWhatItNames(
  index: IndexHandle,
  { key, file }: Page,
  body: CompiledBody,
  pictures: PagePictures,
  dependencies: Set<string>,
  run: IngestRun,
): void {
  const { sql } = index;
  for (const need of [...pictures.dependencies, ...dependencies])
    sql('INSERT OR IGNORE INTO dependency VALUES (?, ?)').run(need, key);
  for (const id of pictures.ids) usePicture(index, id, key, run);
  for (const { target, line } of body.links)
    sql('INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)').run(key, target.normalize('NFC'), line, file);
}

/** Claims the current and old addresses of a page. @returns the current address */
async function claimPage(
  index: IndexHandle,
  { id, key, file }: Page,
  data: PageFile,
  source: Source,
  { changes, report }: IngestRun,
): Promise<string> {
  const address = pageAddress((data.slug ?? cleanSlug(id)).normalize('NFC'));
  const measured = await addressMeasured(address, {
    file,
    line: () => lineOf(source, ['slug']),
    hint: 'Give the page another  slug: … .',
  });
  if (measured) report([measured]);
  const message = claim(index, { address, kind: 'page', owner: key, file });
  if (message)
    report([addressTaken({ file, line: await lineOf(source, ['slug']) }, message, 'Give the page another  slug: … .')]);
  const { withPage: aliases } = await claimAliases(
    index,
    { owner: key, file, own: address, source },
    data.aliases ?? [],
    report,
  );
  changes.pages.after.set(address, `page ${key}`);
  for (const alias of aliases) changes.pages.after.set(alias, `alias ${key}`);
  for (const alias of aliases) changes.records.add(`alias${alias}`);
  return address;
}
