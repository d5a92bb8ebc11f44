import * as z from 'zod';

/*
 * `policies` in site.yaml: the pages on which a newsroom says how it works. Search engines and the Trust Project read
 * them from the structured data of the front page.
 */

const page = z.string().trim().min(1).optional();

/** By key, the property of schema.org. */
export const policyProperties = {
  ethics: 'ethicsPolicy',
  corrections: 'correctionsPolicy',
  ownership: 'ownershipFundingInfo',
  unnamedSources: 'unnamedSourcesPolicy',
  masthead: 'masthead',
  diversity: 'diversityPolicy',
  feedback: 'actionableFeedbackPolicy',
  verification: 'verificationFactCheckingPolicy',
  mission: 'missionCoveragePrioritiesPolicy',
} as const;

export type PolicyKey = keyof typeof policyProperties;

/** Those that `check` expects of a newsroom that names any. The page of corrections exists on every site. */
export const policiesExpected: readonly PolicyKey[] = [
  'ethics',
  'ownership',
  'unnamedSources',
  'masthead',
  'diversity',
  'feedback',
];

export const policiesSchema = z.strictObject({
  ethics: page.describe('The rules that your journalists follow.'),
  corrections: page.describe('How you correct mistakes. Defaults to `/corrections/`.'),
  ownership: page.describe('Who owns and funds the paper.'),
  unnamedSources: page.describe('When you quote people without their names.'),
  masthead: page.describe('Who works for the paper.'),
  diversity: page.describe('How you take care that coverage and staff are diverse.'),
  feedback: page.describe('How readers can reach you, and what you do with what they say.'),
  verification: page.describe('How you check facts.'),
  mission: page.describe('What the paper is for, and what it covers first.'),
});

export type Policies = z.output<typeof policiesSchema>;
