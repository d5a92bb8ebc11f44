import type { FileFormName } from './description.ts';

/*
 * What a form needs to know about a key beyond its schema: how its text is entered, what people call it, and whether it
 * is shown at once. A key that is not mentioned here gets its form from the schema alone. describe.test.ts fails if
 * something is mentioned that no schema has.
 */

/** What a text can be. */
export type TextKind =
  | 'text'
  | 'longText'
  | 'date'
  | 'day'
  | 'url'
  | 'focus'
  | 'language'
  | 'timeZone'
  | 'person'
  | 'topic'
  | 'section'
  | 'story'
  | 'series'
  | 'pictureFile'
  | 'tableFile';

/**
 * How the text of a key is entered, in whichever schema it occurs: `src` anywhere, `site.src` only in that form. The
 * entries of a list have the kind of the list.
 */
export const textKinds: Readonly<Record<string, TextKind>> = {
  standfirst: 'longText',
  summary: 'longText',
  description: 'longText',
  bio: 'longText',
  note: 'longText',
  reason: 'longText',
  minor: 'longText',
  warning: 'longText',
  text: 'longText',
  alt: 'longText',
  caption: 'longText',
  date: 'day',
  until: 'date',
  focus: 'focus',
  language: 'language',
  timeZone: 'timeZone',
  url: 'url',
  action: 'url',
  section: 'section',
  topics: 'topic',
  byline: 'person',
  related: 'story',
  translationOf: 'story',
  story: 'story',
  with: 'story',
  stories: 'story',
  pinned: 'story',
  series: 'series',
  src: 'pictureFile',
  picture: 'pictureFile',
};

/** What people call a key if its name does not say it. */
export const labels: Readonly<Record<string, string>> = {
  id: 'Permanent name',
  url: 'Address',
  to: 'Leads to',
  alt: 'Alt text',
  src: 'Picture',
  bio: 'About the author',
  by: 'By',
  slug: 'Last part of the address',
  aliases: 'Old addresses',
  'topic.aliases': 'Other spellings',
  translationOf: 'Translates',
  withdrawn: 'Withdrawal',
  minor: 'Small change',
  note: 'Author’s note',
  warning: 'Content warning',
  lead: 'Lead picture',
  pictures: 'Pictures in the text',
  'site.pictures': 'Defaults for pictures',
  wanted: 'Where the picture is now',
  original: 'Original file',
  licence: 'Licence',
  with: 'Stories below it',
  allow: 'Hosts that pages can use',
  'site.allow.img': 'Pictures',
  broadsheet: 'Format of the files',
  timeZone: 'Time zone',
  order: 'Position',
};

/** What a form says about a value that is written in several ways. The schema explains how to write it in a file. */
export const helps: Readonly<Record<string, string>> = {
  'story.byline': 'The authors, in order: from the list, or a name as printed.',
  'story.related': 'Other stories, or pages of other sites.',
  'story.series':
    'The series that the story belongs to. Without the number of a part, its stories are in order of date.',
  'story.published':
    'When the story is published. Required unless the story is a draft. A day without a time begins at midnight, and no time is printed.',
  'author.picture': 'A picture of the author.',
};

/** The words of a choice of kinds, in a union. */
export const unionLabels: Readonly<Record<string, readonly string[]>> = {
  'story.byline': ['From the list, or a name', 'A name with a role'],
  'story.related': ['A story', 'A page of another site'],
  'story.series': ['Its title', 'Its title and part'],
  'author.picture': ['A file', 'A file with its texts'],
  'front.stories': ['A story', 'A story with others below it'],
  'site.headers.*': ['Left out', 'Its value'],
  'site.search': ['On or off', 'A search service'],
  'site.analytics.site': ['Text', 'A number'],
  'site.redirects': ['A list', 'Old and new addresses'],
  'site.allow.script': ['On every page', 'On some pages'],
  'site.allow.style': ['On every page', 'On some pages'],
  'site.allow.connect': ['On every page', 'On some pages'],
  'site.allow.frame': ['On every page', 'On some pages'],
  'site.allow.img': ['On every page', 'On some pages'],
  'site.allow.font': ['On every page', 'On some pages'],
  'site.allow.media': ['On every page', 'On some pages'],
};

/** The fields that a form shows at once, in this order. Forms that are not mentioned show all of them. */
export const mainFields: Readonly<Partial<Record<FileFormName, readonly string[]>>> = {
  story: [
    'headline',
    'standfirst',
    'section',
    'topics',
    'byline',
    'published',
    'updated',
    'embargo',
    'draft',
    'lead',
    'pictures',
  ],
  page: ['headline', 'standfirst', 'draft', 'pictures'],
  site: ['name', 'description', 'url', 'language', 'timeZone', 'sections', 'navigation'],
  picture: ['alt', 'decorative', 'caption', 'credit', 'date', 'place', 'focus'],
};

/** The fields of a picture that its form shows at once, wherever it is used. */
export const mainOfPicture: readonly string[] = ['src', 'alt', 'decorative', 'caption', 'credit', 'focus'];
