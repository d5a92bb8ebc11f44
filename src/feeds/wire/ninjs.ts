import { ninjsProfile } from '../../newsroom/own-meta.ts';
import { isWebAddress } from '../../site/link-address.ts';
import { isoInZone } from '../../site/local-time.ts';
import { absoluteHrefOf, type Site } from '../../site/site.ts';
import { localDay } from '../../site/zone.ts';
import type { Card } from '../../story/card.ts';
import type { Correction } from '../../story/correction.ts';
import { versionOf } from '../../story/version.ts';
import { identityOf } from '../identity.ts';
import { plainText } from '../plain/plain-text.ts';

/** A story as a news agency sends one. */
export interface WireStory {
  id: string;
  /** The `id` in its front matter, if it has one. */
  name?: string;
  card: Card;
  state: 'public' | 'draft' | 'scheduled' | 'withdrawn';
  /** Readers can see it from this instant on, in ms. */
  due?: number;
  /** The whole text with its notices, as HTML. */
  html: string;
  summary?: string;
  dateline?: string;
  topics: { id: string; title: string }[];
  series?: { id: string; title: string; part?: number };
  source?: { name: string; url?: string; licence?: string };
  corrections: Correction[];
  note?: string;
  warning?: string;
  withdrawn?: { date: number; reason: string };
  related: { title: string; url: string; name?: string }[];
  /** The story that it translates. */
  original?: { id: string; card: Card };
  aliases: string[];
  pictures: WirePicture[];
  /** When this version was made, in ms, if a correction counts as a new one. Defaults to the last update. */
  changed?: number;
  version?: number;
}

export interface WirePicture {
  /** Identifies the picture in the newsroom. */
  id: string;
  isLead: boolean;
  alt: string;
  caption?: string;
  /** The caption as HTML, if it has links or emphasis. */
  captionHtml?: string;
  credit?: string;
  copyright?: string;
  /** The address of the licence, or its name. */
  licence?: string;
  description?: string;
  /** `2019`, `2019-05`, or `2019-05-31`. */
  date?: string;
  place?: string;
  renditions: WireRendition[];
}

export interface WireRendition {
  name: string;
  /** A complete address. */
  href: string;
  mime: string;
  widthPx: number;
  heightPx: number;
  bytes?: number;
}

/** A value that JSON leaves out if it is undefined. */
type Maybe<T> = T | undefined;

/**
 * A story as an object of ninjs 3.1 (News in JSON, IPTC). It is valid by the official schema for any story.
 *
 * ninjs has no key for some things that a story has. They are texts with a role (`summary`, `correction`, `note`,
 * `warning`, `withdrawal`), subjects with a relation (`section`, `topic`, `series`), or other ids (`path`, `alias`).
 */
export function ninjsOf(site: Site, story: WireStory): object {
  const { card, state, due, withdrawn, corrections } = story;
  const time = (instant: Maybe<number>) => (instant === undefined ? undefined : isoInZone(instant, site.timeZone));
  const text = plainText(story.html);
  const holder = site.publisher?.name ?? site.name;
  const isDated = card.published > 0;
  const year = isDated ? localDay(card.published, site.timeZone).slice(0, 4) : undefined;
  return pruned({
    standard: { name: 'ninjs', version: '3.1', schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#' },
    uri: identityOf(site, story.name ?? story.id),
    type: 'text',
    profile: ninjsProfile,
    representationType: text === '' ? 'partial' : 'full',
    version: String(story.version ?? versionOf(card, corrections, withdrawn !== undefined)),
    firstCreated: isDated ? time(card.published) : undefined,
    versionCreated: isDated ? time(withdrawn?.date ?? story.changed ?? card.updated ?? card.published) : undefined,
    embargoedUntil: state === 'scheduled' ? time(due) : undefined,
    expires: time(withdrawn?.date),
    pubStatus: state === 'withdrawn' ? 'canceled' : state === 'draft' ? 'withheld' : 'usable',
    language: card.language ?? site.language,
    headlines: [{ role: 'main', contentType: 'text/plain', value: card.headline }, ...texts('kicker', card.kicker)],
    slugline: card.address.split('/').filter(Boolean).at(-1),
    by: card.byline.map(({ name }) => name).join(', ') || undefined,
    people: card.byline.map(({ name, author, role }) => ({
      name,
      rel: role === undefined ? 'author' : `author: ${role}`,
      literal: author,
      uri: author === undefined ? undefined : identityOf(site, `authors/${author}`),
    })),
    organisations: card.sponsor && [
      {
        name: card.sponsor.name,
        rel: card.sponsor.kind === 'partner' ? 'partner' : 'sponsor',
        uri: webAddress(card.sponsor.url),
      },
    ],
    located: story.dateline,
    descriptions: [
      ...texts('lead', card.standfirst),
      ...texts('summary', story.summary),
      ...texts('warning', story.warning),
      ...texts('note', story.note),
      ...corrections.flatMap(({ type, date, text: what }) => texts(type, `${localDay(date, site.timeZone)}: ${what}`)),
      ...texts('withdrawal', withdrawn?.reason),
    ],
    edNote: edNoteOf(site, story),
    bodies:
      text === ''
        ? []
        : [
            { role: 'html', contentType: 'text/html', value: story.html },
            {
              role: 'text',
              contentType: 'text/plain',
              wordCount: text.split(/\s+/).length,
              charCount: text.length,
              value: text,
            },
          ],
    subjects: [
      ...site.sections
        .filter(({ id }) => id === card.section)
        .map(({ id, title }) => ({
          name: title,
          rel: 'section',
          literal: id,
          uri: identityOf(site, `sections/${id}`),
        })),
      ...story.topics.map(({ id, title }) => ({
        ...{ name: title, rel: 'topic', literal: id },
        uri: identityOf(site, `topics/${id}`),
      })),
      ...(story.series
        ? [
            {
              ...{ name: story.series.title, rel: partOf(story.series), literal: story.series.id },
              uri: identityOf(site, `series/${story.series.id}`),
            },
          ]
        : []),
    ],
    genres: [{ name: card.type, literal: card.type }],
    copyrightHolder: holder,
    copyrightNotice: year === undefined ? `© ${holder}` : `© ${year} ${holder}`,
    usageTerms: story.source?.licence,
    infoSources: story.source && [{ name: story.source.name, role: 'source', uri: webAddress(story.source.url) }],
    altIds: [
      { role: 'id', value: story.id },
      { role: 'path', value: card.address },
      ...(story.name === undefined ? [] : [{ role: 'name', value: story.name }]),
      ...story.aliases.map((value) => ({ role: 'alias', value })),
    ],
    renditions:
      state === 'public' || state === 'withdrawn'
        ? [{ name: 'web', href: absoluteHrefOf(site, card.address), contentType: 'text/html' }]
        : [],
    associations: [
      ...story.pictures.map((picture, at) => pictureOf(site, picture, at)),
      ...story.related
        .filter(({ name, url }) => name !== undefined || isWebAddress(url))
        .map(({ title, url, name }) => ({
          ...{ name: title, rel: 'related', type: 'text' },
          uri: name === undefined ? webAddress(url) : identityOf(site, name),
          headlines: [{ role: 'main', value: title }],
        }))
        .filter(({ uri }) => uri !== undefined),
      ...(story.original
        ? [
            {
              ...{ name: story.original.card.headline, rel: 'translationOf', type: 'text' },
              uri: identityOf(site, story.original.id),
              language: story.original.card.language ?? site.language,
              headlines: [{ role: 'main', value: story.original.card.headline }],
            },
          ]
        : []),
    ],
  });
}

const texts = (role: string, value: Maybe<string>) =>
  value === undefined ? [] : [{ role, contentType: 'text/plain', value }];

const partOf = ({ part }: { part?: number }): string => (part === undefined ? 'series' : `series: ${part}`);

/** What an editor at the receiving end must know. Readers see the same as notices in the text. */
function edNoteOf(site: Site, { corrections, withdrawn }: WireStory): Maybe<string> {
  const day = (instant: number) => localDay(instant, site.timeZone);
  const lines = [
    ...(withdrawn ? [`WITHDRAWN ${day(withdrawn.date)}: ${withdrawn.reason}`] : []),
    ...corrections.map(({ type, date, text }) => `${type.toUpperCase()} ${day(date)}: ${text}`),
  ];
  return lines.length > 0 ? lines.join('\n') : undefined;
}

function pictureOf(site: Site, picture: WirePicture, at: number): object {
  const { id, isLead, alt, caption, captionHtml, credit, copyright, licence, description, date, place, renditions } =
    picture;
  const link = webAddress(licence);
  return {
    name: isLead ? 'lead' : `picture-${at + 1}`,
    rel: isLead ? 'lead' : 'inline',
    uri: identityOf(site, id),
    type: 'picture',
    by: credit,
    copyrightNotice: copyright,
    usageTerms: link === undefined ? licence : undefined,
    rightsInfo: link === undefined ? undefined : { linkedRights: link },
    contentCreated: date !== undefined && date.length === 10 ? `${date}T00:00:00Z` : undefined,
    located: place,
    descriptions: [
      ...(captionHtml === undefined
        ? texts('caption', caption)
        : [{ role: 'caption', contentType: 'text/html', value: captionHtml }]),
      ...texts('alt', alt || undefined),
      ...texts('long', description),
    ],
    renditions: renditions.map(({ name, href, mime, widthPx, heightPx, bytes }) => ({
      ...{ name, href, contentType: mime, width: widthPx, height: heightPx },
      sizeInBytes: bytes,
    })),
  };
}

/** An address that the schema accepts as a URI, or undefined. */
function webAddress(url: Maybe<string>): Maybe<string> {
  if (url === undefined || !isWebAddress(url) || !URL.canParse(url)) return undefined;
  const { href } = new URL(url);
  // What browsers accept and RFC 3986 does not.
  return href.replace(/[|\\^`{}[\]"<> ]/g, encodeURIComponent);
}

/** Without what is undefined, and without empty lists. */
function pruned(value: unknown): object {
  const clean = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(clean);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner)
        .filter(([, part]) => part !== undefined && !(Array.isArray(part) && part.length === 0))
        .map(([key, part]) => [key, clean(part)]),
    );
  };
  return clean(value) as object;
}
