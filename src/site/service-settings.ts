import * as z from 'zod';
import { isSitePath, isWebAddress } from './link-address.ts';

/* `analytics` and `comments` in site.yaml: programs of others that a newsroom runs itself. */

const text = z.string().trim().min(1);

/** Where the newsroom runs the program. Nothing is loaded from anywhere else, so it has no default. */
const url = (example: string) =>
  text
    .refine(
      (value) =>
        isSitePath(value) ||
        (isWebAddress(value) && /^https:/i.test(value) && !/[?#]/.test(value) && !hasAccount(value)),
      `this must be the complete address at which you run it, such as \`${example}\`, or a path of this site`,
    )
    .describe(`The address at which you run it, such as \`${example}\`, or a path of this site.`);

const hasAccount = (value: string): boolean => URL.canParse(value) && new URL(value).username !== '';

export const analyticsProducts = ['plausible', 'umami', 'goatcounter', 'matomo'] as const;
export type AnalyticsProduct = (typeof analyticsProducts)[number];

/** What each product calls the site. Plausible has a default, and GoatCounter knows it from its own address. */
const siteNeeded: Partial<Record<AnalyticsProduct, string>> = { umami: 'website ID', matomo: 'site ID' };

export const analyticsSchema = z
  .strictObject({
    product: z.enum(analyticsProducts).describe('The program that counts visits.'),
    url: url('https://stats.post.example/'),
    site: z
      .union([text, z.number().int().min(1)])
      .transform(String)
      .optional()
      .describe(
        'How the program knows this site: the website ID of Umami, the site ID of Matomo, or the domain in Plausible, which defaults to the host of `url`. GoatCounter does not need it.',
      ),
  })
  .superRefine(({ product, site }, context) => {
    const needed = siteNeeded[product];
    if (needed !== undefined && site === undefined)
      context.addIssue({ code: 'custom', path: ['site'], message: `this must be the ${needed} that ${product} shows` });
  });

export const commentsProducts = ['isso', 'remark42'] as const;

export const commentsSchema = z.strictObject({
  product: z.enum(commentsProducts).describe('The program that keeps the comments.'),
  url: url('https://comments.post.example/'),
  site: text.optional().describe('The site ID of Remark42. Defaults to `remark`. Isso does not need it.'),
});

export type Analytics = z.output<typeof analyticsSchema>;
export type Comments = z.output<typeof commentsSchema>;
