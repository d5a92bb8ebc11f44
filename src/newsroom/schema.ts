import { z } from 'zod';
import { frontMatterSchema, leadSchema, list, pictureWordsSchema, text } from '../story/schema.ts';

/* The schemas of the files other than stories: authors, topics, series, standing pages, and sidecars. */

/** `photo.jpg.yaml` beside `photo.jpg`. */
export const sidecarSchema = pictureWordsSchema;

export const authorSchema = z.strictObject({
  name: text.describe('The name, as printed.'),
  role: text.optional().describe('The role of the author, such as `Environment correspondent`.'),
  bio: text.optional().describe('One or two sentences about the author, plain text.'),
  picture: z.union([text, leadSchema]).optional().describe('A file beside the author file, or `{ src, alt, credit }`.'),
  links: list(
    z.strictObject({ title: text.describe('The text of the link.'), url: text.describe('The address of the page.') }),
  )
    .optional()
    .describe('Other pages by or about the author.'),
});
export type AuthorFile = z.output<typeof authorSchema>;

export const topicsSchema = z.record(
  z.string(),
  z
    .strictObject({
      title: text.optional().describe('The title of the topic, as printed.'),
      description: text.optional().describe('A sentence shown on the topic page.'),
      aliases: z.array(text).optional().describe('Other spellings of the title.'),
    })
    .nullable(),
);
export type TopicsFile = z.output<typeof topicsSchema>;

export const seriesSchema = z.record(
  z.string(),
  z
    .strictObject({
      title: text.optional().describe('The title of the series, as printed.'),
      description: text.optional().describe('One or two sentences shown on the page of the series.'),
    })
    .nullable(),
);
export type SeriesFile = z.output<typeof seriesSchema>;

export const pageSchema = z.strictObject({
  headline: text.describe('The headline of the page.'),
  standfirst: text.optional().describe('One or two sentences under the headline.'),
  summary: text.optional().describe('Not used at present.'),
  slug: frontMatterSchema.shape.slug.describe('The address of the page. Defaults to the name of the file.'),
  language: frontMatterSchema.shape.language,
  draft: z.boolean().optional().describe('If true, the page is not on the site.'),
  aliases: frontMatterSchema.shape.aliases,
  pictures: frontMatterSchema.shape.pictures,
});
export type PageFile = z.output<typeof pageSchema>;

/** The front matter of `theme/pages/NAME.mdx`. `title` and `description` are what Astro calls the same. */
export const themePageSchema = z.strictObject({
  headline: text.optional().describe('The headline of the page.'),
  title: text.optional().describe('Another name for `headline`.'),
  standfirst: text.optional().describe('One or two sentences under the headline.'),
  description: text.optional().describe('One or two sentences for search engines. Defaults to the standfirst.'),
  section: text.optional().describe('The section that the navigation shows as the current one.'),
  language: frontMatterSchema.shape.language,
  layout: text.optional().describe('A component that prints the page, such as `../layouts/Wide.astro`.'),
});
export type ThemePageFrontMatter = z.output<typeof themePageSchema>;
