import type { Card } from '../../story/card.ts';

/** Which story stands where on the front page. No story stands twice, except that `latest` tells the order of the day. */
export interface Front {
  cover?: Card;
  /** Beside the cover. */
  secondary: Card[];
  /** Headlines only. */
  latest: Card[];
  /** A block for each section that has a story left, in the order of the sections. */
  rails: Rail[];
}

export interface Rail {
  section: string;
  shape: RailShape;
  cards: Card[];
}

/** `one`, `three` or `four` columns; `tall`: a big card and a stack of others; `voices`: columns of opinion. */
export type RailShape = 'one' | 'three' | 'four' | 'tall' | 'voices';

/** How many of the site's latest `arrangeFront` can use. */
export const frontLength = 14;
/** How many of a section's latest it can use: a rail, and as many as may stand above. */
export const railLength = 10;

const coverChoice = 5;
const secondaryMax = 4;
const latestMax = 9;

/**
 * @param latest of the site, newest first, `frontLength` of them
 * @param sections each with its latest, newest first, `railLength` of them
 */
export function arrangeFront(latest: Card[], sections: { section: string; cards: Card[] }[]): Front {
  // The news of the hour may have no picture yet; one of the next few then opens the page.
  const cover = latest.slice(0, coverChoice).find((card) => card.lead) ?? latest[0];
  const others = latest.filter((card) => card !== cover);
  const secondary = others.slice(0, secondaryMax);
  const shown = new Set([cover, ...secondary].map((card) => card?.id));
  const left = sections
    .map(({ section, cards }) => ({ section, cards: cards.filter(({ id }) => !shown.has(id)) }))
    .filter(({ cards }) => cards.length > 0);
  return {
    cover,
    secondary,
    latest: others.slice(secondaryMax, secondaryMax + latestMax),
    rails: left.map(({ section, cards }, place) => railOf(section, cards, place)),
  };
}

function railOf(section: string, cards: Card[], place: number): Rail {
  const isVoices = cards.length > 1 && cards.slice(0, 4).every(({ type }) => type === 'opinion');
  if (isVoices) return { section, shape: 'voices', cards: cards.slice(0, 4) };
  // Two stories do not fill a row, and of longer blocks every second is tall, so that two alike never meet.
  if (cards.length === 2 || (place % 2 === 0 && cards.length > 3 && cards[0]?.lead))
    return { section, shape: 'tall', cards: cards.slice(0, 5) };
  const [shape, length] =
    cards.length > 3 ? (['four', 4] as const) : cards.length === 3 ? (['three', 3] as const) : (['one', 1] as const);
  return { section, shape, cards: cards.slice(0, length) };
}
