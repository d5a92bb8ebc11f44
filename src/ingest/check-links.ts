import type { IndexHandle } from '../index/handle.ts';
import type { Problem } from '../problems/problem.ts';
import { frontFile } from './file-names.ts';
import type { IngestRun } from './ingest-run.ts';
import { frontStoryWaiting, storyLinkDead, storyLinkWaiting } from './link-problems.ts';

interface Link {
  name: string;
  line: number;
  file: string;
}

/** What a link needs to know about its target story. */
interface Target {
  state: string;
  isPublic: number;
}

/**
 * Reports links to stories that do not exist, and to stories that readers cannot see.
 *
 * @param isAll whether every link has to be checked, because the outcome for each story was not recorded
 */
export function checkLinks(index: IndexHandle, run: IngestRun, isAll: boolean): void {
  const { sql } = index;
  let names: string[] | undefined;
  const allNames = () => {
    names ??= (sql('SELECT name FROM name').all() as { name: string }[]).map(({ name }) => name);
    return names;
  };
  for (const link of isAll ? allLinks(index, run) : linksToCheck(index, run)) {
    const target = sql('SELECT story.state, story.isPublic FROM name JOIN story USING (id) WHERE name = ?').get(
      link.name,
    ) as Target | undefined;
    if (!target && run.refused.names.has(link.name)) continue;
    const problem = target
      ? waiting(link, target)
      : storyLinkDead(link, link.name, allNames(), frontFile.test(link.file));
    if (problem) run.report([problem]);
  }
}

function* allLinks(index: IndexHandle, { refused }: IngestRun): Generator<Link> {
  yield* refused.links;
  yield* index.sql('SELECT owner, name, line, file FROM link').iterate() as unknown as Iterable<Link>;
}

/** Links from what was ingested, and links to names that no story has any more, or whose story readers cannot see any more. */
function linksToCheck(index: IndexHandle, { owners, changes, refused }: IngestRun): Link[] {
  const { sql } = index;
  const links: Link[] = [...refused.links];
  for (const owner of owners)
    links.push(...(sql('SELECT owner, name, line, file FROM link WHERE owner = ?').all(owner) as unknown as Link[]));
  const lost = new Set<string>();
  for (const { before, after } of changes.stories) {
    const isHidden = (before?.isPublic && !after?.isPublic) || (before?.isListed && !after?.isListed);
    for (const name of before?.names ?? [])
      if (isHidden || !sql('SELECT 1 FROM name WHERE name = ?').get(name)) lost.add(name);
  }
  for (const name of lost) {
    const left = sql('SELECT owner, name, line, file FROM link WHERE name = ?').all(name) as unknown as (Link & {
      owner: string;
    })[];
    for (const link of left) if (!owners.has(link.owner)) links.push(link);
  }
  return links;
}

/** The warning that a story is left out of a front, or is named without a link. Undefined if readers can see it. */
function waiting({ name, ...place }: Link, { state, isPublic }: Target): Problem | undefined {
  // A withdrawn story keeps its page, which says so. A link can lead there, but a front cannot show it.
  if (frontFile.test(place.file))
    return isPublic && state === 'ready' ? undefined : frontStoryWaiting(place, name, isPublic === 1);
  if (isPublic) return undefined;
  return storyLinkWaiting(place, name);
}
