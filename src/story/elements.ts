import * as z from 'zod';
import { isSitePath, isWebAddress } from '../site/link-address.ts';
import { setText } from './punctuation.ts';
import { leadSchema, pictureWordsSchema } from './schema.ts';

/**
 * The story components: everything that a story in `.mdx` can use besides Markdown and plain HTML.
 *
 * A story is data. A component takes literal attributes, which are checked against its schema when
 * the story is ingested, so a template never receives an unknown attribute. The manual and the
 * auto-completion of editors are derived from here too. A newsroom adds its own with `defineElement`.
 *
 * `element-states.ts` contains every state and every wrong use that the tests know.
 */
export interface StoryElement<Attributes extends z.ZodObject = z.ZodObject> {
  /** One sentence for the manual. */
  description: string;
  /** The source as an editor would write it. It compiles without a problem. */
  example: string;
  /** `attribute="text"` arrives as a string, and an attribute without a value as true. */
  attributes: Attributes;
  children: Holds;
  /** Its content is optional. */
  mayBeEmpty?: boolean;
  /** Prints its `title`, or a built-in title, as a heading. Headings inside it are one level below. */
  isTitled?: boolean;
  /** Attributes that name something in the newsroom, which must exist when the story is ingested. */
  names?: Readonly<Record<string, Named>>;
}

/**
 * The content that a component accepts.
 *
 * - none: `<X />` only
 * - text: text, links, and emphasis
 * - blocks: paragraphs, lists, and pictures
 * - list: one list
 * - entries: one list in which each item begins with its date in bold
 * - questions: headings, each followed by its answer
 * - pictures: at least two pictures
 * - pair: two pictures
 * - table: a Markdown table
 */
export type Holds = 'none' | 'text' | 'blocks' | 'list' | 'entries' | 'questions' | 'pictures' | 'pair' | 'table';

/** What an attribute can name: a story (`story:NAME`), a picture or a table file beside the story, or an author. */
export type Named = 'story' | 'picture' | 'table' | 'author';

/** Keeps the exact type of the attributes, so that `ElementAttributes` can be inferred from it. */
export const defineElement = <Attributes extends z.ZodObject>(
  element: StoryElement<Attributes>,
): StoryElement<Attributes> => element;

const words = z.string('this must be text in quotation marks').trim().min(1, 'this is empty');

const webAddress = words.refine(isWebAddress, 'this must be a complete address that begins with https://');

/** What `<Picture>` and `<Figure>` have besides the keys of the front matter. An attribute is always text, and `true` is an attribute without a value. */
const shownAs = {
  date: words
    .regex(/^\d{4}(?:-\d{2}){0,2}$/, 'this must be a day such as 2019-05-31, a month such as 2019-05, or a year')
    .optional()
    .describe('When the picture was made: `2019`, `2019-05`, or `2019-05-31`.'),
  decorative: z
    .boolean('write  decorative  without a value')
    .optional()
    .describe('The picture adds no information to the text. It then needs no alt text.'),
  size: z
    .enum(['normal', 'wide', 'full', 'half'], 'this must be normal, wide, full, or half')
    .optional()
    .describe(
      'The width of the picture. With `half`, the text flows beside it. Defaults to `normal`. In a photo essay it defaults to `wide` unless the picture is upright.',
    ),
};

/**
 * This file is longer than 300 lines because it is the one list of components, from which the checks, the types, and the
 * manual are made. An entry says everything about its component, and is read by itself.
 */
export const elements = {
  Picture: defineElement({
    description: 'A picture beside the story, with its caption and other texts.',
    example:
      '<Picture src="rope.jpg" alt="Two men tie a rope to a bollard" caption="The second ferry of the day" credit="A. Diallo" />',
    attributes: leadSchema.extend({
      src: words.describe('The name of a file beside the story, or `picture:ID` from `content/pictures/`.'),
      ...shownAs,
    }),
    children: 'none',
  }),
  Figure: defineElement({
    description:
      'A picture that you do not have yet. Readers see its caption and credit as text. Once the file is beside the story, write `src` and its name instead of `wanted`.',
    example:
      '<Figure wanted="https://old.example/2019/ferry.jpg" alt="A white ferry between two piers" caption="The last ferry of the summer" credit="A. Diallo" />',
    attributes: z
      .strictObject({
        wanted: words
          .optional()
          .describe('Where the picture is or was, such as `https://old.example/ferry.jpg`. It is not published.'),
        src: words
          .optional()
          .describe('The name of a file beside the story. When the file is there, it is shown as by `<Picture>`.'),
        ...pictureWordsSchema.shape,
        ...shownAs,
      })
      .refine(({ src, wanted }) => src !== undefined || wanted !== undefined, { path: ['wanted'] }),
    children: 'none',
  }),
  Pair: defineElement({
    description: 'Two upright pictures side by side.',
    example: '<Pair>\n![A man at a window](before.jpg "1963")\n\n![The same window, open](after.jpg "2026")\n</Pair>',
    attributes: z.strictObject({
      caption: words.optional().describe('What both pictures mean together, printed below them.'),
    }),
    children: 'pair',
  }),
  Gallery: defineElement({
    description: 'Two or more pictures in a grid, each with its own caption and credit.',
    example:
      '<Gallery caption="The harbour in a week of storms">\n![Spray above the pier](pier.jpg "Monday")\n\n![A boat on its side](boat.jpg "Thursday")\n\n![Men with ropes](rope.jpg "Friday")\n</Gallery>',
    attributes: z.strictObject({
      caption: words.optional().describe('What all the pictures mean together, printed below them.'),
    }),
    children: 'pictures',
  }),
  PullQuote: defineElement({
    description: 'A sentence from the story in large type, with the name of the speaker below.',
    example: '<PullQuote by="Mairead Ní Bhriain" role="harbour master">We were lucky.</PullQuote>',
    attributes: z.strictObject({
      by: words.optional().describe('Who said it.'),
      role: words.optional().describe('The role of that person, printed after the name.'),
    }),
    children: 'text',
  }),
  BlockQuote: defineElement({
    description: 'A quotation from another text or person, with its source.',
    example:
      '<BlockQuote by="Ann Boyle" role="clerk to the council" source="Minutes of 3 March" url="https://council.example/minutes">\nThe gates shall be shut **at the second bell**.\n</BlockQuote>',
    attributes: z
      .strictObject({
        by: words.optional().describe('Who said or wrote it. Required if there is no `source`.'),
        role: words.optional().describe('The role of that person, printed after the name.'),
        source: words.optional().describe('What it is taken from, such as a letter, a law, or a report.'),
        url: webAddress.optional().describe('The address of the source.'),
      })
      .refine(({ by, source }) => by !== undefined || source !== undefined, { path: ['by'] }),
    children: 'blocks',
  }),
  FactBox: defineElement({
    description: 'Facts beside the story, such as figures or how something works.',
    example: '<FactBox title="The harbour in figures">\n- Built in 1841\n- 212 berths\n</FactBox>',
    attributes: z.strictObject({ title: words.describe('The heading.') }),
    children: 'blocks',
    isTitled: true,
  }),
  KeyPoints: defineElement({
    description: 'The main points of the story, as a short list.',
    example: '<KeyPoints>\n- The harbour opens on Monday\n- Two ferries of three will sail\n</KeyPoints>',
    attributes: z.strictObject({ title: words.optional().describe('The heading. Defaults to “Key points”.') }),
    children: 'list',
    isTitled: true,
  }),
  Timeline: defineElement({
    description: 'What happened when: a list in which each item begins with its date in bold.',
    example:
      '<Timeline title="A harbour’s year">\n- **2024-11-30** The storm takes the pier.\n- **2025-02** Work begins.\n- **Summer 2025** The first boat ties up.\n</Timeline>',
    attributes: z.strictObject({ title: words.optional().describe('The heading. Defaults to “Timeline”.') }),
    children: 'entries',
    isTitled: true,
  }),
  Questions: defineElement({
    description: 'Questions and answers. Each heading is a question, followed by its answer.',
    example:
      '<Questions title="What travellers ask">\n### Is my ticket still valid?\n\nYes, until the end of the month.\n\n### Can I take a bicycle?\n\nOn the large ferry only.\n</Questions>',
    attributes: z.strictObject({
      title: words.optional().describe('The heading. Defaults to “Questions and answers”.'),
    }),
    children: 'questions',
    isTitled: true,
  }),
  Profile: defineElement({
    description: 'A short profile of a person: name, role, picture, and a few sentences.',
    example:
      '<Profile name="Mairead Ní Bhriain" role="Harbour master" picture="harbour-master.jpg" alt="A woman in a yellow coat" credit="A. Diallo">\nShe came to Galway in 1998 as a deckhand.\n</Profile>',
    attributes: z
      .strictObject({
        name: words.optional().describe('The name, as printed. Required if there is no `author`.'),
        role: words.optional().describe('The role of the person.'),
        author: words
          .optional()
          .describe(
            'The id of a file in `content/authors/`. Name, role, and picture come from that file, with a link to the author’s page.',
          ),
        picture: words.optional().describe('The name of a file beside the story.'),
        alt: words.optional().describe('What the picture shows. Defaults to the name.'),
        credit: words.optional().describe('Who made the picture. Defaults to the credit in the file.'),
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
    description: 'One prominent link: the headline, date, and picture of another story, or the title of another page.',
    example: '<RichLink url="https://harbour.example/times" title="Timetable of the harbour" />',
    attributes: z
      .strictObject({
        to: words
          .regex(/^story:[^\s#]+(#\S*)?$/, 'this must be a story, such as  story:2025/02/harbour-reopens')
          .optional()
          .describe('A story: `story:2025/02/harbour-reopens`. Its headline, date, and picture are printed.'),
        url: words
          .refine(
            (text) => isWebAddress(text) || isSitePath(text),
            'this must be a complete address that begins with https:// , or a path on this site that begins with /',
          )
          .optional()
          .describe('A page that is not a story. It needs a `title`.'),
        title: words
          .optional()
          .describe(
            'With `url`, the text of the link. With `to`, the text that is shown while that story is not public.',
          ),
      })
      .refine(({ to, url }) => to !== undefined || url !== undefined, { path: ['to'] })
      .refine(({ to, url }) => to === undefined || url === undefined, {
        path: ['url'],
        message: 'a rich link has only one target: write  to  or  url , not both',
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
      src: words.optional().describe('The name of a `.csv` file beside the story. Its first line is the header row.'),
      caption: words.describe('What the table shows.'),
      columns: words
        .optional()
        .describe(
          'The columns of the file to print, in this order: their headers, separated by commas. Defaults to all columns.',
        ),
      headers: z
        .enum(['both', 'columns'], 'this must be both or columns')
        .optional()
        .describe('Use `columns` if the first column does not describe its row. Defaults to `both`.'),
      source: words.optional().describe('Where the figures come from, printed below the table.'),
    }),
    children: 'table',
    mayBeEmpty: true,
    names: { src: 'table' },
  }),
  Warning: defineElement({
    description: 'A passage that some readers may not want to read. It is closed until the reader opens it.',
    example: '<Warning text="This part describes an accident.">\nThe rope parted at the second pull.\n</Warning>',
    attributes: z.strictObject({ text: words.describe('What the part is about, in one sentence.') }),
    children: 'blocks',
  }),
  Embed: defineElement({
    description: 'Content on another site, shown as a card with a link. Nothing is loaded from that site.',
    example:
      '<Embed url="https://video.example/watch/42" title="The storm, seen from the pier" provider="Video Example" text="Two minutes, no speech." />',
    attributes: z.strictObject({
      url: webAddress.describe('The address of the content.'),
      title: words.describe('The title of the content.'),
      provider: words.optional().describe('The name of the other site. Defaults to its address.'),
      text: words.optional().describe('What readers will find there, in one sentence.'),
    }),
    children: 'none',
  }),
} as const;

export type ElementName = keyof typeof elements;

/** Attributes that are printed as text. The others name files, addresses, columns, and choices. */
const spoken = ['title', 'text', 'caption', 'by', 'role', 'source', 'name', 'provider'];
/** In a newsroom's own components, only these are certain to be text. */
const spokenAnywhere = ['title', 'text', 'caption'];

/** Sets the punctuation of a component's attributes for a language. The texts of a picture are set when it is shown. */
export function setAttributes(
  name: string,
  attributes: Record<string, string | boolean>,
  language: string,
): Record<string, string | boolean> {
  if (name === 'Picture' || name === 'Figure') return attributes;
  const set = { ...attributes };
  for (const key of Object.hasOwn(elements, name) ? spoken : spokenAnywhere) {
    const value = Object.hasOwn(set, key) ? set[key] : undefined;
    if (typeof value === 'string') set[key] = setText(value, language);
  }
  return set;
}

/** What a component's template receives besides its children. */
export type ElementAttributes<Name extends ElementName> = z.output<(typeof elements)[Name]['attributes']>;
