import * as z from 'zod';

/**
 * `content/fronts/home.yaml` and `content/fronts/SECTION.yaml`: what an editor decides about a front. Everything is
 * optional. The latest stories fill whatever is not decided here.
 */

const text = z.string('this must be text').trim().min(1, 'this is empty');
const name = text.describe('A story, by its `id` or its path under `content/stories`.');

/** How a front opens: one story, one story and what belongs to it across the page, two stories of equal weight, or text only. */
export const frontLayouts = ['lead', 'package', 'pair', 'words'] as const;
export type FrontLayout = (typeof frontLayouts)[number];

export const frontSchema = z.strictObject({
  layout: z
    .enum(frontLayouts)
    .default('lead')
    .describe(
      'How the page opens. `lead`: one story and its picture, with others beside it. `package`: one story across the page, with what belongs to it below. `pair`: two stories of equal weight. `words`: a large headline and no picture.',
    ),
  stories: z
    .array(
      z.union([
        name,
        z.strictObject({
          story: name,
          with: z.array(name).default([]).describe('Stories that belong to this one, shown as headlines below it.'),
        }),
      ]),
    )
    .default([])
    .describe(
      'The stories that open the page, beginning with the lead, by name or as `{ story, with }`. The latest stories fill the rest.',
    ),
  pinned: name.optional().describe('A story with its own place below the opening, until you remove this key.'),
  banner: z
    .strictObject({
      text: text.describe('One sentence, plain text.'),
      story: name.optional().describe('The story that the sentence links to.'),
      until: text
        .optional()
        .describe(
          'When the banner disappears by itself: `2025-02-12 18:00`, in the time zone of the site. By default it stays until you remove it.',
        ),
    })
    .optional()
    .describe('Breaking news above everything else.'),
});

export type FrontFile = z.output<typeof frontSchema>;
