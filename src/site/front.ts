import * as z from 'zod';

/**
 * `content/fronts/home.yaml` and `content/fronts/SECTION.yaml`: what an editor decides about a front. Everything is
 * optional; what is not decided here is filled with the latest stories.
 */

const text = z.string('this must be text').trim().min(1, 'this is empty');
const name = text.describe('A story, by its `id` or its path under `content/stories`.');

/** How a front opens: with one story, with one and what belongs to it across the page, with two of equal weight, or in words. */
export const frontLayouts = ['lead', 'package', 'pair', 'words'] as const;
export type FrontLayout = (typeof frontLayouts)[number];

export const frontSchema = z.strictObject({
  layout: z
    .enum(frontLayouts)
    .default('lead')
    .describe(
      'How the page opens: `lead` with one story and its picture, others beside it; `package` with one story across the page and what belongs to it below; `pair` with two of equal weight; `words` with a large headline and no picture.',
    ),
  stories: z
    .array(
      z.union([
        name,
        z.strictObject({
          story: name,
          with: z.array(name).default([]).describe('Stories that belong to it, as headlines below it.'),
        }),
      ]),
    )
    .default([])
    .describe(
      'The stories that open the page, first the lead, by name or as `{ story, with }`. The rest is filled with the latest.',
    ),
  pinned: name.optional().describe('A story with a place of its own below the opening, until you take it out.'),
  banner: z
    .strictObject({
      text: text.describe('One sentence, plain text.'),
      story: name.optional().describe('Where the sentence leads.'),
      until: text
        .optional()
        .describe('When the banner goes by itself: `2025-02-12 18:00`, in the time zone of the site. Else it stays.'),
    })
    .optional()
    .describe('Breaking news above everything else.'),
});

export type FrontFile = z.output<typeof frontSchema>;
