import type { FrontResult, Package } from '../../queries/results.ts';
import type { Card } from '../../story/card.ts';

/** The position of each story on the front page. No story appears twice. */
export interface Front {
  layout: FrontResult['layout'];
  banner?: FrontResult['banner'];
  /** What opens the page: one story, or two of equal weight. */
  covers: Package[];
  /** Beside the cover or, with the layout `package`, below it. */
  secondary: Package[];
  /** Only headlines. */
  latest: Card[];
  /** A separate place below the opening. */
  pinned?: Card;
  /** A block for each section that has stories left, in the order of the sections. */
  rails: Rail[];
}

export interface Rail {
  section: string;
  shape: RailShape;
  cards: Card[];
}

/** `one`, `three`, or `four` columns; `tall`: a big card and a stack of others; `voices`: columns of opinion. */
export type RailShape = 'one' | 'three' | 'four' | 'tall' | 'voices';

/** How many of the latest stories of the site `arrangeFront` can use, in addition to those that an editor named. */
export const frontLength = 32;
/** How many of the latest stories of a section it can use: a rail, and as many as can be above it. */
export const railLength = 18;

const coverChoice = 5;
const secondaryMax = 4;
const latestMax = 8;
const latestMin = 4;
const relatedMax = 3;

/** Without any decisions, the latest stories fill the page. */
export const undecided: FrontResult = { layout: 'lead', stories: [] };

/**
 * @param latest of the site, newest first, `frontLength` of them
 * @param sections each with its latest, newest first, `railLength` of them
 * @param decided the stories that an editor named. They come first, and the latest fill the rest
 * @param relatedTo the stories that a story names as related, for the package that it leads
 */
export function arrangeFront(
  latest: Card[],
  sections: { section: string; cards: Card[] }[],
  decided: FrontResult = undecided,
  relatedTo: (id: string) => Card[] = () => [],
): Front {
  const { layout, banner, pinned } = decided;
  const { named, rest, take, isFree } = begin(latest, decided);
  const coverMax = layout === 'pair' ? 2 : 1;
  const openingMax = coverMax + secondaryMax;
  const filled: Card[] = [];
  if (named.length === 0) {
    const cover = coverOf(rest, layout);
    if (cover) filled.push(cover);
  }
  for (const card of rest) if (named.length + filled.length < openingMax && !filled.includes(card)) filled.push(card);
  for (const card of filled) take(card);
  const opening = [...named, ...filled.map((card): Package => ({ card, with: [] }))];
  // The stories that a story names as related belong to its package, unless an editor named others.
  for (const lead of opening.slice(0, coverMax))
    if (lead.with.length === 0) lead.with = relatedTo(lead.card.id).filter(take).slice(0, relatedMax);
  const left = rest.filter(isFree);
  // A small paper has rails too: the list of the latest stories gets a third of the remaining ones.
  const hasRails = left.length > 3 && sections.some(({ cards }) => cards.length > 0);
  // Opinion has its own block, and paid stories are not news.
  const news = left.filter(({ type, sponsor }) => !hasRails || (type !== 'opinion' && !sponsor));
  const headlines = news.slice(
    0,
    hasRails ? Math.min(latestMax, Math.max(latestMin, Math.ceil(left.length / 3))) : latestMax,
  );
  for (const card of headlines) take(card);
  const rails = sections
    .map(({ section, cards }) => ({ section, cards: cards.filter(isFree) }))
    .filter(({ cards }) => cards.length > 0);
  return {
    layout,
    banner,
    covers: opening.slice(0, coverMax),
    secondary: opening.slice(coverMax),
    latest: headlines,
    pinned,
    rails: rails.map(({ section, cards }, place) => railOf(section, cards, place)),
  };
}

/**
 * An editor's decisions take their stories first: banner, pinned story, packages. The remaining stories are available
 * for the rest of the page.
 */
function begin(latest: Card[], decided: FrontResult) {
  const shown = new Set<string>();
  const isFree = ({ id }: Card): boolean => !shown.has(id);
  const take = (card: Card): boolean => isFree(card) && shown.add(card.id) !== undefined;
  for (const card of [decided.banner?.story, decided.pinned]) if (card) take(card);
  const named = namedPackages(decided, take);
  return { named, rest: latest.filter(isFree), take, isFree };
}

/** The stories that an editor named, each where it is named first. */
function namedPackages({ stories }: FrontResult, take: (card: Card) => boolean): Package[] {
  return stories.flatMap((entry): Package[] => {
    const isFirst = take(entry.card);
    const others = entry.with.filter(take);
    return isFirst ? [{ card: entry.card, with: others }] : others.map((card) => ({ card, with: [] }));
  });
}

/**
 * The latest news may not have a picture yet. In that case one of the next few stories opens the page. Paid stories
 * never open it unless an editor names them.
 */
function coverOf(cards: Card[], layout: FrontResult['layout']): Card | undefined {
  const own = cards.slice(0, coverChoice).filter(({ sponsor }) => !sponsor);
  return (layout === 'words' ? undefined : own.find(({ lead }) => lead)) ?? own[0] ?? cards[0];
}

function railOf(section: string, cards: Card[], place: number): Rail {
  const isVoices = cards.length > 1 && cards.slice(0, 4).every(({ type }) => type === 'opinion');
  if (isVoices) return { section, shape: 'voices', cards: cards.slice(0, 4) };
  // Two stories do not fill a row. Every second longer block is tall, so that two blocks of the same kind are never
  // adjacent.
  if (cards.length === 2 || (place % 2 === 0 && cards.length > 3 && cards[0]?.lead))
    return { section, shape: 'tall', cards: cards.slice(0, 5) };
  const [shape, length] =
    cards.length > 3 ? (['four', 4] as const) : cards.length === 3 ? (['three', 3] as const) : (['one', 1] as const);
  return { section, shape, cards: cards.slice(0, length) };
}

/** The position of each story on a section front. The rules are the same, with less space. */
export interface SectionFront {
  layout: FrontResult['layout'];
  banner?: FrontResult['banner'];
  cover?: Package;
  beside: Package[];
  pinned?: Card;
  river: Card[];
}

const besideMax = 3;

/**
 * A front always has a lead: the newest story with a picture, or the newest story. Without any picture, the text gets
 * the space (`layout: words`).
 *
 * @param latest of the section, newest first
 */
export function arrangeSection(
  latest: Card[],
  decided: FrontResult = undecided,
  relatedTo: (id: string) => Card[] = () => [],
): SectionFront {
  const { layout, banner, pinned } = decided;
  const { named, rest, take, isFree } = begin(latest, decided);
  const filled: Card[] = [];
  if (named.length === 0) {
    const cover = coverOf(rest, layout);
    if (cover) filled.push(cover);
  }
  for (const card of rest)
    if (named.length + filled.length < 1 + besideMax && !filled.includes(card)) filled.push(card);
  for (const card of filled) take(card);
  const [cover, ...beside] = [...named, ...filled.map((card): Package => ({ card, with: [] }))];
  if (cover && cover.with.length === 0) cover.with = relatedTo(cover.card.id).filter(take).slice(0, relatedMax);
  const isWords = layout === 'lead' && cover !== undefined && !cover.card.lead;
  return { layout: isWords ? 'words' : layout, banner, cover, beside, pinned, river: rest.filter(isFree) };
}
