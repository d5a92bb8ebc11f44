import { createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { unmarked } from '../../i18n/borrowed.ts';
import type { IndexHandle } from '../../index/handle.ts';
import { everyStory, originals, storyCount } from '../../index/inventory.ts';
import { oldAddressMeta, ownMetaName, wxrGenerator } from '../../newsroom/own-meta.ts';
import type { ShownPicture } from '../../pictures/picture.ts';
import { localTime } from '../../site/local-time.ts';
import { escapeText } from '../../site/markup.ts';
import { absoluteHrefOf, type Site } from '../../site/site.ts';
import type { BylineEntry } from '../../story/card.ts';
import { Assets, pathInContent } from '../assets.ts';
import { type ExportOptions, type ExportReport, emptyReport, kindOf } from '../export-options.ts';
import { type PlacePicture, pageHtml, storyHtml } from '../story-html.ts';
import { WholeNewsroom, type WholePage, type WholeStory } from '../whole-newsroom.ts';
import { Attachments, uploads } from './attachments.ts';
import { blocksOf } from './blocks.ts';
import { Ids, wordPressSlug } from './ids.ts';
import { itemXml, type Moment, noMoment, type Term } from './item.ts';
import { languageName } from './language-name.ts';
import { ownMetaOf } from './own-fields.ts';
import { People } from './people.ts';
import { cdata, texted, valued } from './xml.ts';

/** The name of the file in a folder. */
export const wxrFile = 'wordpress.xml';

/**
 * Writes the newsroom as WXR 1.2, which WordPress imports: in a folder with the pictures and documents below
 * `wp-content/uploads/`, or as one file.
 *
 * The newsroom is read twice: who wrote and about what stands before the first story. Then one story at a time is in
 * memory.
 *
 * @param out the folder, or the file
 */
export async function exportWxr(
  index: IndexHandle,
  out: string,
  isFile: boolean,
  options: ExportOptions,
): Promise<ExportReport> {
  const file = isFile ? out : join(out, wxrFile);
  const writer = new Wxr(index, isFile ? undefined : out, options);
  await pipeline(Readable.from(writer.parts()), createWriteStream(file));
  const { report } = writer;
  const { files, bytes, pictures } = writer.assets.counts;
  report.files += files + 1;
  report.bytes += bytes + statSync(file).size;
  report.pictures = pictures;
  return report;
}

class Wxr {
  readonly report = emptyReport();
  readonly assets: Assets;
  readonly #index: IndexHandle;
  readonly #options: ExportOptions;
  readonly #newsroom: WholeNewsroom;
  readonly #ids = new Ids();
  readonly #people = new People(this.#ids);
  readonly #attachments: Attachments;
  /** The ids of the stories that others translate. */
  readonly #originals: ReadonlySet<string>;

  constructor(index: IndexHandle, folder: string | undefined, options: ExportOptions) {
    this.#index = index;
    this.#options = options;
    this.#newsroom = new WholeNewsroom(index, options.isPublicOnly, options.now);
    this.assets = new Assets({
      root: options.site,
      folder,
      media: options.media ?? this.#newsroom.site.url,
      placeOf: (path) => uploads + pathInContent(path),
    });
    this.#attachments = new Attachments(this.assets, this.#ids);
    this.#originals = originals(index);
    this.#newsroom.documentHref = ({ path }) => this.#attachments.use(path).url;
  }

  async *parts(): AsyncGenerator<string> {
    const { site } = this.#newsroom;
    const topics = this.#readCards();
    yield head(site, this.#options.now);
    yield* this.#people.lines();
    for (const { id, title, description } of site.sections)
      yield `\t<wp:category>${[
        valued('wp:term_id', this.#ids.of(`section ${id}`)),
        texted('wp:category_nicename', wordPressSlug(id)),
        texted('wp:category_parent', ''),
        texted('wp:cat_name', escapeText(title)),
        ...(description === undefined ? [] : [texted('wp:category_description', escapeText(description))]),
      ].join('')}</wp:category>\n`;
    for (const [id, { title, description }] of this.#newsroom.topics)
      if (topics.has(id))
        yield `\t<wp:tag>${[
          valued('wp:term_id', this.#ids.of(`topic ${id}`)),
          texted('wp:tag_slug', wordPressSlug(id)),
          texted('wp:tag_name', escapeText(title)),
          ...(description === undefined ? [] : [texted('wp:tag_description', escapeText(description))]),
        ].join('')}</wp:tag>\n`;
    yield `\t<generator>${wxrGenerator}</generator>\n`;
    yield* this.#stories();
    yield* this.#pages();
    yield '</channel>\n</rss>\n';
  }

  /** The topics of the stories. It also gives everyone in a byline a login, those with an author file first. */
  #readCards(): Set<string> {
    const topics = new Set<string>();
    const others = new Map<string, BylineEntry>();
    for (const item of everyStory(this.#index)) {
      if (this.#options.isPublicOnly && (!item.isPublic || item.state !== 'ready')) continue;
      for (const entry of item.card.byline) {
        if (entry.author !== undefined) this.#people.login(entry);
        else others.set(entry.name, entry);
      }
      for (const topic of item.record.detail.topics) topics.add(topic);
    }
    for (const entry of others.values()) this.#people.login(entry);
    return topics;
  }

  *#stories(): Generator<string> {
    const { isPublicOnly, onProgress = () => {} } = this.#options;
    const total = storyCount(this.#index);
    let at = 0;
    for (const item of everyStory(this.#index)) {
      onProgress('export', at++, total);
      const reason = isPublicOnly ? this.#newsroom.whyHidden(item) : undefined;
      if (reason !== undefined) {
        this.report.leftOut.push({ file: item.file, reason });
        continue;
      }
      yield* this.#story(this.#newsroom.story(item));
      this.report[kindOf(item)]++;
    }
  }

  *#story(story: WholeStory): Generator<string> {
    const { site } = this.#newsroom;
    const { card, state, due } = story;
    const id = this.#ids.of(`story ${story.id}`);
    const isDated = card.published > 0;
    // WordPress publishes a scheduled post at its date, so that date is the end of the embargo.
    const date = isDated ? momentOf(state === 'scheduled' ? (due ?? card.published) : card.published, site) : noMoment;
    const owner = { id, date, pubDate: isDated ? rfc822(card.published) : '' };
    const meta: [string, string][] = [];
    const add = (key: string, value: string | undefined) => {
      if (value !== undefined && value !== '') meta.push([key, value]);
    };
    const thumbnail = this.#thumbnail(story);
    add('_thumbnail_id', thumbnail === undefined ? undefined : String(thumbnail));
    const text = (value: string | undefined) => (value === undefined ? undefined : escapeText(value));
    add('kicker', text(card.kicker));
    add('dateline', text(story.dateline));
    add('_yoast_wpseo_metadesc', text(story.summary));
    add('sponsor_name', text(card.sponsor?.name));
    add('sponsor_url', card.sponsor?.url);
    for (const alias of story.aliases) add(oldAddressMeta, alias);
    for (const alias of story.redirects) add(oldAddressMeta, alias);
    add(ownMetaName, ownMetaOf(story, site));
    const content = blocksOf(storyHtml(this.#newsroom, story, this.#place));
    yield* this.#attachments.items(owner);
    const [first] = card.byline;
    yield itemXml({
      ...{ id, type: 'post', title: escapeText(card.headline), link: absoluteHrefOf(site, card.address) },
      guid: `${absoluteHrefOf(site, '/')}?p=${id}`,
      creator: first ? this.#people.login(first) : '',
      content,
      excerpt: escapeText(card.standfirst ?? ''),
      ...owner,
      modified: isDated ? momentOf(card.updated ?? card.published, site) : noMoment,
      slug: slugIn(card.address),
      status: this.#statusOf(story),
      parent: 0,
      terms: this.#terms(story),
      meta,
    });
  }

  #statusOf({ state }: WholeStory): 'publish' | 'future' | 'draft' | 'private' {
    if (state === 'draft') return 'draft';
    if (state === 'scheduled') return 'future';
    // The whole text of a withdrawn story is not for readers. Without its text, it is the notice that readers see.
    return state === 'withdrawn' && !this.#options.isPublicOnly ? 'private' : 'publish';
  }

  #thumbnail({ card, written }: WholeStory): number | undefined {
    const { lead } = card;
    const file = lead && this.#newsroom.fileOf(lead);
    if (lead && file !== undefined) return this.#attachments.use(file, lead).id;
    const words = written.lead as { wanted?: unknown; alt?: unknown; caption?: unknown; credit?: unknown } | undefined;
    if (typeof words?.wanted !== 'string' || !/^https?:\/\//i.test(words.wanted) || !URL.canParse(words.wanted))
      return undefined;
    const line = (value: unknown) => (typeof value === 'string' ? value : undefined);
    const texts = { alt: line(words.alt) ?? '', caption: line(words.caption), credit: line(words.credit) };
    return this.#attachments.useRemote(words.wanted, texts).id;
  }

  readonly #place: PlacePicture = (picture: ShownPicture) => {
    const file = this.#newsroom.fileOf(picture);
    if (file === undefined) return undefined;
    const { id, url } = this.#attachments.use(file, picture);
    return { url, class: `wp-image-${id}` };
  };

  #terms({ card, topics, original, id }: WholeStory): Term[] {
    const { site } = this.#newsroom;
    const section = site.sections.find((one) => one.id === card.section);
    return [
      ...(section ? [{ taxonomy: 'category', slug: wordPressSlug(section.id), name: escapeText(section.title) }] : []),
      ...topics.map((topic) => ({
        taxonomy: 'post_tag',
        slug: wordPressSlug(topic.id),
        name: escapeText(this.#newsroom.topics.get(topic.id)?.title ?? topic.title),
      })),
      // Co-Authors Plus stores further authors as terms.
      ...(card.byline.length > 1
        ? card.byline.map((entry) => {
            const login = this.#people.login(entry);
            return { taxonomy: 'author', slug: `cap-${login}`, name: login };
          })
        : []),
      // Polylang stores languages and translations as terms.
      ...(card.language === undefined
        ? []
        : [{ taxonomy: 'language', slug: card.language.toLowerCase(), name: escapeText(languageName(card.language)) }]),
      ...(original || this.#originals.has(id) ? [this.#translations(original?.id ?? id)] : []),
    ];
  }

  /** A story and its translations have this term in common. */
  #translations(original: string): Term {
    const name = `pll_${this.#ids.of(`translations ${original}`)}`;
    return { taxonomy: 'post_translations', slug: name, name };
  }

  *#pages(): Generator<string> {
    const { site } = this.#newsroom;
    for (const page of this.#newsroom.pages()) {
      yield* this.#page(page, site);
      this.report.pages++;
    }
  }

  *#page(page: WholePage, site: Site): Generator<string> {
    const id = this.#ids.of(`page ${page.id}`);
    // A standing page has no date.
    const date = momentOf(this.#options.now, site);
    const owner = { id, date, pubDate: rfc822(this.#options.now) };
    const content = blocksOf(pageHtml(this.#newsroom, page, this.#place));
    yield* this.#attachments.items(owner);
    yield itemXml({
      ...{ id, type: 'page', title: escapeText(page.headline), link: absoluteHrefOf(site, page.address) },
      guid: `${absoluteHrefOf(site, '/')}?page_id=${id}`,
      ...{ creator: '', content, excerpt: escapeText(page.standfirst ?? ''), ...owner, modified: date },
      slug: wordPressSlug(page.id),
      status: page.isDraft ? 'draft' : 'publish',
      ...{ parent: 0, terms: [] },
      meta: page.aliases.map((alias): [string, string] => [oldAddressMeta, alias]),
    });
  }
}

const slugIn = (address: string): string => wordPressSlug(address.split('/').filter(Boolean).at(-1) ?? '');

const momentOf = (instant: number, { timeZone }: Site): Moment => ({
  local: localTime(instant, timeZone),
  gmt: localTime(instant, 'UTC'),
});

const rfc822 = (instant: number): string => new Date(instant).toUTCString().replace('GMT', '+0000');

function head(site: Site, now: number): string {
  const url = absoluteHrefOf(site, '/').replace(/\/$/, '');
  return `<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file, exported from a Broadsheet newsroom. -->
<!-- To import it: in WordPress, open Tools, Import, WordPress, Run Importer, and choose this file. -->
<rss version="2.0"
\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
\t<title>${cdata(escapeText(site.name))}</title>
\t${valued('link', url)}
\t<description>${cdata(escapeText(unmarked(site.description ?? '')))}</description>
\t${valued('pubDate', rfc822(now))}
\t${valued('language', site.language)}
\t<wp:wxr_version>1.2</wp:wxr_version>
\t${valued('wp:base_site_url', url)}
\t${valued('wp:base_blog_url', url)}
`;
}
