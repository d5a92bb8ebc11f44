import { keepBody } from '../index/bodies.ts';
import type { IndexHandle } from '../index/handle.ts';
import { enlist, forgetStory, putStory, type StorySeen } from '../index/story-rows.ts';
import { knownElements } from '../index/theme-elements.ts';
import type { Site } from '../site/site.ts';
import type { CopyText } from '../story/copy/copy.ts';
import { deriveStory } from '../story/derive.ts';
import { holdBack } from '../story/hold.ts';
import { storyIdOf } from '../story/names.ts';
import type { Newsroom } from '../story/newsroom.ts';
import { isDraftFile, type ParsedStory } from '../story/parse.ts';
import type { StoryRecord } from '../story/record.ts';
import { lineOf } from '../yaml/source.ts';
import type { Source } from '../yaml/source-type.ts';
import { type ClaimedAliases, claimAliases } from './aliases.ts';
import { addressMeasured, claim } from './claim.ts';
import { claimDocuments } from './claim-documents.ts';
import { keepTurns } from './due.ts';
import type { IngestRun, Losing } from './ingest-run.ts';
import { warnOfSigns } from './ingest-topics.ts';
import { addressTaken, nameTaken, storyTwice } from './problems.ts';
import { readStory } from './read-stories.ts';

/** Reads a story on this thread. Undefined if it cannot be read, which is reported. */
export async function readStoryHere(
  index: IndexHandle,
  file: string,
  site: Site,
  { report, refused, onText }: IngestRun,
): Promise<ParsedStory | undefined> {
  const result = await readStory(file, {
    root: index.root,
    overlay: index.overlay,
    site,
    known: knownElements(index).known,
  });
  if ('parsed' in result) {
    keepBody(index, result.parsed, site);
    if (onText) onText(copyTextOf(result.parsed, site));
    return result.parsed;
  }
  report(result.problems);
  refused.names.add(storyIdOf(file));
  return undefined;
}

const copyTextOf = ({ file, source, frontMatter, body: { body } }: ParsedStory, site: Site): CopyText => ({
  file,
  format: /\.mdx$/i.test(file) ? 'mdx' : 'md',
  source,
  frontMatter,
  body,
  language: frontMatter.language ?? site.language,
});

/**
 * Ingests a story whose pictures and tables are loaded: its names and addresses, its row, and its lists.
 *
 * @param before the stories before this ingest, by id. They have released all their names and addresses
 * @returns the story as the site now sees it, or undefined if it is refused, which is reported
 */
export async function ingestStory(
  index: IndexHandle,
  story: ParsedStory,
  newsroom: Newsroom,
  before: ReadonlyMap<string, StorySeen>,
  run: IngestRun,
): Promise<StorySeen | undefined> {
  const { record: derived, problems, names, links } = await deriveStory(story, newsroom);
  run.report(problems);
  if (story.lost.length > 0) run.losing.push(losingStory(story, derived, before.get(storyIdOf(story.file))));
  if (!derived) {
    for (const name of names) run.refused.names.add(name);
    run.refused.links.push(...links.map((link) => ({ ...link, file: story.file })));
    // A draft that cannot be read is treated as if it did not exist, so that it blocks nobody.
    const old = before.get(storyIdOf(story.file));
    if (old && isDraftFile(story)) forgetStory(index, old.id);
    return undefined;
  }
  const { record, turns } = holdBack(derived, run.now);
  if (isElsewhere(index, record, run)) return undefined;
  await claimNames(index, record, story.source, run);
  const aliases = await claimAddresses(index, record, story.source, run);
  const isPublic = record.due !== undefined && record.due <= run.now;
  const put = putStory(index, record, aliases, isPublic);
  if (record.spellings.length > 0) await warnOfSigns(index, story, record.spellings, run);
  keepTurns(index, put.id, turns, run.now);
  enlist(index, put);
  run.owners.add(`story/${put.id}`);
  return put;
}

const losingStory = (story: ParsedStory, record: StoryRecord | undefined, old: StorySeen | undefined): Losing => ({
  problems: story.lost,
  addresses: [record?.card.address, old?.address, ...(record?.aliases ?? [])].filter(
    (address) => address !== undefined,
  ),
  due: record?.due,
  wasPublic: old?.isPublic === true,
  isDraft: isDraftFile(story),
});

/** Whether another file already has the story, such as `x.md` beside `x/index.md`. This is reported. */
function isElsewhere(index: IndexHandle, { id, file }: StoryRecord, { report }: IngestRun): boolean {
  const other = index.sql('SELECT file FROM story WHERE id = ? AND file <> ?').get(id, file) as
    | { file: string }
    | undefined;
  if (!other) return false;
  report([storyTwice(file, other.file)]);
  return true;
}

/** Registers the names by which others link to the story. */
async function claimNames(
  index: IndexHandle,
  { id, file, names }: StoryRecord,
  source: Source,
  { report }: IngestRun,
): Promise<void> {
  const { sql } = index;
  for (const name of names) {
    const changes = sql('SELECT id FROM name WHERE name = ?').get(name) as { id: string } | undefined;
    if (!changes) sql('INSERT INTO name VALUES (?, ?)').run(name, id);
    else if (changes.id !== id) {
      const other = sql('SELECT file FROM story WHERE id = ?').get(changes.id) as { file: string } | undefined;
      const line = name === id ? 1 : await lineOf(source, ['id']);
      report([nameTaken({ file, line }, name, other?.file ?? changes.id)]);
    }
  }
}

/**
 * Claims the current and old addresses of a story. A draft claims none. @returns the old addresses that it could claim
 */
async function claimAddresses(
  index: IndexHandle,
  { id, file, card, state, aliases, documents }: StoryRecord,
  source: Source,
  { report }: IngestRun,
): Promise<ClaimedAliases> {
  if (state === 'draft') return { withPage: [], listOnly: [] };
  const owner = `story/${id}`;
  const measured = await addressMeasured(card.address, {
    file,
    line: () => lineOf(source, ['slug']),
    hint: 'Give the story another  slug: … , or rename its folder.',
  });
  if (measured) report([measured]);
  const message = claim(index, { address: card.address, kind: 'story', owner, file });
  if (message) {
    const line = await lineOf(source, ['slug']);
    report([addressTaken({ file, line }, message, 'Give the story another  slug: … , or rename its folder.')]);
  }
  if (state === 'ready') await claimDocuments(index, documents, { owner, file, source }, report);
  return claimAliases(index, { owner, file, own: card.address, source }, aliases, report);
}
