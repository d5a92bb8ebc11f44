/*
 * The keys of other systems, grouped by their meaning in a story. If several are present, the first in the list
 * applies.
 */

/** The form in which keys are compared: `last_modified_at`, `lastModifiedAt`, and `last-modified-at` are the same. */
export const fold = (key: string): string => key.toLowerCase().replace(/[\s_.-]/g, '');

export const groups = {
  headline: ['headline', 'title'],
  kicker: ['kicker', 'eyebrow', 'strapline'],
  standfirst: [
    'standfirst',
    'subtitle',
    'subheadline',
    'deck',
    'dek',
    'description',
    'excerpt',
    'summary',
    'abstract',
    'lede',
    'tagline',
  ],
  dateline: ['dateline'],
  published: [
    'published',
    'date',
    'pubdate',
    'datepublished',
    'publishedat',
    'publisheddate',
    'publishedtime',
    'created',
    'createdat',
    'posted',
  ],
  publishDate: ['publishdate', 'publishat'],
  updated: [
    'updated',
    'lastmod',
    'lastmodified',
    'lastmodifiedat',
    'modified',
    'modifiedat',
    'modifieddate',
    'modifiedtime',
    'moddate',
    'datemodified',
    'updateddate',
    'updatedat',
    'dateupdated',
    'lastupdated',
    'lastupdatedat',
    'updatedate',
  ],
  byline: ['byline', 'author', 'authors', 'writer', 'writers', 'postauthor'],
  section: ['section', 'category', 'categories'],
  topics: ['topics', 'topic', 'tags', 'tag', 'keywords', 'labels'],
  series: ['series'],
  language: ['language', 'lang', 'locale'],
  type: ['type'],
  draft: ['draft', 'status', 'visibility', 'private', 'unlisted', 'eleventyexcludefromcollections', 'ispublished'],
  slug: ['slug'],
  address: ['permalink', 'url'],
  addresses: ['aliases', 'alias', 'redirectfrom', 'redirects', 'oldurl', 'oldurls'],
  canonical: ['canonical', 'canonicalurl'],
  cover: [
    'lead',
    'cover',
    'coverimage',
    'hero',
    'heroimage',
    'image',
    'featuredimage',
    'featureimage',
    'feature',
    'featured',
    'banner',
    'headerimage',
    'header',
    'thumbnail',
    'thumb',
    'teaser',
    'preview',
    'ogimage',
    'socialimage',
    'images',
    'photo',
    'picture',
    'img',
  ],
  coverAlt: [
    'coveralt',
    'coverimagealt',
    'heroalt',
    'heroimagealt',
    'imagealt',
    'imagealttext',
    'featuredimagealt',
    'thumbnailalt',
    'banneralt',
    'alt',
  ],
  coverCaption: [
    'covercaption',
    'coverimagecaption',
    'herocaption',
    'heroimagecaption',
    'imagecaption',
    'featuredimagecaption',
    'caption',
  ],
  coverCredit: [
    'covercredit',
    'coverimagecredit',
    'herocredit',
    'heroimagecredit',
    'imagecredit',
    'photocredit',
    'credit',
    'imageattribution',
  ],
} as const satisfies Record<string, readonly string[]>;
/** What a key means. */
export type Group = keyof typeof groups;

/** By normalised key. */
export const groupOf = new Map<string, Group>(
  Object.entries(groups).flatMap(([group, keys]) => keys.map((key) => [key, group as Group])),
);

/**
 * The keys of stories, of `site.yaml`, and of the other files. They distinguish a key from text with a colon in broken
 * YAML. A test compares the list with the schemas, which this room does not import.
 */
export const keysOfFiles: readonly string[] =
  'headline standfirst kicker section topics byline dateline published updated type lead pictures summary slug id aliases related series source language translationOf draft embargo withdrawn corrections minor note warning sponsor name url timeZone description sections permalink publisher icon search support newsletter tips allow navigation security publicKey manifest redirects hosts headers policies crawlers analytics comments wire feedIdentity feeds broadsheet theme title src alt caption credit text date role bio stories layout pinned banner'.split(
    ' ',
  );
