import * as z from 'zod';
import { isSitePath, isWebAddress } from '../site/link-address.ts';
import { setText } from './punctuation.ts';
import { leadSchema } from './schema.ts';

/**
 * The story components: everything that a story in `.mdx` may use besides Markdown and plain HTML.
 *
 * A story is data. A component takes literal attributes, and they are checked against its schema when
 * the story is taken in, so a template never meets an attribute that it does not know. The manual and
 * the editor's auto-completion come from here too. A newsroom adds its own with `defineElement`.
 *
 * Every state and every wrong use that the tests know is in `element-states.ts`.
 */
export interface StoryElement<Attributes extends z.ZodObject = z.ZodObject> {
  /** One sentence for the manual. */
  description: string;
  /** Source as an editor would write it; it compiles without a problem. */
  example: string;
  /** `attribute="words"` arrives as a string, an attribute without a value as true. */
  attributes: Attributes;
  children: Holds;
  /** What it holds may be missing. */
  mayBeEmpty?: boolean;
  /** Prints its `title`, or a word of ours, as a heading; headings that stand inside are below that. */
  isTitled?: boolean;
  /** Attributes that name something of the newsroom: it must be there when the story is taken in. */
  names?: Readonly<Record<string, Named>>;
}

/**
 * What stands inside a component.
 *
 * - none: `<X />` only
 * - text: words, links and emphasis
 * - blocks: paragraphs, lists, pictures
 * - list: one list
 * - entries: one list; each item begins with its date in bold
 * - questions: headings, each with its answer below
 * - pictures: pictures, two at least
 * - pair: two pictures
 * - table: a Markdown table
 */
export type Holds = 'none' | 'text' | 'blocks' | 'list' | 'entries' | 'questions' | 'pictures' | 'pair' | 'table';

/** What an attribute may name: a story (`story:NAME`), a picture or a table file beside the story, an author. */
export type Named = 'story' | 'picture' | 'table' | 'author';

/** Keeps the exact type of the attributes, so that `ElementAttributes` can be inferred from it. */
export const defineElement = <Attributes extends z.ZodObject>(
  element: StoryElement<Attributes>,
): StoryElement<Attributes> => element;

const words = z.string('words in quotation marks are wanted here').trim().min(1, 'this is empty');

const webAddress = words.refine(isWebAddress, 'a complete address that begins with https:// is wanted here');

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
      size: z
        .enum(['normal', 'wide', 'full', 'half'], 'normal, wide, full or half is wanted here')
        .optional()
        .describe(
          'How wide it stands; `half` lets the text run beside it. Defaults to `normal`; in a photo essay to `wide`, unless the picture is upright.',
        ),
    }),
    children: 'none',
  }),
  Pair: defineElement({
    description: 'Two upright pictures side by side.',
    example: '<Pair>\n![A man at a window](before.jpg "1963")\n\n![The same window, open](after.jpg "2026")\n</Pair>',
    attributes: z.strictObject({
      caption: words.optional().describe('What both pictures mean together, printed under them.'),
    }),
    children: 'pair',
  }),
  Gallery: defineElement({
    description: 'Two or more pictures in a grid, each with its own caption and credit.',
    example:
      '<Gallery caption="The harbour in a week of storms">\n![Spray above the pier](pier.jpg "Monday")\n\n![A boat on its side](boat.jpg "Thursday")\n\n![Men with ropes](rope.jpg "Friday")\n</Gallery>',
    attributes: z.strictObject({
      caption: words.optional().describe('What all the pictures mean together, printed under them.'),
    }),
    children: 'pictures',
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
  BlockQuote: defineElement({
    description: "Words that are not the reporter's, with their source.",
    example:
      '<BlockQuote by="Ann Boyle" role="clerk to the council" source="Minutes of 3 March" url="https://council.example/minutes">\nThe gates shall be shut **at the second bell**.\n</BlockQuote>',
    attributes: z
      .strictObject({
        by: words.optional().describe('Who said or wrote it. Needed when there is no `source`.'),
        role: words.optional().describe('What they are; printed after the name.'),
        source: words.optional().describe('What it is taken from: a letter, a law, a report.'),
        url: webAddress.optional().describe('Where that can be read.'),
      })
      .refine(({ by, source }) => by !== undefined || source !== undefined, { path: ['by'] }),
    children: 'blocks',
  }),
  FactBox: defineElement({
    description: 'Facts that stand beside the story: figures, how something works.',
    example: '<FactBox title="The harbour in figures">\n- Built in 1841\n- 212 berths\n</FactBox>',
    attributes: z.strictObject({ title: words.describe('Its heading.') }),
    children: 'blocks',
    isTitled: true,
  }),
  KeyPoints: defineElement({
    description: 'What a reader should take away, as a short list.',
    example: '<KeyPoints>\n- The harbour opens on Monday\n- Two ferries of three will sail\n</KeyPoints>',
    attributes: z.strictObject({ title: words.optional().describe('Its heading; else “Key points”.') }),
    children: 'list',
    isTitled: true,
  }),
  Timeline: defineElement({
    description: 'What happened when: a list, and each item begins with its date in bold.',
    example:
      '<Timeline title="A harbour’s year">\n- **2024-11-30** The storm takes the pier.\n- **2025-02** Work begins.\n- **Summer 2025** The first boat ties up.\n</Timeline>',
    attributes: z.strictObject({ title: words.optional().describe('Its heading; else “Timeline”.') }),
    children: 'entries',
    isTitled: true,
  }),
  Questions: defineElement({
    description: 'Questions and answers: each heading is a question, and what follows it is the answer.',
    example:
      '<Questions title="What travellers ask">\n### Is my ticket still valid?\n\nYes, until the end of the month.\n\n### Can I take a bicycle?\n\nOn the large ferry only.\n</Questions>',
    attributes: z.strictObject({ title: words.optional().describe('Its heading; else “Questions and answers”.') }),
    children: 'questions',
    isTitled: true,
  }),
  Profile: defineElement({
    description: 'Who somebody is: a name, what they are, a picture, a few sentences.',
    example:
      '<Profile name="Mairead Ní Bhriain" role="Harbour master" picture="harbour-master.jpg" alt="A woman in a yellow coat" credit="A. Diallo">\nShe came to Galway in 1998 as a deckhand.\n</Profile>',
    attributes: z
      .strictObject({
        name: words.optional().describe('As printed. Needed when there is no `author`.'),
        role: words.optional().describe('What they are.'),
        author: words
          .optional()
          .describe(
            'The id of a file in `content/authors/`: name, role and picture come from there, with a link to the page.',
          ),
        picture: words.optional().describe('Name of a file beside the story.'),
        alt: words.optional().describe('What the picture shows; else the name.'),
        credit: words.optional().describe('Who made the picture; else from the file.'),
      })
      .refine(({ name, author }) => name !== undefined || author !== undefined, { path: ['name'] }),
    children: 'blocks',
    mayBeEmpty: true,
    names: { picture: 'picture', author: 'author' },
  }),
  ReadMore: defineElement({
    description: 'A short list of links in the middle of a story.',
    example: '<ReadMore>\n- [Harbour timetable](https://harbour.example/times)\n</ReadMore>',
    attributes: z.strictObject({}),
    children: 'list',
  }),
  RichLink: defineElement({
    description:
      'One link that stands out: headline, date and picture of another story, or the title of a page elsewhere.',
    example: '<RichLink url="https://harbour.example/times" title="Timetable of the harbour" />',
    attributes: z
      .strictObject({
        to: words
          .regex(/^story:[^\s#]+(#\S*)?$/, 'a story is wanted here, such as  story:2025/02/harbour-reopens')
          .optional()
          .describe('A story: `story:2025/02/harbour-reopens`. Its headline, date and picture are printed.'),
        url: words
          .refine(
            (text) => isWebAddress(text) || isSitePath(text),
            'a complete address that begins with https:// , or a path of this site that begins with / , is wanted here',
          )
          .optional()
          .describe('A page that is no story. It needs a `title`.'),
        title: words
          .optional()
          .describe('The words of the link to a `url`; of a `to`, what stands there while that story is not public.'),
      })
      .refine(({ to, url }) => to !== undefined || url !== undefined, { path: ['to'] })
      .refine(({ to, url }) => to === undefined || url === undefined, {
        path: ['url'],
        message: 'a rich link leads to one thing: write  to  or  url , not both',
      })
      .refine(({ to, url, title }) => url === undefined || to !== undefined || title !== undefined, {
        path: ['title'],
      }),
    children: 'none',
    names: { to: 'story' },
  }),
  Table: defineElement({
    description: 'A table from a CSV file beside the story, or a Markdown table that gets a caption.',
    example:
      '<Table caption="Ferries on a working day" source="Port of Galway">\n| Route | Sailings |\n| --- | ---: |\n| Inis Mór | 6 |\n| Inis Oírr | 4 |\n</Table>',
    attributes: z.strictObject({
      src: words.optional().describe('Name of a `.csv` file beside the story; its first line heads the columns.'),
      caption: words.describe('What the table shows.'),
      columns: words
        .optional()
        .describe(
          'Which columns of the file to print and in which order, by their heads with commas between; else all.',
        ),
      headers: z
        .enum(['both', 'columns'], 'both or columns is wanted here')
        .optional()
        .describe('`columns` when the first column does not say what each row is about; else `both`.'),
      source: words.optional().describe('Where the figures are from, printed under it.'),
    }),
    children: 'table',
    mayBeEmpty: true,
    names: { src: 'table' },
  }),
  Warning: defineElement({
    description: 'A part that not everybody wants to read: it opens when the reader asks for it.',
    example: '<Warning text="This part describes an accident.">\nThe rope parted at the second pull.\n</Warning>',
    attributes: z.strictObject({ text: words.describe('What the part is about, in a sentence.') }),
    children: 'blocks',
  }),
  Embed: defineElement({
    description: 'Something on another site, as a card with a link: nothing is loaded from there.',
    example:
      '<Embed url="https://video.example/watch/42" title="The storm, seen from the pier" provider="Video Example" text="Two minutes, no speech." />',
    attributes: z.strictObject({
      url: webAddress.describe('Where it is.'),
      title: words.describe('What it is called there.'),
      provider: words.optional().describe('Whose site that is; else its address.'),
      text: words.optional().describe('What readers will find, in a sentence.'),
    }),
    children: 'none',
  }),
} as const;

export type ElementName = keyof typeof elements;

/** Attributes that are printed as words; the others name files, addresses, columns and choices. */
const spoken = ['title', 'text', 'caption', 'by', 'role', 'source', 'name', 'provider'];
/** Of a newsroom's own components only these are certain to be words. */
const spokenAnywhere = ['title', 'text', 'caption'];

/** The attributes of a component with the punctuation of a language. The words of a picture are set when it is shown. */
export function setAttributes(
  name: string,
  attributes: Record<string, string | boolean>,
  language: string,
): Record<string, string | boolean> {
  if (name === 'Picture') return attributes;
  const set = { ...attributes };
  for (const key of Object.hasOwn(elements, name) ? spoken : spokenAnywhere) {
    const value = Object.hasOwn(set, key) ? set[key] : undefined;
    if (typeof value === 'string') set[key] = setText(value, language);
  }
  return set;
}

/** What a component's template receives besides its children. */
export type ElementAttributes<Name extends ElementName> = z.output<(typeof elements)[Name]['attributes']>;
