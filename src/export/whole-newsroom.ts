import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../index/digest.ts';
import type { IndexHandle } from '../index/handle.ts';
import {
  authorRecords,
  everyFile,
  hiddenNames,
  namesWithoutPage,
  pageRecords,
  pictureFileById,
  type StoryInInventory,
  storyNamed,
  topicTitles,
} from '../index/inventory.ts';
import type { AuthorRecord, PageRecord } from '../index/records.ts';
import { pictureId, type ShownPicture } from '../pictures/picture.ts';
import { querySite } from '../queries/queries.ts';
import type { Placeholder, ShownBody } from '../queries/results.ts';
import { type BodyFile, showBody } from '../queries/show-body.ts';
import { lookupsFor } from '../queries/stories.ts';
import { pageAddress } from '../site/address.ts';
import type { Site } from '../site/site.ts';
import type { Card } from '../story/card.ts';
import type { StoryDocument } from '../story/documents.ts';
import { setWords } from '../story/punctuation.ts';
import type { StoryDetail } from '../story/record.ts';
import { readSource } from '../yaml/source.ts';
import type { YamlValue } from '../yaml/write/front-matter.ts';
import { type PublicView, publicFields } from './public-text.ts';

/** What readers can see of a story at the time of the export. */
export type ExportedState = 'public' | 'draft' | 'scheduled' | 'withdrawn';

/** A story with everything in it, whether readers can see it or not. */
export interface WholeStory extends Omit<StoryDetail, 'topics' | 'related' | 'pictures'> {
  id: string;
  /** Newsroom-relative. */
  file: string;
  state: ExportedState;
  /** Readers can see it from this instant on, in ms. */
  due?: number;
  card: Card;
  body: ShownBody;
  topics: { id: string; title: string }[];
  related: { title: string; url: string; name?: string }[];
  aliases: string[];
  /** Old addresses with a query. */
  redirects: string[];
  /** The story that it translates. */
  original?: { id: string; card: Card };
  /** The front matter as written. If only what is public is exported, without what readers cannot see. */
  written: Record<string, unknown>;
  documents: StoryDocument[];
}

/** A standing page. */
export interface WholePage {
  id: string;
  file: string;
  isDraft: boolean;
  address: string;
  headline: string;
  standfirst?: string;
  language?: string;
  aliases: string[];
  body: ShownBody;
}

/** Where the file of a picture is that is shown, and what is known of one that is not. */
export interface PictureFacts {
  fileOf(picture: ShownPicture): string | undefined;
  wantedOf(placeholder: Placeholder): { alt?: string; wanted?: string } | undefined;
}

/**
 * A newsroom as an export reads it. It reads the inventory of the index, not the queries of pages, because those give
 * away nothing that readers cannot see. Texts are read one at a time.
 */
export class WholeNewsroom implements PictureFacts {
  readonly site: Site;
  readonly topics: ReadonlyMap<string, { title: string; description?: string }>;
  readonly authors: ReadonlyMap<string, AuthorRecord>;
  /** The address of a document in the export. Defaults to that on the site. */
  documentHref: ((document: StoryDocument) => string) | undefined;
  readonly #index: IndexHandle;
  readonly #isPublicOnly: boolean;
  readonly #view: PublicView;
  readonly #files = new WeakMap<ShownPicture, string>();
  readonly #wanted = new WeakMap<Placeholder, { alt?: string; wanted?: string }>();

  /** @param isPublicOnly links to stories that readers cannot see are only their words */
  constructor(index: IndexHandle, isPublicOnly: boolean, now: number) {
    this.#index = index;
    this.#isPublicOnly = isPublicOnly;
    this.site = querySite(index);
    this.#view = { site: this.site, now, hiddenNames: hiddenNames(index), namesWithoutPage: namesWithoutPage(index) };
    this.topics = topicTitles(index);
    this.authors = authorRecords(index);
  }

  fileOf(picture: ShownPicture): string | undefined {
    return this.#files.get(picture) ?? pictureFileById(this.#index, pictureId(picture.facts));
  }

  wantedOf(placeholder: Placeholder): { alt?: string; wanted?: string } | undefined {
    return this.#wanted.get(placeholder);
  }

  /** Why `--public` leaves a story out, or undefined. */
  whyHidden({ isPublic, state }: StoryInInventory): string | undefined {
    if (isPublic) return undefined;
    return state === 'draft' ? 'a draft' : 'not published yet';
  }

  story(item: StoryInInventory): WholeStory {
    const { id, file, card, due, record } = item;
    const { detail, fileDigest, documents = [], aliases, redirects = [] } = record;
    const { topics, related, pictures, ...rest } = detail;
    const data = this.#dataOf(file) as Record<string, YamlValue>;
    const state = stateOf(item);
    // The page of a withdrawn story only says so.
    const isEmpty = this.#isPublicOnly && state === 'withdrawn';
    const lead = card.lead && this.#withLead(card.lead, item);
    return {
      ...rest,
      ...(isEmpty && { summary: undefined, dateline: undefined, note: undefined, warning: undefined, corrections: [] }),
      id,
      file,
      state,
      due,
      card: isEmpty ? withoutTexts(card) : { ...card, ...(lead && { lead }) },
      body: isEmpty
        ? []
        : this.#body({
            file,
            fileDigest,
            language: card.language,
            pictures,
            isEssay: card.type === 'photo-essay',
            documents,
          }),
      topics: isEmpty ? [] : topics.map((topic) => ({ id: topic, title: this.#titleOf(topic) })),
      related: isEmpty ? [] : related.flatMap((entry) => this.#related(entry)),
      aliases,
      redirects,
      original: this.#original(detail.translationOf),
      written: this.#isPublicOnly ? publicFields(data, isEmpty, this.#view) : data,
      documents: isEmpty ? [] : documents,
    };
  }

  /** The standing pages by file, drafts among them unless only what is public is wanted. */
  *pages(): Generator<WholePage> {
    const records = pageRecords(this.#index);
    for (const file of everyFile(this.#index)) {
      const id = /^content\/pages\/([^/]+)\.mdx?$/i.exec(file)?.[1]?.normalize('NFC');
      if (id === undefined) continue;
      const known = records.get(file);
      const record = known ?? (this.#isPublicOnly ? undefined : this.#draftPage(id, file));
      if (!record) continue;
      const { address, headline, standfirst, language } = record;
      yield {
        ...{ id, file, isDraft: known === undefined, address, headline, standfirst, language },
        aliases: aliasesIn(this.#dataOf(file)),
        body: this.#body(record),
      };
    }
  }

  /** A draft is not in the index. Its file was checked. */
  #draftPage(id: string, file: string): PageRecord | undefined {
    const data = this.#dataOf(file);
    if (typeof data.headline !== 'string') return undefined;
    const line = (value: unknown) => (typeof value === 'string' ? value : undefined);
    return {
      ...{ id, file, fileDigest: digestOf(readFileSync(join(this.#index.root, file))), address: pageAddress(id) },
      ...{ headline: data.headline, standfirst: line(data.standfirst), language: line(data.language) },
      pictures: (data.pictures ?? {}) as PageRecord['pictures'],
      ...{ shown: [], originals: [], wide: [] },
    };
  }

  #dataOf(file: string): Record<string, unknown> {
    const read = readSource(file, readFileSync(join(this.#index.root, file)));
    return 'data' in read ? (read.data as Record<string, unknown>) : {};
  }

  #body(file: BodyFile): ShownBody {
    const { author } = lookupsFor(this.#index, this.site);
    const lookups = {
      link: (name: string) => this.#seen(name)?.card.address,
      card: (name: string) => this.#seen(name)?.card,
      author,
    };
    return showBody(this.#index, file, this.site, lookups, {
      onPicture: (found, written) => {
        if ('shown' in found) this.#files.set(found.shown, found.path);
        else if (found.placeholder) this.#wanted.set(found.placeholder, written);
      },
      ...(this.documentHref && { documentHref: this.documentHref }),
    }).body;
  }

  /** A story by name, unless the export leaves it out. */
  #seen(name: string): StoryInInventory | undefined {
    const found = storyNamed(this.#index, name);
    if (!found || (this.#isPublicOnly && !found.isPublic)) return undefined;
    return found;
  }

  #withLead(lead: ShownPicture, { record }: StoryInInventory): ShownPicture {
    const path = record.pictures.find(({ digest }) => digest === pictureId(lead.facts))?.path;
    if (path !== undefined) this.#files.set(lead, path);
    return lead;
  }

  #related(entry: string | { title: string; url: string }): WholeStory['related'] {
    if (typeof entry === 'object') return [entry];
    const found = this.#seen(entry);
    if (!found || (this.#isPublicOnly && found.state !== 'ready')) return [];
    return [{ title: found.card.headline, url: found.card.address, name: found.id }];
  }

  #original(name: string | undefined): WholeStory['original'] {
    const found = name === undefined ? undefined : this.#seen(name);
    return found && (!this.#isPublicOnly || found.state === 'ready') ? { id: found.id, card: found.card } : undefined;
  }

  #titleOf(topic: string): string {
    return setWords(this.topics.get(topic)?.title ?? topic, this.site.language);
  }
}

export function stateOf({ state, isPublic }: Pick<StoryInInventory, 'state' | 'isPublic'>): ExportedState {
  if (state === 'draft') return 'draft';
  if (!isPublic) return 'scheduled';
  return state === 'withdrawn' ? 'withdrawn' : 'public';
}

/** What the page of a withdrawn story still says. */
const withoutTexts = ({ id, address, headline, section, type, published, publishedIsDay, language }: Card): Card => ({
  ...{ id, address, headline, section, type, published, publishedIsDay, language },
  byline: [],
});

const aliasesIn = ({ aliases }: Record<string, unknown>): string[] =>
  (Array.isArray(aliases) ? aliases : []).filter((alias): alias is string => typeof alias === 'string');
