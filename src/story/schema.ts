import * as z from 'zod';
import { isLanguage } from '../site/language-tag.ts';
import { pictureKinds } from '../site/picture-kind.ts';
import { storyWireSchema } from '../site/wire.ts';
import { storyTypes } from './card.ts';

/**
 * The front matter of a story. Types, messages, `docs/story.md`, and the JSON Schema for auto-completion in editors are
 * all derived from this one schema. Whatever depends on the rest of the newsroom (whether the section or the author
 * exists) is checked when the story is ingested.
 */

export const text = z.string('this must be text').trim().min(1, 'this is empty');
const dayForm = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
const dayExpected = 'this must be a day such as 2019-05-31, a month such as 2019-05, or a year';
const focusExpected = 'this must be two percentages, from the left and from the top, such as 40% 30%';

/** In YAML's core schema, `2025-02-12` is text. That is what we want, because the time zone decides which instant it means. */
const date = z
  .string('this must be a date such as 2025-02-12 or 2025-02-12T18:00')
  .describe(
    '`2025-02-12`, `2025-02-12 18:00` (in the time zone of the site), or `2025-02-12T18:00:00+01:00`. A day without a time begins at midnight in the time zone of the site, and no time is printed.',
  );

/** YAML reads a year on its own as a number. */
const madeOn = z
  .union([
    text.regex(dayForm, dayExpected),
    z.number(dayExpected).int(dayExpected).min(1000, dayExpected).max(9999, dayExpected),
  ])
  .describe('When the picture was made: `2019`, `2019-05`, or `2019-05-31`.');

/**
 * The keys of a picture. `lead`, `pictures`, `<Picture>` (story/elements.ts), and the sidecar of a picture all use
 * this one set of names.
 */
const words = {
  alt: text
    .optional()
    .describe('What the picture shows, for readers who do not see it. It must not repeat the caption.'),
  caption: text
    .optional()
    .describe('What the picture means, printed below it. It can contain links, `*emphasis*`, and `**strong text**`.'),
  credit: text.optional().describe('Who made or supplied the picture.'),
  kind: z
    .enum(pictureKinds)
    .optional()
    .describe('The kind of picture, printed with the credit. `file` is an old picture, printed with its date.'),
  date: madeOn.optional(),
  place: text.optional().describe('Where the picture was made, as printed.'),
  focus: text
    .regex(/^(?:100|\d{1,2})% (?:100|\d{1,2})%$/, focusExpected)
    .optional()
    .describe('The most important point, measured from the left and from the top: `40% 30%`. Crops keep it.'),
  description: text
    .optional()
    .describe(
      'A long description of a picture that alt text cannot convey, such as a chart. Readers can open it below the picture.',
    ),
  copyright: text.optional().describe('The copyright notice.'),
  licence: text.optional().describe('The address of the licence, or its name.'),
  decorative: z.boolean().optional().describe('True if the picture conveys no information. It then needs no alt text.'),
  original: z
    .literal('publish')
    .optional()
    .describe(
      '`publish` puts the original file on the site, with all its metadata. By default the original is not published.',
    ),
  animation: z
    .literal('play')
    .optional()
    .describe(
      '`play` plays an animation on the page. By default the page shows its first frame, with a link that plays it.',
    ),
};

export const leadSchema = z.strictObject({
  src: text.describe('A file beside the story, or `picture:ID` from `content/pictures/`.'),
  ...words,
});

/** Readers get the texts of such a picture. See `placeholder.ts`. */
const wanted = text
  .optional()
  .describe(
    'The address of a picture that you do not have yet. Until the file is there, readers see its caption and credit as text. The address is not published.',
  );

/** The lead of a story. Like every picture of a story, it can be a placeholder. */
export const storyLeadSchema = z
  .strictObject({
    src: leadSchema.shape.src
      .optional()
      .describe(
        'A file beside the story, or `picture:ID` from `content/pictures/`. Required unless there is `wanted`.',
      ),
    wanted,
    ...words,
  })
  .refine(({ src, wanted }) => src !== undefined || wanted !== undefined, { path: ['src'] });
export const pictureWordsSchema = z.strictObject(words);
export type PictureWordsFile = z.output<typeof pictureWordsSchema>;
/** The texts of a picture in a story, by its file name. */
const storyPictureSchema = pictureWordsSchema.extend({ wanted });

/** No story needs more entries, and each entry can become a page (a topic, an old address). */
export const listMax = 1000;
const tooLong = 'this has more than 1,000 entries, which is the limit'; // spelled out, because loading `Intl` here would cost each edit 15 ms
export const list = <T extends z.ZodType>(entry: T) => z.array(entry).max(listMax, tooLong);

export const frontMatterSchema = z.strictObject({
  headline: text.describe('The headline, plain text.'),
  standfirst: text.optional().describe('One or two sentences under the headline.'),
  kicker: text.optional().describe('The label above the headline. Defaults to the section name.'),
  section: text.optional().describe('The id of a section in `content/site.yaml`.'),
  topics: list(text)
    .optional()
    .describe('Ids or titles of topics. `C++` and `C#` are different topics (`c-plus-plus`, `c-sharp`).'),
  byline: list(
    z.union([
      text,
      z.strictObject({
        name: text.describe('The name, as printed.'),
        role: text.optional().describe('The role of the person, such as `Reporter`.'),
        organisation: text.optional().describe('The organisation that the person works for.'),
      }),
    ]),
  )
    .optional()
    .describe(
      'The authors: the id of a file in `content/authors/`, a name as printed, or `{ name, role, organisation }`.',
    ),
  dateline: text.optional().describe('Where the story was filed, such as `Galway`.'),
  published: date.optional().describe('When the story is published. Required unless the story is a draft.'),
  updated: date
    .optional()
    .describe(
      'When the substance of the text last changed. It must not be before `published`. A time in the future is not shown until then.',
    ),
  type: z.enum(storyTypes).optional().describe('The kind of story. Defaults to `news`.'),
  lead: storyLeadSchema.optional().describe('The picture at the top.'),
  pictures: z
    .record(z.string(), storyPictureSchema)
    .refine((words) => Object.keys(words).length <= listMax, tooLong)
    .optional()
    .describe('Captions and other texts for pictures in the body, by file name.'),
  summary: text.optional().describe('A summary for search engines and feeds. Defaults to the standfirst.'),
  slug: text
    .regex(
      /^[\p{L}\p{M}\p{N}]([\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}])?$/u,
      'a slug can contain letters, digits, dots, and hyphens, and must begin and end with a letter or digit',
    )
    .optional()
    .describe('The last part of the address. Defaults to the name of the folder or file.'),
  id: text
    .regex(/^[^\s#?]+$/u, 'an id cannot contain spaces, # or ?')
    .optional()
    .describe('A name that never changes. Defaults to the path under `content/stories`.'),
  aliases: list(
    text.refine(
      (value) => value.startsWith('/') && !value.startsWith('//'),
      'an alias must be a path on this site that begins with /',
    ),
  )
    .optional()
    .describe('Old addresses that redirect to the story.'),
  related: list(
    z.union([
      text,
      z.strictObject({
        title: text.describe('The title of the page.'),
        url: text.describe('The address of the page.'),
      }),
    ]),
  )
    .optional()
    .describe('Related stories by name, or `{ title, url }` for other pages.'),
  series: z
    .union([
      text,
      z.strictObject({
        title: text.describe('The title of the series.'),
        part: z
          .number('this must be a number')
          .int('this must be a whole number')
          .min(1, 'parts are numbered from 1')
          .max(99_999, 'this is too large for the number of a part')
          .optional()
          .describe('The number of the story in the series.'),
      }),
    ])
    .optional()
    .describe(
      'The series that the story belongs to: its title, or `{ title, part }`. Stories without `part` are in order of date.',
    ),
  source: z
    .strictObject({
      name: text.describe('The name of the source.'),
      url: text.optional().describe('The address of the original text.'),
      licence: text.optional().describe('The licence of the text.'),
    })
    .optional()
    .describe('Where the text comes from, for agency copy.'),
  language: z
    .string()
    .refine(isLanguage, 'this must be a language tag such as `de` or `en-IE`')
    .optional()
    .describe('The language of the story. Defaults to the language of the site.'),
  translationOf: text.optional().describe('The story that this one translates, by name.'),
  wire: storyWireSchema,
  draft: z.boolean().optional().describe('If true, the story is not on the site.'),
  embargo: date.optional().describe('The story is not published before this time, whatever `published` says.'),
  comments: z
    .boolean()
    .optional()
    .describe('False if readers cannot comment on the story, although `comments` in site.yaml is set.'),
  withdrawn: z
    .strictObject({ date, reason: text.describe('Why the story was withdrawn, as printed.') })
    .optional()
    .describe('Withdraws the story. The page at its address says when and why.'),
  corrections: list(
    z.strictObject({
      date,
      type: z.enum(['correction', 'clarification', 'update', 'editors-note']).describe('The kind of correction.'),
      text: text.describe('The correction, as printed.'),
      prominent: z.boolean().optional().describe('If true, the correction appears at the top of the story.'),
    }),
  )
    .optional()
    .describe('What was wrong, and what is right. A correction with a date in the future appears at that time.'),
  minor: text.optional().describe('A description of a small change that needs no correction.'),
  note: text.optional().describe('A note from the author at the end of the story.'),
  warning: text.optional().describe('A content warning before the text.'),
  sponsor: z
    .strictObject({
      name: text.describe('The name of the sponsor, as printed.'),
      url: text.optional().describe('The address of the sponsor.'),
      kind: z
        .enum(['paid', 'partner'])
        .optional()
        .describe(
          '`paid`: somebody paid for the story. `partner`: it was made together with somebody. Defaults to `paid`.',
        ),
    })
    .optional()
    .describe('Who paid for the story or made it with you. The story is labelled everywhere it appears.'),
});

export type FrontMatter = z.output<typeof frontMatterSchema>;
