import { slugify } from '../site/slug.ts';
import { desk } from './desk.ts';
import { isThere } from './look.ts';
import { readSeries, readTopics, seriesFile, type Topics, topicsFile } from './newsroom-files.ts';
import { type Taking, takeAgain } from './taking.ts';
import { getThing, putThing } from './thing-rows.ts';

/** Topics and series: they come of the stories that name them; two files may say more of each. */

/**
 * Takes in `content/topics.yaml`, if it changed. Stories with a spelling that stands for another topic now are taken
 * in again.
 *
 * @returns the topics; with mistakes in the file, as they were
 */
export async function takeTopics(taking: Taking): Promise<Topics> {
  const old: Topics = {
    entries: getThing<Topics['entries']>('topics') ?? {},
    ids: getThing<Topics['ids']>('topicIds') ?? {},
  };
  if (!taking.changed.has(topicsFile)) return old;
  const none: Topics = { entries: {}, ids: {} };
  const read = isThere(topicsFile) ? await readTopics() : { data: none };
  if ('problems' in read) {
    taking.report(read.problems);
    return old;
  }
  if ('source' in read) taking.report(read.source.warnings);
  const topics = read.data;
  putThing('topics', topicsFile, topics.entries);
  putThing('topicIds', topicsFile, topics.ids);
  for (const id of new Set([...Object.keys(old.entries), ...Object.keys(topics.entries)]))
    taking.taken.subjects.add(`topic:${id}`);
  for (const { topic, spelling, id } of desk().sql('SELECT topic, spelling, id FROM spelling').all() as {
    topic: string;
    spelling: string;
    id: string;
  }[])
    if (topicIdOf(topics, spelling) !== topic) takeAgain(`story/${id}`, taking);
  return topics;
}

/** The id of the topic that a spelling stands for. */
export function topicIdOf(topics: Topics, spelling: string): string {
  const slug = slugify(spelling);
  return Object.hasOwn(topics.ids, slug) ? topics.ids[slug]! : slug; // a topic may be called "constructor"
}

/** Takes in `content/series.yaml`, if it changed. */
export async function takeSeries({ changed, taken, report }: Taking): Promise<void> {
  if (!changed.has(seriesFile)) return;
  const old = getThing<Record<string, unknown>>('series') ?? {};
  const read = isThere(seriesFile) ? await readSeries() : { data: {} };
  if ('problems' in read) return report(read.problems);
  if ('source' in read) report(read.source.warnings);
  putThing('series', seriesFile, read.data);
  for (const id of new Set([...Object.keys(old), ...Object.keys(read.data)])) taken.subjects.add(`series:${id}`);
}
