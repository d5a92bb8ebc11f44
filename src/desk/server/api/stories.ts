import type { Problem } from '../../../problems/problem.ts';
import { type ListedStory, type ListFilter, type SortKey, sortKeys, storyStates } from '../../store/file-rows.ts';
import { searchQuery } from '../../stories/search-words.ts';
import { ApiError, type ApiRequest, type Handler } from '../api.ts';
import type { DeskContext } from '../context.ts';

const limitMax = 500;

/** The stories that match some words and filters, one part of the list at a time. */
export const getStories: Handler = async (context, request) => {
  const { list } = context;
  const filter = filterOf(context, request);
  const words = request.query('query');
  const match = words && searchQuery(words);
  // Signs alone match nothing.
  const found = words && !match ? { total: 0, stories: [] } : list.rows.list({ ...filter, match });
  const toRow = rowsWith(context);
  // Goes on in the background, so that nobody waits for the disk to see the list.
  setImmediate(() => list.checkDist().catch(context.tell));
  return { json: { total: found.total, stories: found.stories.map(toRow), isComplete: list.isComplete() } };
};

function filterOf(context: DeskContext, request: ApiRequest): ListFilter {
  const state = oneOf(storyStates, request.query('state'), 'state');
  const written = request.query('sort') ?? 'changed';
  const key = oneOf(sortKeys, written.replace(/^-/, ''), 'sort') as SortKey;
  const problems = request.query('problems');
  return {
    now: context.now(),
    state,
    section: request.query('section'),
    author: request.query('author'),
    topic: request.query('topic'),
    type: request.query('type'),
    paths: problems === undefined ? undefined : pathsWith(context, problems),
    sort: key,
    // Times are newest first, and words in the order of the alphabet. A hyphen turns that around.
    isDescending: (key === 'changed' || key === 'published') !== written.startsWith('-'),
    offset: whole(request.query('offset'), 0, Number.MAX_SAFE_INTEGER),
    limit: whole(request.query('limit'), 50, limitMax),
  };
}

/** @param which `errors`, `warnings`, or anything else for both */
function pathsWith({ problems }: DeskContext, which: string): string[] {
  const wanted = problems.last().filter(({ severity }) => !which.startsWith(severity === 'error' ? 'warn' : 'err'));
  return [...new Set(wanted.map(pathOf))];
}

const pathOf = ({ file }: Problem): string => file.replace(/^content\//, '');

/** Rows of the database as the interface shows them. */
export function rowsWith({ problems, store }: DeskContext): (story: ListedStory) => object {
  const counts = new Map<string, { errors: number; warnings: number }>();
  for (const problem of problems.last()) {
    const path = pathOf(problem);
    const count = counts.get(path) ?? { errors: 0, warnings: 0 };
    count[problem.severity === 'error' ? 'errors' : 'warnings']++;
    counts.set(path, count);
  }
  const autosaved = new Set(store.autosaved());
  return ({ path, id, headline, section, type, byline, state, published, due, changed, address }) => {
    const { errors, warnings } = counts.get(path) ?? { errors: state === 'broken' ? 1 : 0, warnings: 0 };
    return {
      path,
      id,
      headline,
      ...(section !== null && { section }),
      type,
      byline: JSON.parse(byline) as string[],
      state,
      ...(published !== null && { published: isoOf(published) }),
      ...(due !== null && { due: isoOf(due) }),
      changed: isoOf(changed),
      ...(address !== null && { address }),
      errors,
      warnings,
      isAutosaved: autosaved.has(path),
    };
  };
}

export const isoOf = (instant: number): string => new Date(instant).toISOString();

function oneOf<Word extends string>(words: readonly Word[], asked: string | undefined, name: string): Word | undefined {
  const found = words.find((word) => word === asked);
  if (asked !== undefined && !found) throw new ApiError(400, `The list has no ${name} "${asked.slice(0, 80)}".`);
  return found;
}

function whole(text: string | undefined, usual: number, max: number): number {
  const number = Number(text ?? usual);
  return Number.isInteger(number) && number >= 0 ? Math.min(number, max) : usual;
}
