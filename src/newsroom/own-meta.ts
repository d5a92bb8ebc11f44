/*
 * What exports say to an import into a newsroom.
 *
 * An export for WordPress has a field of its own with what WordPress has no place for. An import from WordPress reads it.
 */

/** The name of the field. WordPress hides names with an underscore from editors. */
export const ownMetaName = '_broadsheet';

/** The keys of the front matter in it. */
export const ownMetaKeys = [
  'id',
  'kicker',
  'byline',
  'dateline',
  'published',
  'updated',
  'embargo',
  'type',
  'summary',
  'series',
  'source',
  'corrections',
  'note',
  'warning',
  'minor',
  'sponsor',
  'comments',
  'withdrawn',
  'related',
  'language',
  'translationOf',
] as const;

/** An old address of a post, once for each. */
export const oldAddressMeta = '_broadsheet_old_address';

/** How an export names its generator, so that an import knows that no WordPress was involved yet. */
export const wxrGenerator = 'Broadsheet';

/** How a story of a newsroom calls itself in ninjs, so that an import knows how its dates and roles are meant. */
export const ninjsProfile = 'broadsheet-story';

/**
 * The class of paragraphs with what a story says outside of its text, such as corrections. ninjs and WXR have these as
 * fields too, so an import leaves the paragraphs out.
 */
export const noticeMark = 'broadsheet-notice';
