import type { IndexHandle } from '../index/handle.ts';
import { authorFamily } from './authors.ts';
import { correctionFamily } from './corrections.ts';
import type { Family } from './family.ts';
import { feedFamily } from './feeds.ts';
import { frontFamily } from './fronts.ts';
import { hostingFamily } from './hosting.ts';
import type { AnyKind, Arguments } from './kind.ts';
import { listFamily } from './lists.ts';
import { newsSitemapFamily } from './news-sitemap.ts';
import { offeredFamily } from './offered.ts';
import { pageFamily } from './pages.ts';
import { redirectFamily } from './redirects.ts';
import { searchIndexFamily } from './search-index.ts';
import { seriesFamily } from './series.ts';
import { siteFamily } from './site.ts';
import { sitemapFamily } from './sitemap.ts';
import { storyFamily } from './stories.ts';
import { themePageFamily } from './theme-pages.ts';
import { topicFamily } from './topics.ts';
import { wholeFamily } from './whole.ts';
import { wireFamily } from './wire.ts';

/** Every family of queries and pages. A new one requires one file and one line. */
export const families: readonly Family[] = [
  siteFamily,
  storyFamily,
  listFamily,
  topicFamily,
  authorFamily,
  pageFamily,
  themePageFamily,
  frontFamily,
  seriesFamily,
  correctionFamily,
  offeredFamily,
  feedFamily,
  sitemapFamily,
  newsSitemapFamily,
  redirectFamily,
  hostingFamily,
  wholeFamily,
  wireFamily,
  searchIndexFamily,
];

const kinds = new Map<string, AnyKind>(families.flatMap(({ kinds = [] }) => kinds.map((kind) => [kind.name, kind])));

function kindOf(key: string): [kind: AnyKind, args: Arguments] {
  const [name, ...args] = JSON.parse(key) as [string, ...Arguments];
  const kind = kinds.get(name);
  if (!kind) throw new Error(`no family has the query ${name}`);
  return [kind, args];
}

/** What a query is about. @param key as in a trace */
export function subjectOf(key: string): string {
  const [kind, args] = kindOf(key);
  return kind.subject(...args);
}

/** The current digest of a result. @param key as in a trace */
export function digestOfKey(index: IndexHandle, key: string): string {
  const [kind, args] = kindOf(key);
  return kind.resolve(index, ...args).digest;
}
