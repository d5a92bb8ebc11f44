import * as z from 'zod';
import { leadSchema } from './schema.ts';

/**
 * The story components: everything that a story in `.mdx` may use besides Markdown and plain HTML.
 *
 * A story is data. A component takes literal attributes, and they are checked against its schema when
 * the story is taken in, so a template never meets an attribute that it does not know. The manual and
 * the editor's auto-completion come from here too. A newsroom adds its own with `defineElement`.
 */
export interface StoryElement<Attributes extends z.ZodObject = z.ZodObject> {
  /** One sentence for the manual. */
  description: string;
  /** Source as an editor would write it; it compiles without a problem. */
  example: string;
  /** `attribute="words"` arrives as a string, an attribute without a value as true. */
  attributes: Attributes;
  /** none: `<X />` only; text: words, links and emphasis; blocks: paragraphs, lists, pictures. */
  children: 'none' | 'text' | 'blocks';
}

/** Keeps the exact type of the attributes, so that `ElementAttributes` can be inferred from it. */
export const defineElement = <Attributes extends z.ZodObject>(
  element: StoryElement<Attributes>,
): StoryElement<Attributes> => element;

const words = z.string('words in quotation marks are wanted here').trim().min(1, 'this is empty');

export const elements = {
  Picture: defineElement({
    description: 'A picture that lies beside the story, with its words.',
    example:
      '<Picture src="rope.jpg" alt="Two men tie a rope to a bollard" caption="The second ferry of the day" credit="A. Diallo" />',
    // The names of the front matter; an attribute is always words, and a yes is an attribute without any.
    attributes: leadSchema.extend({
      src: words.describe('Name of the file beside the story, or `picture:ID` from `content/pictures/`.'),
      date: words
        .regex(/^\d{4}(?:-\d{2}){0,2}$/, 'a day such as 2019-05-31, a month such as 2019-05 or a year is wanted here')
        .optional()
        .describe('The day it was made: `2019`, `2019-05` or `2019-05-31`.'),
      decorative: z
        .boolean('write  decorative  alone, without a value')
        .optional()
        .describe('The picture says nothing that the text does not: then it needs no alt.'),
    }),
    children: 'none',
  }),
  ReadMore: defineElement({
    description: 'A short list of links in the middle of a story.',
    example: '<ReadMore>\n- [Harbour timetable](https://harbour.example/times)\n</ReadMore>',
    attributes: z.strictObject({}),
    children: 'blocks',
  }),
  PullQuote: defineElement({
    description: 'A sentence from the story, set large; who said it stands below.',
    example: '<PullQuote by="Mairead Ní Bhriain" role="harbour master">We were lucky.</PullQuote>',
    attributes: z.strictObject({
      by: words.optional().describe('Who said it.'),
      role: words.optional().describe('What they are; printed after the name.'),
    }),
    children: 'text',
  }),
  FactBox: defineElement({
    description: 'Facts that stand beside the story: figures, a chronology, how something works.',
    example: '<FactBox title="The harbour in figures">\n- Built in 1841\n- 212 berths\n</FactBox>',
    attributes: z.strictObject({ title: words.describe('Its heading.') }),
    children: 'blocks',
  }),
} as const;

export type ElementName = keyof typeof elements;

/** What a component's template receives besides its children. */
export type ElementAttributes<Name extends ElementName> = z.output<(typeof elements)[Name]['attributes']>;
