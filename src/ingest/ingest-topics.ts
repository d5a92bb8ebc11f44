import type { IndexHandle } from '../index/handle.ts';
import { getRecord, putRecord } from '../index/record-rows.ts';
import type { Site } from '../site/site.ts';
import { idOfTitle, signsOfTitle } from '../site/slug.ts';
import type { ParsedStory } from '../story/parse.ts';
import { linesOf } from '../yaml/source.ts';
import { seriesFile, siteFile, topicsFile } from './file-names.ts';
import { type IngestRun, ingestAgain } from './ingest-run.ts';
import { keyOfTopic, readSeries, readTopics, type Topics } from './newsroom-files.ts';
import { topicSigns } from './problems.ts';
import { isThere } from './scan.ts';

/** Topics and series are created by the stories that name them. Two files can add to their descriptions. */

/**
 * Ingests `content/topics.yaml` if it has changed, or if the language that determines how titles are compared has
 * changed. Stories with a spelling that now stands for another topic are ingested again.
 *
 * @returns the topics, or the previous ones if the file has mistakes
 */
export async function ingestTopics(index: IndexHandle, run: IngestRun, site: Site): Promise<Topics> {
  const old: Topics = {
    entries: getRecord<Topics['entries']>(index, 'topics') ?? {},
    ids: getRecord<Topics['ids']>(index, 'topicIds') ?? {},
  };
  if (!run.changed.has(topicsFile) && !run.changed.has(siteFile)) return old;
  const none: Topics = { entries: {}, ids: {} };
  const read = isThere(index, topicsFile) ? await readTopics(index, site.language) : { data: none };
  if ('problems' in read) {
    run.report(read.problems);
    return old;
  }
  if ('source' in read) run.report(read.source.warnings);
  const topics = read.data;
  putRecord(index, 'topics', topicsFile, topics.entries);
  putRecord(index, 'topicIds', topicsFile, topics.ids);
  for (const id of new Set([...Object.keys(old.entries), ...Object.keys(topics.entries)]))
    run.changes.records.add(`topic/${id}`);
  // After a change of language, all stories are ingested again anyway.
  if (!run.changed.has(topicsFile)) return topics;
  for (const { topic, spelling, id } of index.sql('SELECT topic, spelling, id FROM spelling').all() as {
    topic: string;
    spelling: string;
    id: string;
  }[])
    if (topicIdOf(topics, spelling, site.language) !== topic) ingestAgain(index, `story/${id}`, run);
  return topics;
}

/** The id of the topic that a spelling stands for. @param language of the site */
export function topicIdOf(topics: Topics, spelling: string, language: string): string {
  const slug = idOfTitle(spelling, language);
  const idOf = (key: string) => (Object.hasOwn(topics.ids, key) ? topics.ids[key] : undefined); // a topic can be called "constructor"
  const plain = idOf(slug);
  // An id in topics.yaml means itself, whatever the titles are.
  if ((plain === undefined && slug !== '') || slug === spelling.normalize('NFC')) return plain ?? slug;
  return idOf(keyOfTopic(spelling, slug)) ?? plain ?? slug;
}

/**
 * Warns about a story whose topic is spelled with other characters than elsewhere ("AC/DC", "AC DC"). They share an
 * address, so they count as one topic, which may not be intended. Spellings in topics.yaml are intended.
 *
 * @param record the topics of the story, as written
 */
export async function warnOfSigns(
  index: IndexHandle,
  { file, source }: Pick<ParsedStory, 'file' | 'source'>,
  spellings: readonly { topic: string; spelling: string }[],
  { report, spellings: known }: IngestRun,
): Promise<void> {
  const { sql } = index;
  for (const { topic, spelling } of spellings) {
    const others = known.get(topic) ?? new Map<string, string>();
    // Fast path: most stories use an existing spelling.
    if ([...others.values()].includes(spelling)) continue;
    const signs = signsOfTitle(spelling);
    known.set(topic, others);
    if (others.has(signs)) continue;
    // Finds neighbours in the order of the key, without scanning the stories of the topic.
    if (others.size === 0)
      for (const sign of ['<', '>'] as const) {
        const row = sql(
          `SELECT spelling FROM spelling WHERE topic = ? AND spelling ${sign} ? ORDER BY spelling ${sign === '<' ? 'DESC' : 'ASC'} LIMIT 1`,
        ).get(topic, spelling) as { spelling: string } | undefined;
        if (row) others.set(signsOfTitle(row.spelling), row.spelling);
      }
    const [other] = [...others].filter(([signsOfOther]) => signsOfOther !== signs && signsOfOther !== '');
    others.set(signs, spelling);
    if (!other || isListed(index, topic)) continue;
    report([topicSigns({ file, line: (await linesOf(source))(['topics']) }, topic, spelling, other[1])]);
  }
}

const isListed = (index: IndexHandle, topic: string): boolean =>
  Object.hasOwn(getRecord<Topics['entries']>(index, 'topics') ?? {}, topic);

/** Ingests `content/series.yaml` if it has changed. */
export async function ingestSeries(
  index: IndexHandle,
  { changed, changes, report }: IngestRun,
  site: Site,
): Promise<void> {
  if (!changed.has(seriesFile)) return;
  const old = getRecord<Record<string, unknown>>(index, 'series') ?? {};
  const read = isThere(index, seriesFile) ? await readSeries(index, site.language) : { data: {} };
  if ('problems' in read) return report(read.problems);
  if ('source' in read) report(read.source.warnings);
  putRecord(index, 'series', seriesFile, read.data);
  for (const id of new Set([...Object.keys(old), ...Object.keys(read.data)])) changes.records.add(`series/${id}`);
}
