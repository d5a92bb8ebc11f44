import type { IndexHandle } from '../index/handle.ts';
import type { StoredRecord, StoryRow } from '../index/records.ts';
import { idOfName, type Result, storyRow, whole } from '../index/rows.ts';
import { authorAddress } from '../site/address.ts';
import { baseOf, hrefOf, type Site } from '../site/site.ts';
import type { Card } from '../story/card.ts';
import type { Correction } from '../story/correction.ts';
import type { Placeholder } from '../story/placeholder.ts';
import { queryAuthor } from './authors.ts';
import { type Family, listed } from './family.ts';
import { type Kind, read } from './kind.ts';
import { queryPeriods } from './lists.ts';
import { showBody } from './show-body.ts';
import type { ShownAuthor, ShownBody, ShownLink } from './shown.ts';
import { querySite } from './site.ts';
import { queryTopic, type TopicName } from './topics.ts';

export interface StoryResult {
  card: Card;
  body: ShownBody;
  /** The number of words in the body. */
  words: number;
  summary?: string;
  /** False if readers cannot comment on it. */
  comments?: false;
  dateline?: string;
  topics: TopicName[];
  related: ShownLink[];
  /** What it publishes besides its page, such as recordings. Absent if there is none. */
  documents?: { address: string; bytes: number }[];
  /** The position of the story in it is a separate query (`SeriesPlace`), because feeds do not need it. */
  series?: { id: string; title: string; part?: number };
  source?: { name: string; url?: string; licence?: string };
  /** What is printed instead of a lead that the newsroom does not have. */
  leadPlaceholder?: Placeholder;
  /** In the order of the story. */
  corrections: Correction[];
  note?: string;
  warning?: string;
  /** A small change that readers are told about without a correction. */
  minor?: string;
  /** The same story in other languages, including the original. */
  translations: { language: string; href: string; headline: string }[];
  /** It is on the wire, so there is a file for other newsrooms beside its page. */
  isOnWire?: true;
  /** If set, nothing else of the story is given: headline, body, and everything else are empty. */
  withdrawn?: { date: number; reason: string };
}

export const story: Kind<[id: string], StoryRow | undefined> = {
  name: 'story',
  subject: (id) => `story:${id}`,
  resolve: (index, id) => {
    const row = storyRow(index, id);
    return { digest: row?.digest ?? '', value: () => row }; // an absent story is a result too, because it may be added
  },
};

/** The card of a listed story, by any of its names. */
export const card: Kind<[name: string], Card | undefined> = {
  name: 'card',
  subject: (name) => `name:${name}`,
  resolve: (index, name): Result<Card | undefined> => {
    const row = storyRow(index, idOfName(index, name) ?? '');
    const isListed = row?.state === 'ready';
    return {
      digest: isListed ? row.cardDigest : '',
      value: () => (isListed ? (JSON.parse(row.card) as Card) : undefined),
    };
  },
};

/** The address of a public story, by any of its names. */
const link: Kind<[name: string], string | undefined> = {
  name: 'link',
  subject: (name) => `name:${name}`,
  resolve: (index, name) => {
    const row = storyRow(index, idOfName(index, name) ?? '');
    return whole(row && (JSON.parse(row.card) as Card).address);
  },
};

/** The names of the stories that a story names as related. */
const related: Kind<[id: string], string[]> = {
  name: 'related',
  subject: (id) => `story:${id}`,
  resolve: (index, id) => {
    const row = storyRow(index, id);
    const entries = (row && (JSON.parse(row.record) as StoredRecord).detail.related) ?? [];
    return whole(entries.filter((entry) => typeof entry === 'string'));
  },
};

/** Saves a query for each story in a newsroom without translations, as most are. */
function hasTranslations({ memo, sql }: IndexHandle): boolean {
  let kept = memo.get('translations');
  if (!kept) {
    kept = { value: sql('SELECT 1 FROM translation LIMIT 1').get() !== undefined, digest: '' };
    memo.set('translations', kept);
  }
  return kept.value as boolean;
}

/** A story and its translations, if it has any. */
const translations: Kind<[original: string], Pick<Card, 'id' | 'address' | 'headline' | 'language'>[]> = {
  name: 'translations',
  subject: (original) => `translations:${original}`,
  resolve: (index, original) => {
    const others = hasTranslations(index)
      ? (index
          .sql('SELECT translation.id FROM translation JOIN name ON name.name = original WHERE name.id = ?')
          .all(original) as { id: string }[])
      : [];
    const rows = (others.length ? [original, ...others.map(({ id }) => id).sort()] : [])
      .map((id) => storyRow(index, id))
      .filter((row) => row?.state === 'ready') as StoryRow[];
    return whole(
      rows.map((row) => {
        const { id, address, headline, language } = JSON.parse(row.card) as Card;
        return { id, address, headline, language };
      }),
    );
  },
};

/** A public story with its body. A withdrawn one has only the date and the reason. */
export function queryStory(index: IndexHandle, id: string): StoryResult | undefined {
  const row = read(index, story, id);
  return row && showStory(index, row);
}

/** A story as templates print it. Everything outside its row is queried separately. */
export function showStory(index: IndexHandle, row: StoryRow): StoryResult {
  const card = JSON.parse(row.card) as Card;
  const { detail, fileDigest, documents } = JSON.parse(row.record) as StoredRecord;
  if (row.state === 'withdrawn')
    return {
      card: {
        id: card.id,
        address: card.address,
        headline: '',
        type: 'news',
        byline: [],
        published: 0,
        language: card.language,
      },
      body: [],
      words: 0,
      topics: [],
      related: [],
      corrections: [],
      translations: [],
      withdrawn: detail.withdrawn,
    };
  const site = querySite(index);
  const { body, words } = showBody(
    index,
    {
      file: row.file,
      fileDigest,
      language: card.language,
      pictures: detail.pictures,
      isEssay: card.type === 'photo-essay',
      documents,
    },
    site,
    lookupsFor(index, site),
  );
  return {
    card,
    body,
    words,
    summary: detail.summary,
    dateline: detail.dateline,
    topics: detail.topics.map((topic) => ({ id: topic, title: queryTopic(index, topic)?.title ?? topic })),
    related: onePerAddress(detail.related.flatMap((entry) => relatedLink(index, entry, site))),
    series: detail.series,
    source: detail.source,
    leadPlaceholder: detail.leadPlaceholder,
    corrections: detail.corrections,
    note: detail.note,
    warning: detail.warning,
    minor: detail.minor,
    comments: detail.comments,
    ...(documents && { documents: documents.map(({ address, bytes }) => ({ address, bytes })) }),
    translations: translationsOf(index, card, detail.translationOf, site),
    ...(detail.isOnWire && { isOnWire: true as const }),
  };
}

/** The address of a story by its name, if readers can see it. */
export const queryLink = (index: IndexHandle, name: string): string | undefined => read(index, link, name);

/** What a body queries while it is shown. Every query is in the trace of the page. */
export const lookupsFor = (index: IndexHandle, site: Site) => ({
  link: (name: string) => read(index, link, name),
  card: (name: string) => read(index, card, name),
  author: (id: string): ShownAuthor | undefined => {
    const author = queryAuthor(index, id);
    if (!author) return undefined;
    const { name, role, bio, picture } = author;
    // An author has a page, and a published picture, as long as there are stories.
    const hasPage = queryPeriods(index, `author/${id}`).length > 0;
    return { name, role, bio, ...(hasPage ? { picture, href: hrefOf(site, authorAddress(id)) } : {}) };
  },
});

function relatedLink(index: IndexHandle, entry: string | { title: string; url: string }, site: Site): ShownLink[] {
  if (typeof entry === 'object')
    return [{ title: entry.title, href: /^\/(?!\/)/.test(entry.url) ? baseOf(site) + entry.url : entry.url }];
  const found = read(index, card, entry);
  // It is not public yet, and neither is its headline.
  return found
    ? [
        {
          title: found.headline,
          href: hrefOf(site, found.address),
          language: found.language ?? site.language,
          card: found,
        },
      ]
    : [];
}

/** A story can be named twice, by its id and by its path. */
const onePerAddress = (links: ShownLink[]): ShownLink[] =>
  [...new Map(links.map((link) => [link.href, link] as const).reverse()).values()].reverse();

function translationsOf(
  index: IndexHandle,
  card: Card,
  translationOf: string | undefined,
  site: Site,
): StoryResult['translations'] {
  const original = translationOf === undefined ? card.id : (idOfName(index, translationOf) ?? translationOf);
  const found = read(index, translations, original);
  return found
    .filter(({ id }) => id !== card.id)
    .map(({ address, headline, language }) => ({
      language: language ?? site.language,
      href: hrefOf(site, address),
      headline,
    }));
}

/** The public stories that a story names as related. */
export const queryRelated = (index: IndexHandle, id: string): Card[] => {
  const found = read(index, related, id).flatMap((name) => read(index, card, name) ?? []);
  // A story can be named twice, by its id and by its path. It never names itself (story/related.ts).
  return found.filter((one, i) => found.findIndex((other) => other.id === one.id) === i);
};

export const storyFamily: Family = {
  kinds: [story, card, link, related, translations],
  story: (index, edit, touched) => {
    const { subjects, pictures } = touched;
    const { before, after } = edit;
    for (const { id, names, translationOf } of [before, after].filter((story) => story !== undefined)) {
      subjects.add(`story:${id}`).add(`translations:${id}`);
      for (const name of names) subjects.add(`name:${name}`);
      if (translationOf) subjects.add(`translations:${idOfName(index, translationOf) ?? translationOf}`);
    }
    if (before?.isPublic) for (const address of [before.address, ...before.aliases]) touched.drop(address);
    if (after?.isPublic) for (const address of [after.address, ...after.aliases]) touched.want(address);
    for (const story of listed(edit)) for (const digest of story.pictures) pictures.add(digest);
  },
};
