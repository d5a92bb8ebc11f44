import {
  authors,
  headlineEnds,
  headlineObjects,
  headlineSubjects,
  headlineVerbs,
  objects,
  places,
  sections,
  subheads,
  subjects,
  tails,
  times,
  topics,
  towns,
  verbs,
} from './vocabulary.ts';

/** What each generator's own writer turns into its own dialect. The text is the same for all. */
export type Block =
  | { kind: 'paragraph' | 'heading' | 'quote'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'pullQuote'; text: string; by: string }
  | { kind: 'readMore'; links: { title: string; to: number | string }[] };

/** What lists need of a story. It is cheap to create without the body. */
export interface Outline {
  /** 0 is the oldest. */
  number: number;
  slug: string;
  yyyy: string;
  mm: string;
  /** Path of its page, such as `/2019/04/council-votes-on-night-trains-7k/`. */
  address: string;
  headline: string;
  section: string;
  /** ISO 8601, UTC, whole seconds. */
  published: string;
}

export interface CorpusStory extends Outline {
  standfirst: string;
  dateline: string;
  topics: string[];
  authors: string[];
  /** Its body contains a story component. */
  hasComponent: boolean;
  /** Text can contain `[words](story:NUMBER)`. About 450 words in all. */
  body: Block[];
}

export interface Corpus {
  stories: number;
  seed: number;
  outline(number: number): Outline;
  story(number: number): CorpusStory;
}

const begin = Date.UTC(2016, 0, 1);
const span = Date.UTC(2026, 0, 1) - begin;
/**
 * Every publish of the benchmark happens at this time, when all stories are public, including those after the archive.
 */
export const benchNow = '2026-12-31T00:00:00Z';

const componentEvery = 5;
const linkEvery = 3;
/** Nothing links to stories whose number is a multiple of this, because the benchmark removes them. */
export const unlinkedEvery = 10;

/**
 * Stories of an invented newsroom, spread evenly over ten years. This is a pure function of its arguments: each story
 * is created when it is requested, in any order, and is always the same. Numbers from `stories` on are the news of the
 * days after the archive.
 *
 * @param stories the number of stories in the archive
 * @param seed another seed gives other words
 */
export function corpusOf(stories: number, seed = 1): Corpus {
  const outline = (number: number): Outline => {
    const chance = chanceOf(seed, number, 1);
    const published = new Date(begin + Math.floor(((number + chance()) / stories) * (span / 1000)) * 1000);
    const iso = published.toISOString().replace('.000Z', 'Z');
    const words = [headlineSubjects, headlineVerbs, headlineObjects, headlineEnds].map((list) => pick(list, chance));
    const headline = words.filter(Boolean).join(' ');
    const slug = `${headline.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${number.toString(36)}`;
    const [yyyy, mm] = [iso.slice(0, 4), iso.slice(5, 7)];
    const address = `/${yyyy}/${mm}/${slug}/`;
    return { number, slug, yyyy, mm, address, headline, section: pick(sections, chance).id, published: iso };
  };
  const story = (number: number): CorpusStory => {
    const chance = chanceOf(seed, number, 2);
    const hasComponent = number % componentEvery === 1;
    return {
      ...outline(number),
      standfirst: `${sentence(chance)} ${sentence(chance)}`,
      dateline: pick(towns, chance),
      topics: pickSome(topics, 1 + Math.floor(chance() * 3), chance).map(({ id }) => id),
      authors: pickSome(authors, chance() < 0.8 ? 1 : 2, chance).map(({ id }) => id),
      hasComponent,
      body: bodyOf(number, hasComponent, chance, outline),
    };
  };
  return { stories, seed, outline, story };
}

function bodyOf(
  number: number,
  hasComponent: boolean,
  chance: () => number,
  outline: (number: number) => Outline,
): Block[] {
  const blocks: Block[] = [];
  for (let place = 0; place < 9; place++) {
    const sentences = Array.from({ length: 2 + Math.floor(chance() * 2) }, () => sentence(chance));
    if (place === 3 && number % linkEvery === 0 && number > unlinkedEvery)
      sentences.push(`This was [reported earlier](story:${olderThan(number, chance)}) and has been confirmed.`);
    if (place === 1)
      sentences.push(`The figure is **${Math.floor(chance() * 900 + 100)}**, not *${pick(towns, chance)}’s*.`);
    blocks.push({ kind: 'paragraph', text: sentences.join(' ') });
    if (place === 3 || place === 7) blocks.push({ kind: 'heading', text: pick(subheads, chance) });
    if (place === 5 && chance() < 0.33)
      blocks.push({ kind: 'list', items: Array.from({ length: 3 }, () => sentence(chance)) });
    if (place === 6 && chance() < 0.25) blocks.push({ kind: 'quote', text: sentence(chance) });
  }
  if (hasComponent && number % (2 * componentEvery) === 1)
    blocks.splice(5, 0, { kind: 'pullQuote', text: sentence(chance), by: pick(authors, chance).name });
  else if (hasComponent) {
    const older = olderThan(number, chance);
    const links = [
      { title: outline(older).headline, to: older },
      { title: 'The documents', to: `https://records.example/${number}` },
    ];
    blocks.splice(6, 0, { kind: 'readMore', links });
  }
  return blocks;
}

/** The number of an older story that the benchmark never removes. */
function olderThan(number: number, chance: () => number): number {
  const older = Math.floor(chance() * (number - 1));
  return older % unlinkedEvery === 0 ? older + 1 : older;
}

function sentence(chance: () => number): string {
  const start = chance() < 0.3 ? `${pick(times, chance)}, ${pick(subjects, chance)}` : pick(subjects, chance);
  const words = [start, pick(verbs, chance), pick(objects, chance), chance() < 0.6 ? pick(places, chance) : ''];
  const end = chance() < 0.5 ? `, ${pick(tails, chance)}.` : '.';
  const text = words.filter(Boolean).join(' ') + end;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const pick = <Item>(list: readonly Item[], chance: () => number): Item => list[Math.floor(chance() * list.length)]!;

function pickSome<Item>(list: readonly Item[], count: number, chance: () => number): Item[] {
  const some = new Set<Item>();
  while (some.size < count) some.add(pick(list, chance));
  return [...some];
}

/** Numbers from 0 to 1, always the same for the same seed, story, and purpose (mulberry32). */
function chanceOf(seed: number, number: number, purpose: number): () => number {
  let state = Math.imul(seed ^ Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(purpose, 0x85ebca6b), 0xc2b2ae35);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
