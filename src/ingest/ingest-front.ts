import type { IndexHandle } from '../index/handle.ts';
import { forgetRecord, putRecord } from '../index/record-rows.ts';
import type { FrontRecord } from '../index/records.ts';
import type { FrontFile } from '../site/front.ts';
import type { Site } from '../site/site.ts';
import { instantOf } from '../site/zone.ts';
import { nameOf } from '../story/names.ts';
import { noSuchDate } from '../story/problems/front-matter.ts';
import { cureDate } from '../yaml/cures/dates.ts';
import { linesOf } from '../yaml/source.ts';
import { frontFile } from './file-names.ts';
import type { IngestRun, Report } from './ingest-run.ts';
import { readFront } from './newsroom-files.ts';
import { frontStoryTwice } from './problems.ts';
import { isThere } from './scan.ts';
import { standsElsewhere } from './stands-elsewhere.ts';

/** A front that is being ingested. */
interface Front {
  id: string;
  /** In the index, `front/ID`. */
  key: string;
  file: string;
  /** The places of its keys in the file. */
  lines: (path: (string | number)[]) => number;
}

/**
 * Ingests an editor's decisions about a front: a file in `content/fronts/`, existing or deleted. The names of its
 * stories must already be in the index.
 */
export async function ingestFront(index: IndexHandle, file: string, site: Site, run: IngestRun): Promise<void> {
  const { sql } = index;
  const { report } = run;
  const id = (frontFile.exec(file)?.[1] ?? '').normalize('NFC');
  const key = `front/${id}`;
  if (standsElsewhere(index, key, file, report)) return;
  run.changes.records.add(`front/${id}`);
  sql('DELETE FROM link WHERE owner = ?').run(key);
  sql('DELETE FROM banner WHERE front = ?').run(id);
  if (!isThere(index, file)) return forgetRecord(index, key);
  const read = await readFront(index, file, site);
  if ('problems' in read) return report(read.problems);
  report(read.source.warnings);
  const front: Front = { id, key, file, lines: await linesOf(read.source) };
  const decided = linkStories(index, front, read.data);
  const until = read.data.banner?.until;
  if (until !== undefined) keepBannerEnd(index, front, until, site, run);
  reportTwice(index, front, decided, report);
  putRecord(index, key, file, decided);
  run.owners.add(key);
}

/** The decisions, as stored in the index. Each named story is recorded as a link, so that a broken one is found. */
function linkStories(
  index: IndexHandle,
  { key, file, lines }: Front,
  { layout, pinned, banner, stories }: FrontFile,
): FrontRecord {
  const link = (name: string, ...at: (string | number)[]) => {
    const known = nameOf(name);
    index.sql('INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)').run(key, known, lines(at), file);
    return known;
  };
  return {
    layout,
    stories: stories.map((entry, i) =>
      typeof entry === 'string'
        ? { story: link(entry, 'stories', i), with: [] }
        : {
            story: link(entry.story, 'stories', i, 'story'),
            with: entry.with.map((name, j) => link(name, 'stories', i, 'with', j)),
          },
    ),
    pinned: pinned && link(pinned, 'pinned'),
    banner: banner && { text: banner.text, story: banner.story && link(banner.story, 'banner', 'story') },
  };
}

/** Records when the banner ends. @param until as written */
function keepBannerEnd(
  index: IndexHandle,
  { id, file, lines }: Front,
  until: string,
  site: Site,
  { now, report }: IngestRun,
): void {
  const instant = instantOf(until, site.timeZone);
  if (instant === undefined)
    report([
      noSuchDate(
        { file, line: lines(['banner', 'until']) },
        'banner.until',
        until,
        cureDate(until, site.language, site.timeZone).hint,
      ),
    ]);
  else index.sql('INSERT INTO banner VALUES (?, ?, ?)').run(id, instant, instant <= now ? 1 : 0);
}

/** Warns about stories that are named twice, even by two different names. */
function reportTwice(
  index: IndexHandle,
  { file, lines }: Front,
  { pinned, stories }: FrontRecord,
  report: Report,
): void {
  // The pinned story first: it keeps its place whatever else is named.
  const named: [name: string, ...at: (string | number)[]][] = [
    ...(pinned === undefined ? [] : [[pinned, 'pinned'] as [string, string]]),
    ...stories.flatMap(({ story, with: others }, i): [string, ...(string | number)[]][] => [
      [story, 'stories', i],
      ...others.map((name, j): [string, ...(string | number)[]] => [name, 'stories', i, 'with', j]),
    ]),
  ];
  const idOf = (name: string) =>
    (index.sql('SELECT id FROM name WHERE name = ?').get(name) as { id: string } | undefined)?.id ?? name;
  const shown = new Set<string>();
  for (const [name, ...at] of named) {
    if (shown.has(idOf(name)))
      report([frontStoryTwice({ file, line: lines(at) }, name, pinned !== undefined && idOf(pinned) === idOf(name))]);
    shown.add(idOf(name));
  }
}
