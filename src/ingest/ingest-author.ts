import { forgetAddressLinks, putAddressLinks } from '../index/address-link-rows.ts';
import type { IndexHandle } from '../index/handle.ts';
import { forgetRecord, putRecord } from '../index/record-rows.ts';
import type { AuthorRecord } from '../index/records.ts';
import type { AuthorFile } from '../newsroom/schema.ts';
import { pictureId, type ShownPicture } from '../pictures/picture.ts';
import { authorAddress } from '../site/address.ts';
import { targetOf } from '../site/link-target.ts';
import { portraitOf } from '../story/card.ts';
import { pictureFileOf } from '../story/picture-file.ts';
import { showPicture } from '../story/show-picture.ts';
import { lineOf, linesOf } from '../yaml/source.ts';
import type { Source } from '../yaml/source-type.ts';
import { addressMeasured } from './claim.ts';
import { authorFile } from './file-names.ts';
import { type IngestRun, ingestDependentsAgain } from './ingest-run.ts';
import type { IndexedNewsroom } from './newsroom.ts';
import { readAuthor } from './newsroom-files.ts';
import { loadFacts, releasePictures, usePicture } from './pictures-and-tables.ts';
import { isThere } from './scan.ts';
import { standsElsewhere } from './stands-elsewhere.ts';

/**
 * Ingests a file in `content/authors/`, existing or deleted. Everything that names the author is ingested again if the
 * name or the portrait beside it has changed.
 *
 * @param newsroom its authors change with this one
 */
export async function ingestAuthor(
  index: IndexHandle,
  file: string,
  newsroom: IndexedNewsroom,
  run: IngestRun,
): Promise<void> {
  const { authors } = newsroom;
  const id = (authorFile.exec(file)?.[1] ?? '').normalize('NFC');
  const key = `author/${id}`;
  if (standsElsewhere(index, key, file, run.report)) return;
  const old = authors.get(id);
  run.changes.records.add(`author/${id}`);
  index.sql('DELETE FROM dependency WHERE owner = ?').run(key);
  releasePictures(index, key, run);
  forgetAddressLinks(index, key);
  if (!isThere(index, file)) {
    forgetRecord(index, key);
    authors.delete(id);
    ingestDependentsAgain(index, `author:${id}`, run);
    return;
  }
  const read = await readAuthor(index, file);
  if ('problems' in read) return run.report(read.problems);
  run.report(read.source.warnings);
  const hint = 'Give the file another name.';
  const measured = await addressMeasured(authorAddress(id), { file, line: () => 1, hint });
  if (measured) run.report([measured]);
  const { name, role, bio, links = [] } = read.data;
  const lines = links.length > 0 ? await linesOf(read.source) : () => 1;
  putAddressLinks(
    index,
    key,
    file,
    links.flatMap(({ url }, i) => {
      const target = targetOf(url, newsroom.site, authorAddress(id));
      return target ? [{ ...target, line: lines(['links', i, 'url']) }] : [];
    }),
  );
  run.owners.add(key);
  const author: AuthorRecord = { name, role, bio, links };
  const portrait = await ingestPortrait(index, key, file, read, newsroom, run);
  if (portrait) author.picture = portrait;
  putRecord(index, key, file, author);
  authors.set(id, author);
  // What stories show of an author. A biography is queried by the pages that print it.
  const seen = ({ name, picture }: AuthorRecord) => JSON.stringify([name, portraitOf(picture)]);
  if (old === undefined || seen(old) !== seen(author)) ingestDependentsAgain(index, `author:${id}`, run);
}

/** The picture of an author, marked as used, or undefined if there is none or it cannot be shown, which is reported. */
async function ingestPortrait(
  index: IndexHandle,
  key: string,
  file: string,
  { data: { name, picture }, source }: { data: AuthorFile; source: Source },
  newsroom: IndexedNewsroom,
  run: IngestRun,
): Promise<ShownPicture | undefined> {
  if (!picture) return undefined;
  const words = typeof picture === 'string' ? { src: picture, alt: name } : { alt: name, ...picture };
  const path = pictureFileOf(file, words.src);
  if (path) await loadFacts(index, new Set([path]), newsroom.site, run);
  const needs = new Set<string>();
  const shown = showPicture(file, words.src, words, newsroom, needs);
  for (const need of needs) index.sql('INSERT OR IGNORE INTO dependency VALUES (?, ?)').run(need, key);
  if ('problems' in shown) {
    const isAboutWords = /alt|decorative/.test(shown.problems[0]?.rule ?? '');
    const line = await lineOf(source, ['picture', isAboutWords ? 'alt' : 'src']);
    run.report(shown.problems.map((problem) => ({ ...problem, file, line })));
    return undefined;
  }
  usePicture(index, pictureId(shown.shown.facts), key, run);
  return shown.shown;
}
