import { attributesOf } from '../i18n/language.ts';
import { markBorrowedText } from '../i18n/mark-borrowed.ts';
import { paidLine } from '../i18n/paid-line.ts';
import { hasWords, wordsOf } from '../i18n/words.ts';
import { type PlainPicture, plainPicture } from '../pictures/hrefs.ts';
import type { ShownPicture } from '../pictures/picture.ts';
import type { CorrectedResult, ShownBody, StoryResult } from '../queries/results.ts';
import { authorAddress } from '../site/address.ts';
import { escapeText, withoutXmlControls } from '../site/markup.ts';
import { absoluteHrefOf, type Site } from '../site/site.ts';
import { type Card, modifiedOf } from '../story/card.ts';
import { feedBody } from './body.ts';
import { identityOf } from './identity.ts';
import { mimeOf } from './mime.ts';
import type { Moment } from './moment.ts';

/** What a feed says of a story, whatever its format. Nothing in it is a character that XML cannot contain. */
export interface FeedItem {
  /** A tag URI. */
  id: string;
  /** The complete address of its page. */
  url: string;
  /** Plain text. */
  title: string;
  /** BCP 47. Absent if it is that of the feed. */
  language?: string | undefined;
  published: Moment;
  updated?: Moment | undefined;
  /** The address of their page, if they have one. */
  authors: { name: string; url?: string }[];
  /** @property scheme identifies the kind of category */
  categories: { id: string; title: string; scheme: 'section' | 'topic' }[];
  /** Plain text. */
  summary?: string | undefined;
  /** The whole text as HTML. */
  html?: string | undefined;
  /** The lead comes first. */
  pictures: FeedPicture[];
  recordings: { url: string; type: string; bytes: number }[];
}

export interface FeedPicture extends PlainPicture {
  type: string;
  alt: string;
  caption?: string | undefined;
  credit?: string | undefined;
  thumbnail: PlainPicture;
}

/** How much of a story a feed has. */
export interface ItemExtent {
  hasText: boolean;
  hasPictures: boolean;
}

const whole: ItemExtent = { hasText: true, hasPictures: true };

/** A story in a feed. The result is kept as long as the story, because several feeds print it. */
export function itemOf(site: Site, story: StoryResult, extent: ItemExtent = whole): FeedItem {
  const key = `${extent.hasText} ${extent.hasPictures}`;
  let kept = known.get(story);
  if (!kept || kept.site !== site) {
    kept = { site, items: new Map() };
    known.set(story, kept);
  }
  const found = kept.items.get(key) ?? newItem(site, story, extent);
  kept.items.set(key, found);
  return found;
}

const known = new WeakMap<StoryResult, { site: Site; items: Map<string, FeedItem> }>();

function newItem(site: Site, story: StoryResult, { hasText, hasPictures }: ItemExtent): FeedItem {
  const { card } = story;
  const item = itemOfCard(site, card);
  const modified = modifiedOf(card, story.corrections);
  const language = card.language ?? site.language;
  const words = wordsOf(hasWords(language) ? language : site.language);
  const pictures = hasPictures ? [...(card.lead ? [card.lead] : []), ...picturesIn(story.body)] : [];
  const text = () =>
    withoutXmlControls(
      inLanguage(markBorrowedText(feedBody(site, story, words, hasPictures), site.language), card.language, site),
    );
  return {
    ...item,
    updated: modified.instant === card.published ? item.updated : modified,
    summary: summaryOf(site, card, story.summary),
    categories: [
      ...item.categories,
      ...story.topics.map(({ id, title }) => ({ id, title: withoutXmlControls(title), scheme: 'topic' as const })),
    ],
    ...(hasText && { html: text() }),
    pictures: onePerFile(pictures.map((picture) => pictureOf(site, picture, picture === card.lead))),
    recordings: (story.documents ?? []).flatMap(({ address, bytes }) => {
      const type = mimeOf(address);
      return type?.startsWith('audio/') ? [{ url: absoluteHrefOf(site, address), type, bytes }] : [];
    }),
  };
}

/** A story in an archive of a feed, which has no texts and pictures. */
export function itemOfCard(site: Site, card: Card): FeedItem {
  const { published, publishedIsDay, updated, updatedIsDay, section, byline } = card;
  const title = site.sections.find(({ id }) => id === section)?.title;
  return {
    id: identityOf(site, card.name ?? card.id),
    url: absoluteHrefOf(site, card.address),
    title: withoutXmlControls(card.headline),
    language: card.language,
    published: { instant: published, isDay: publishedIsDay },
    updated: updated === undefined ? undefined : { instant: updated, isDay: updatedIsDay },
    authors: byline.map(({ name, author }) => ({
      name: withoutXmlControls(name),
      ...(author !== undefined && { url: absoluteHrefOf(site, authorAddress(author)) }),
    })),
    categories: section === undefined || title === undefined ? [] : [{ id: section, title, scheme: 'section' }],
    summary: summaryOf(site, card),
    pictures: [],
    recordings: [],
  };
}

/** A story that somebody paid for says so before its summary, because a feed may have no text. */
function summaryOf(site: Site, card: Card, summary = card.standfirst): string | undefined {
  const paid = card.sponsor && paidLine(card.sponsor, wordsOf(site.language));
  const parts = [paid, summary].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? undefined : withoutXmlControls(parts.join(' · '));
}

/** A correction in the feed of corrections. It has its own identity, so that feed readers show it. */
export function itemOfCorrection(site: Site, { id, date, type, text, story }: CorrectedResult): FeedItem {
  const words = wordsOf(hasWords(site.language) ? site.language : 'en');
  const said = withoutXmlControls(text);
  return {
    id: identityOf(site, id),
    url: absoluteHrefOf(site, story.address),
    title: withoutXmlControls(`${words.corrections[type]}${words.colon}${story.headline}`),
    language: story.language,
    published: { instant: date, isDay: true },
    authors: [],
    categories: [],
    summary: said,
    html: inLanguage(`<p>${escapeText(said)}</p>`, story.language, site),
    pictures: [],
    recordings: [],
  };
}

/** When something of the story last changed. */
export const changeOf = ({ published, updated = published }: Pick<FeedItem, 'published' | 'updated'>): Moment =>
  updated;

/** The pictures of a text in the order of reading, also those inside of components. */
export function* picturesIn(body: ShownBody): Generator<ShownPicture> {
  for (const part of body) {
    if (part.kind === 'picture') yield part.picture;
    else if (part.kind === 'element') {
      if (part.picture) yield part.picture;
      yield* picturesIn(part.children);
    }
  }
}

function pictureOf(site: Site, { facts, alt, caption, credit }: ShownPicture, isLead: boolean): FeedPicture {
  const use = isLead ? ('lead' as const) : ('text' as const);
  const plain = plainPicture(site, facts, { use });
  return {
    ...plain,
    type: mimeOf(plain.url) ?? 'image/jpeg',
    alt: withoutXmlControls(alt),
    caption: caption === undefined ? undefined : withoutXmlControls(caption),
    credit: credit === undefined ? undefined : withoutXmlControls(credit),
    thumbnail: plainPicture(site, facts, { use }, thumbnailWidthPx),
  };
}

const thumbnailWidthPx = 480;

const onePerFile = (pictures: FeedPicture[]): FeedPicture[] =>
  pictures.filter(({ url }, at) => pictures.findIndex((other) => other.url === url) === at);

/**
 * A story in another language than the feed's is marked as such, for feed readers that read aloud or set the text
 * direction.
 */
function inLanguage(html: string, language: string | undefined, site: Site): string {
  const { lang, dir } = attributesOf(language, site.language);
  return lang === undefined ? html : `<div lang="${lang}"${dir === undefined ? '' : ` dir="${dir}"`}>${html}</div>`;
}
