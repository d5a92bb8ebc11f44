import * as z from 'zod';

/* `crawlers` in site.yaml. `feeds/robots.ts` prints robots.txt from it. */

/** A name that robots.txt can contain (RFC 9309, product token). Nothing in it can end the line. */
const name = z
  .string()
  .trim()
  .regex(/^[A-Za-z_-][A-Za-z0-9_-]*$/, 'this must be the name of a crawler as in robots.txt, such as `GPTBot`');

const policy = z.enum(['allow', 'refuse']).default('allow');

export const crawlersSchema = z.strictObject({
  training: policy.describe('Crawlers that collect pages to train AI models, such as GPTBot and CCBot.'),
  answers: policy.describe(
    'Crawlers that fetch a page to answer a question with AI, usually with a link to it, such as OAI-SearchBot.',
  ),
  allow: z.array(name).default([]).describe('The names of crawlers that are allowed even if their kind is refused.'),
  refuse: z.array(name).default([]).describe('The names of other crawlers to refuse.'),
});

export type Crawlers = z.output<typeof crawlersSchema>;
