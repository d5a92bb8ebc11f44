import { z } from 'zod';
import { frontMatterSchema, leadSchema, list, pictureWordsSchema, text } from '../story/schema.ts';

/* What the newsroom's other files may say, besides stories: authors, topics, series, standing pages and sidecars. */

/** `photo.jpg.yaml` beside `photo.jpg`. */
export const sidecarSchema = pictureWordsSchema;

export const authorSchema = z.strictObject({
  name: text.describe('As printed.'),
  role: text.optional().describe('Such as `Environment correspondent`.'),
  bio: text.optional().describe('A sentence or two, plain text.'),
  picture: z.union([text, leadSchema]).optional().describe('File beside the author, or `{ src, alt, credit }`.'),
  links: list(z.strictObject({ title: text, url: text }))
    .optional()
    .describe('Where else to find them.'),
});
export type AuthorFile = z.output<typeof authorSchema>;

export const topicsSchema = z.record(
  z.string(),
  z
    .strictObject({
      title: text.optional().describe('As printed.'),
      description: text.optional().describe('A sentence on the topic page.'),
      aliases: z.array(text).optional().describe('Other spellings of the title.'),
    })
    .nullable(),
);
export type TopicsFile = z.output<typeof topicsSchema>;

export const seriesSchema = z.record(
  z.string(),
  z
    .strictObject({
      title: text.optional().describe('As printed.'),
      description: text.optional().describe('A sentence or two on the page of the series.'),
    })
    .nullable(),
);
export type SeriesFile = z.output<typeof seriesSchema>;

export const pageSchema = z.strictObject({
  headline: text.describe('The headline of the page.'),
  standfirst: text.optional(),
  summary: text.optional(),
  slug: frontMatterSchema.shape.slug.describe('Address of the page; else the name of the file.'),
  language: frontMatterSchema.shape.language,
  draft: z.boolean().optional(),
  aliases: frontMatterSchema.shape.aliases,
  pictures: frontMatterSchema.shape.pictures,
});
export type PageFile = z.output<typeof pageSchema>;
