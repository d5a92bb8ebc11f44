import * as z from 'zod';

/* `feedIdentity` and `feeds` in site.yaml. */

const text = z.string().trim().min(1);

/** A host name or an e-mail address, a comma, and a day, month, or year (RFC 4151). */
const identityForm =
  /^(?:[\w.+-]+@)?[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*,\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/i;

export const feedIdentitySchema = z
  .string()
  .trim()
  .refine(
    (value) => identityForm.test(value),
    'this must be a host or an e-mail address of yours, a comma, and a year in which it was yours, such as `post.example,2026`',
  )
  .optional()
  .describe(
    'What the identities of stories in feeds begin with: a host of yours, a comma, and a year. Never change it, also if `url` changes, because feed readers would show every story as new. Defaults to the host of `url` and 2026.',
  );

const delayForm = /^(\d{1,4}) ?(m|h|d)$/;
const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The number of stories in the feeds of the site, sections, topics, and authors. */
export const feedLength = 20;

/** The most stories that a feed for a partner has. */
export const partnerFeedMax = 100;

const partnerFeedSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z\d]+(?:-[a-z\d]+)*$/, 'the id of a feed can contain only the letters a to z, digits, and hyphens')
    .describe('The id is part of the address: `agency` is at `/feeds/agency/feed.xml`.'),
  title: text.optional().describe('The title of the feed. Defaults to the name of the paper.'),
  sections: z.array(text).max(1000).optional().describe('The ids of the sections whose stories it has.'),
  topics: z
    .array(text)
    .max(1000)
    .optional()
    .describe('The ids of topics whose stories it has. Without `sections` and `topics`, it has all stories.'),
  limit: z
    .number('this must be a number')
    .int('this must be a whole number')
    .min(1, 'a feed has at least one story')
    .max(partnerFeedMax, `a feed has at most ${partnerFeedMax} stories`)
    .default(20)
    .describe('The number of stories. Defaults to 20.'),
  text: z
    .enum(['full', 'summary'])
    .default('full')
    .describe('Whether it has the full text of stories or only their summaries. Defaults to `full`.'),
  pictures: z.boolean().default(true).describe('Whether it has pictures. Defaults to true.'),
  delay: z
    .string()
    .regex(delayForm, 'this must be a number and a unit, such as `30m`, `2h`, or `1d`')
    .optional()
    .describe(
      'How long a story is on the site before it is in the feed, such as `30m`, `2h`, or `1d`. It counts from the time in `published` or `embargo`. If `published` has no time, it counts from the end of that day.',
    ),
});

export const partnerFeedsSchema = z
  .array(partnerFeedSchema)
  .max(100, 'this has more than 100 feeds, which is the limit')
  .default([])
  .describe('Feeds for partners: which stories they get, and how much of each.');

/** A feed for a partner. */
export type PartnerFeed = z.output<typeof partnerFeedSchema>;

/** The delay of a feed in milliseconds. 0 if it has none. */
export function delayOf({ delay }: Pick<PartnerFeed, 'delay'>): number {
  const [, count = '0', unit = 'm'] = delayForm.exec(delay ?? '') ?? [];
  return Number(count) * unitsMs[unit as keyof typeof unitsMs];
}

/** The lists whose stories it has. */
export const listsOf = ({ sections = [], topics = [] }: Pick<PartnerFeed, 'sections' | 'topics'>) =>
  sections.length + topics.length === 0
    ? (['site'] as const)
    : [...sections.map((id) => `section/${id}` as const), ...topics.map((id) => `topic/${id}` as const)];
