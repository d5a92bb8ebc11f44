import type { IndexHandle } from '../index/handle.ts';
import { getRecord } from '../index/record-rows.ts';
import type { Problem } from '../problems/problem.ts';
import { policiesExpected } from '../site/policies.ts';
import type { Site } from '../site/site.ts';
import { placeInSite } from './check-security.ts';
import { policiesMissing } from './problems.ts';

/** What a newsroom that says how it works does not say, for `check`. A link to a page that does not exist is an error. */
export async function policyProblems(index: IndexHandle): Promise<Problem[]> {
  const policies = getRecord<Site>(index, 'site')?.policies;
  if (!policies) return [];
  const missing = policiesExpected.filter((key) => policies[key] === undefined);
  return missing.length === 0 ? [] : [policiesMissing(await placeInSite(index, ['policies']), missing)];
}
