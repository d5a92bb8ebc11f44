import type { Site } from '../../../site/site.ts';
import { slugify } from '../../../site/slug.ts';
import { type FieldContext, type StoryFields, sectionOf } from '../../fields.ts';
import { htmlWords } from '../../html-body/convert.ts';
import type { WxrHead, WxrItem } from './wxr.ts';

interface Term {
  taxonomy: string;
  slug: string;
  name: string;
  parent?: string;
}

/** The categories, tags, and other terms of an export. */
export class Terms {
  readonly #byId = new Map<string, Term>();
  readonly #categories = new Map<string, Term>();
  /** Item id → the names of its sponsors, which Newspack stores as terms. */

  add({ terms }: WxrHead): void {
    for (const given of terms) {
      const kind = given.get('kind');
      const term: Term = {
        taxonomy: kind === 'category' ? 'category' : kind === 'tag' ? 'post_tag' : (given.get('term_taxonomy') ?? ''),
        slug: given.get('category_nicename') ?? given.get('tag_slug') ?? given.get('term_slug') ?? '',
        name: htmlWords(given.get('cat_name') ?? given.get('tag_name') ?? given.get('term_name') ?? ''),
        parent: given.get('category_parent') ?? given.get('term_parent'),
      };
      const id = given.get('term_id');
      if (id !== undefined) this.#byId.set(id, term);
      if (term.taxonomy === 'category') this.#categories.set(term.slug, term);
    }
  }

  byId(id: string): Term | undefined {
    return this.#byId.get(id);
  }

  /** A category and those above it. */
  lineOf(slug: string): Term[] {
    const line: Term[] = [];
    for (let at = this.#categories.get(slug); at && !line.includes(at); at = this.#categories.get(at.parent ?? ''))
      line.push(at);
    return line;
  }

  sponsorOf(item: WxrItem): string | undefined {
    const found = item.categories.find(
      ({ domain }) => domain === 'newspack_spnsrs_tax' || domain === 'sponsor' || domain === 'sponsors',
    );
    return found ? htmlWords(found.name) || undefined : undefined;
  }
}

/** Taxonomies that say something about the post, but nothing to readers. */
const internal =
  /^(?:author|post_format|nav_menu|link_category|wp_theme|wp_template_part_area|post_translations|term_translations|language|newspack_spnsrs_tax|sponsors?|wp_pattern_category|action-group|following_users|yst_prominent_words|ef_usergroup|brand)$/;
const uncategorised = new Set([
  'uncategorized',
  'uncategorised',
  'sin-categoria',
  'sin-categorizar',
  'allgemein',
  'non-classe',
  'senza-categoria',
  'geen-categorie',
  'sem-categoria',
  'ikke-kategoriseret',
  'okategoriserade',
  'uncategorized-en',
]);

/** The section, the topics, and the language of a post. */
export function readTerms(
  item: WxrItem,
  fields: StoryFields & { translationKey?: string },
  terms: Terms,
  { site, log, categories: meanings }: FieldContext,
  isOwn: boolean,
): void {
  const primaryId = item.meta.find(([key]) =>
    /^(?:_yoast_wpseo_primary_category|rank_math_primary_category|_primary_term_category)$/.test(key),
  )?.[1];
  const primary = primaryId === undefined ? undefined : terms.byId(primaryId)?.slug;
  const categories = item.categories
    .filter(({ domain }) => domain === 'category')
    .filter(({ nicename, name }) => name !== '' && !uncategorised.has(nicename.toLowerCase()))
    .sort((a, b) => Number(b.nicename === primary) - Number(a.nicename === primary));
  const seen = new Set<string>();
  const addTopic = (words: string): boolean => {
    const id = slugify(words);
    if (id === '' || seen.has(id)) return false;
    seen.add(id);
    fields.topics.push(words);
    return true;
  };
  for (const { nicename, name } of categories) {
    const words = htmlWords(name);
    fields.category ??= nicename || words;
    const meaning = meanings?.get(slugify(nicename)) ?? meanings?.get(slugify(words));
    if (meaning === 'none') {
      log.add('dropped', 'category', '', words, 'by --category');
      continue;
    }
    const own = meaning === 'topic' ? undefined : (meaning ?? sectionOf(nicename, site) ?? sectionOf(words, site));
    const above = meaning === 'topic' ? undefined : (own ?? sectionAbove(nicename, terms, site));
    const isSection = above !== undefined && fields.section === undefined;
    if (isSection) fields.section = above;
    const isTopic = own === undefined && addTopic(words);
    log.add(
      'mapped',
      'category',
      isSection ? (isTopic ? 'section, topics' : 'section') : isTopic ? 'topics' : 'section',
      words,
    );
  }
  for (const { domain, nicename, name } of item.categories) {
    if (domain === 'category' || name === '') continue;
    const words = htmlWords(name);
    if (domain === 'language') {
      fields.language = languageOf(nicename, site);
      log.add('mapped', 'language', 'language', nicename);
    } else if (domain === 'post_translations') {
      fields.translationKey = nicename;
      log.add('mapped', 'post_translations', 'translationOf', nicename);
    } else if (domain === 'series' && fields.series === undefined) {
      fields.series = words;
      log.add('mapped', 'series', 'series', words);
    } else if (!internal.test(domain) && addTopic(isOwn && slugify(words) !== nicename ? idOf(nicename) : words))
      log.add('mapped', domain, 'topics', words);
  }
}

/** The id of a topic, if its name in topics.yaml is another one. */
const idOf = (nicename: string): string => {
  try {
    return decodeURIComponent(nicename);
  } catch {
    return nicename;
  }
};

function sectionAbove(slug: string, terms: Terms, site: Site): string | undefined {
  for (const term of terms.lineOf(slug)) {
    const section = sectionOf(term.slug, site) ?? sectionOf(term.name, site);
    if (section !== undefined) return section;
  }
  return undefined;
}

/** A language as a tag. The language of the site needs none. */
function languageOf(slug: string, site: Site): string | undefined {
  try {
    const tag = Intl.getCanonicalLocales(slug.replace('_', '-'))[0];
    return tag === site.language ? undefined : tag;
  } catch {
    return undefined;
  }
}
