import { join } from 'node:path';
import type { IndexHandle } from '../index/handle.ts';
import type { PageRecord } from '../index/records.ts';
import { recordOf, storyRow } from '../index/rows.ts';
import { isAsMade, readLedger } from '../pictures/ledger.ts';
import { type SocialCard, socialCard, socialKey, socialName } from '../pictures/social.ts';
import { queryAuthor, querySeries, querySite, queryTopic } from '../queries/queries.ts';
import { queryAddress } from '../queries/query-address.ts';
import { directionOf } from '../site/direction.ts';
import type { Card } from '../story/card.ts';
import { digestInDist } from './dist-record.ts';
import { pageSteps, Step, todo } from './plan.ts';
import { todoOf } from './queue.ts';
import { socialFontConfig } from './social-fonts.ts';
import { drawApart } from './threads/draw-apart.ts';

/*
 * A page that is shared has a social picture. Only the pages in the queue are looked at, and a picture depends only on
 * what its page prints too, so the page of a picture that changes is always in the queue.
 */

/** A row of the queue, and a source of assets: the social picture of the page at an address. */
export const socialTodo = (address: string): string => `social:${address}`;
const addressOf = (row: string): string => row.slice('social:'.length);
export const isSocialTodo = (row: string): boolean => row.startsWith('social:');

/** Plans the social pictures of the pages that are rendered or removed. Call it after everything else is planned. */
export function planSocial(index: IndexHandle): void {
  const rows = index
    .sql("SELECT address, step FROM todo WHERE step <> ? AND address > '/' AND address < '0'")
    .all(Step.asset) as { address: string; step: Step }[];
  const had = index.sql('SELECT 1 FROM asset WHERE source = ? LIMIT 1');
  for (const { address, step } of [...rows, ...homeOf(index)]) {
    const row = socialTodo(address);
    const isWanted = pageSteps.includes(step) && socialCardAt(index, address) !== undefined;
    if (isWanted) todo(index, row, Step.asset);
    else if (had.get(row)) todo(index, row, Step.remove);
  }
}

/** `address > '/'` leaves out the front page, whose address is '/' itself. */
const homeOf = ({ sql }: IndexHandle): { address: string; step: Step }[] =>
  sql("SELECT address, step FROM todo WHERE address = '/'").all() as { address: string; step: Step }[];

/** Draws the planned social pictures that do not exist yet. @returns how many were drawn */
export async function drawPlanned(
  index: IndexHandle,
  { renditions, cache, bundling }: { renditions: string; cache: string; bundling: Promise<unknown> | undefined },
  onProgress: (done: number, total: number) => void,
): Promise<number> {
  const missing = new Map<string, SocialCard>();
  for (const row of todoOf(index, Step.asset)) {
    const card = isSocialTodo(row) ? socialCardAt(index, addressOf(row)) : undefined;
    if (!card) continue;
    const name = socialName(card);
    const digest = readLedger(renditions, socialKey(name)).get(name);
    // What is in dist was compared when it was written there.
    const isInDist = digestInDist(index, `assets/pictures/${name}`) !== undefined;
    if (digest === undefined ? !isInDist : !isInDist && !isAsMade(join(renditions, name), digest))
      missing.set(name, card);
  }
  if (missing.size === 0) return 0;
  // Both at once would need more than a gigabyte. If the templates cannot be built, the caller reports it.
  if (missing.size >= manyCards) await bundling?.catch(() => {});
  const fontConfig = await socialFontConfig(cache);
  return await drawApart([...missing.values()], renditions, fontConfig, (done) => onProgress(done, missing.size));
}

/** From this many pictures on, drawing takes longer than the bundler. */
const manyCards = 50;

/** The social picture that a row of the queue names, or undefined if its page has none any more. */
export function wantedSocial(index: IndexHandle, row: string): string | undefined {
  const card = socialCardAt(index, addressOf(row));
  return card && socialName(card);
}

/**
 * The social picture of a page with words of its own. The other pages show that of the front page, or a photograph.
 *
 * `Paper.astro` decides the same for the page.
 */
export function socialCardAt(index: IndexHandle, address: string): SocialCard | undefined {
  const site = querySite(index);
  const isRtl = directionOf(site.language) === 'rtl';
  const page = queryAddress(index, address);
  const own = (title: string | undefined, more: { label?: string; section?: string; language?: string } = {}) => {
    const { language, ...rest } = more;
    return title === undefined
      ? undefined
      : ownCard(socialCard(site, { title, isRtl: language ? directionOf(language) === 'rtl' : isRtl, ...rest }), site);
  };
  switch (page?.kind) {
    case 'home':
      return socialCard(site);
    case 'section':
      return own(site.sections.find(({ id }) => id === page.section)?.title, { section: page.section });
    case 'topic':
      return own(queryTopic(index, page.topic)?.title);
    case 'series':
      return own(querySeries(index, page.series)?.title);
    case 'author': {
      const author = queryAuthor(index, page.author);
      return author?.picture ? undefined : own(author?.name, { label: author?.role });
    }
    case 'page': {
      const found = recordOf<PageRecord>(index, `page/${page.page}`).value();
      return own(found?.headline, { language: found?.language });
    }
    case 'story': {
      const row = storyRow(index, page.story);
      if (row?.state !== 'ready') return undefined;
      const { headline, lead, section, language } = JSON.parse(row.card) as Card;
      const label = site.sections.find(({ id }) => id === section)?.title;
      return lead ? undefined : own(headline, { label, section, language });
    }
    default:
      return undefined;
  }
}

/** A card that fell back to the name of the paper is that of the front page, which has it already. */
const ownCard = (card: SocialCard | undefined, site: Parameters<typeof socialCard>[0]): SocialCard | undefined => {
  const home = socialCard(site);
  return card && home && socialName(card) === socialName(home) ? undefined : card;
};
