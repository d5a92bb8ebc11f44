import * as z from 'zod';
import { isLanguage } from '../site/language-tag.ts';
import { pictureKinds } from '../site/picture-kind.ts';
import { storyTypes } from './card.ts';

/**
 * The front matter of a story. One schema: types, messages, `docs/story.md` and the JSON Schema for
 * editors' auto-completion come from it. What needs the rest of the newsroom (does the section exist,
 * does the author) is checked when the story is taken in.
 */

export const text = z.string('this must be text').trim().min(1, 'this is empty');
const dayForm = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
const dayWanted = 'a day such as 2019-05-31, a month such as 2019-05 or a year is wanted here';
const focusWanted = 'two percentages are wanted here, from the left and from the top, such as 40% 30%';

/** YAML reads `2025-02-12` as text in the core schema, which is what we want: the time zone decides. */
const date = z
  .string('a date such as 2025-02-12 or 2025-02-12T18:00 is wanted here')
  .describe(
    '`2025-02-12`, `2025-02-12 18:00` (in the time zone of the site) or `2025-02-12T18:00:00+01:00`. A day without a time begins at midnight in the time zone of the site, and no time is printed.',
  );

/** YAML reads a year alone as a number. */
const madeOn = z
  .union([text.regex(dayForm, dayWanted), z.number(dayWanted).int(dayWanted).min(1000, dayWanted).max(9999, dayWanted)])
  .describe('The day it was made: `2019`, `2019-05` or `2019-05-31`.');

/**
 * What may be said of a picture. One set of names: `lead`, `pictures`, `<Picture>` (story/elements.ts) and the
 * sidecar of a picture have them all.
 */
const words = {
  alt: text.optional().describe('What is seen, for those who do not see it; never the caption again.'),
  caption: text
    .optional()
    .describe('What the picture means, printed under it. May have links, `*emphasis*` and `**strong words**`.'),
  credit: text.optional().describe('Who made or supplied it.'),
  kind: z
    .enum(pictureKinds)
    .optional()
    .describe('What kind of picture it is, printed with the credit; `file` is an old one, printed with its date.'),
  date: madeOn.optional(),
  place: text.optional().describe('Where it was made, as printed.'),
  focus: text
    .regex(/^(?:100|\d{1,2})% (?:100|\d{1,2})%$/, focusWanted)
    .optional()
    .describe('Where the eye should land, from the left and the top: `40% 30%`. Crops keep it.'),
  description: text
    .optional()
    .describe(
      'A long description for pictures that an alt cannot tell, such as charts; readers can open it below the picture.',
    ),
  copyright: text.optional().describe('The copyright notice.'),
  licence: text.optional().describe('Where the licence can be read, an address; or its name.'),
  decorative: z.boolean().optional().describe('True when the picture says nothing: then it needs no alt.'),
  original: z
    .literal('publish')
    .optional()
    .describe('`publish` puts the file itself on the site, with all that it says of itself; else it stays home.'),
  animation: z
    .literal('play')
    .optional()
    .describe('`play` lets an animation move on the page; else its first frame is shown, with a link that plays it.'),
};

export const leadSchema = z.strictObject({
  src: text.describe('File beside the story, or `picture:ID` from `content/pictures/`.'),
  ...words,
});
export const pictureWordsSchema = z.strictObject(words);
export type PictureWordsFile = z.output<typeof pictureWordsSchema>;

/** More entries are no story's, and each may be a page: a topic, an old address. */
export const listMax = 1000;
const tooLong = 'this has more than 1,000 entries, which is the limit'; // in words: to open `Intl` here would cost each edit 15 ms
export const list = <T extends z.ZodType>(entry: T) => z.array(entry).max(listMax, tooLong);

export const frontMatterSchema = z.strictObject({
  headline: text.describe('The headline, plain text.'),
  standfirst: text.optional().describe('One or two sentences under the headline.'),
  kicker: text.optional().describe('The label above the headline; else the section.'),
  section: text.optional().describe('The id of a section of `content/site.yaml`.'),
  topics: list(text)
    .optional()
    .describe('Ids or titles of topics. `C++` and `C#` are topics of their own (`c-plus-plus`, `c-sharp`).'),
  byline: list(z.union([text, z.strictObject({ name: text, role: text.optional(), organisation: text.optional() })]))
    .optional()
    .describe(
      'Who wrote it: the id of a file in `content/authors/`, a name as printed, or `{ name, role, organisation }`.',
    ),
  dateline: text.optional().describe('Where the story was filed, such as `Galway`.'),
  published: date.optional().describe('When readers may see it. Needed for every story that is not a draft.'),
  updated: date
    .optional()
    .describe(
      'When the text last changed in substance; not before `published`. A later time than now is shown when it comes.',
    ),
  type: z.enum(storyTypes).optional().describe('What kind of story it is; `news` when absent.'),
  lead: leadSchema.optional().describe('The picture at the top.'),
  pictures: z
    .record(z.string(), pictureWordsSchema)
    .refine((words) => Object.keys(words).length <= listMax, tooLong)
    .optional()
    .describe('Words for pictures of the body, by file name.'),
  summary: text.optional().describe('For search engines and feeds; else the standfirst.'),
  slug: text
    .regex(
      /^[\p{L}\p{M}\p{N}]([\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}])?$/u,
      'a slug has letters, digits, dots and hyphens, and begins and ends with a letter or digit',
    )
    .optional()
    .describe('Last part of the address; else the name of the folder or file.'),
  id: text
    .regex(/^[^\s#?]+$/u, 'an id has no spaces, no # and no ?')
    .optional()
    .describe('A name that never changes; else the path under `content/stories`.'),
  aliases: list(
    text.refine(
      (value) => value.startsWith('/') && !value.startsWith('//'),
      'an alias is a path of this site that begins with /',
    ),
  )
    .optional()
    .describe('Old addresses that lead here.'),
  related: list(z.union([text, z.strictObject({ title: text, url: text })]))
    .optional()
    .describe('Stories by name, or `{ title, url }` of other pages.'),
  series: z
    .union([
      text,
      z.strictObject({
        title: text.describe('The title of the series.'),
        part: z
          .number('a number is wanted here')
          .int('a whole number is wanted here')
          .min(1, 'parts are counted from 1')
          .max(99_999, 'this is no number of a part')
          .optional()
          .describe('Its place in the series.'),
      }),
    ])
    .optional()
    .describe(
      'The series that the story belongs to: its title, or `{ title, part }`. Without `part` the order is that of time.',
    ),
  source: z
    .strictObject({ name: text, url: text.optional(), licence: text.optional() })
    .optional()
    .describe('Where the text came from, for agency copy.'),
  language: z
    .string()
    .refine(isLanguage, 'a language tag such as `de` or `en-IE` is wanted here')
    .optional()
    .describe('Language of the story when it is not that of the site.'),
  translationOf: text.optional().describe('The story that this one translates, by name.'),
  draft: z.boolean().optional().describe('True keeps the story out.'),
  embargo: date.optional().describe('Not before this instant, whatever `published` says.'),
  withdrawn: z
    .strictObject({ date, reason: text })
    .optional()
    .describe('The story is taken back; its address says when and why.'),
  corrections: list(
    z.strictObject({
      date,
      type: z.enum(['correction', 'clarification', 'update', 'editors-note']),
      text,
      prominent: z.boolean().optional().describe('True puts it at the top.'),
    }),
  )
    .optional()
    .describe('What was wrong, and what is right. One dated after now appears at its time.'),
  minor: text.optional().describe('A small change that needs no correction, in words.'),
  note: text.optional().describe("The author's note at the end."),
  warning: text.optional().describe('A content warning before the text.'),
  sponsor: z
    .strictObject({
      name: text,
      url: text.optional(),
      kind: z
        .enum(['paid', 'partner'])
        .optional()
        .describe('`paid` when absent: somebody paid for it. `partner`: made together with somebody.'),
    })
    .optional()
    .describe('Who paid for the story or made it with you; it is labelled wherever it stands.'),
});

export type FrontMatter = z.output<typeof frontMatterSchema>;
