import type { Problem } from '../problems/problem.ts';
import { fileOfForm } from '../site/compressed-form.ts';
import { type Contents, isManifestFile } from '../site/manifest.ts';
import { type Plan, purgeOf } from './plan.ts';
import { addedFiles, keptFiles } from './problems.ts';
import type { Done } from './run-plan.ts';

/** What a deploy did, or would do. */
export interface DeployReport extends Done {
  /** For messages: `live (folder /srv/www)`. */
  target: string;
  unchanged: number;
  /** The addresses that a cache in front of the host has to forget, from the root of the site. */
  purge: string[];
  /** Files with bytes of somebody else that were kept. */
  kept: string[];
  /** The steps, in order. */
  plan: Plan;
  problems: Problem[];
}

/** @param found what is known already */
export function reportOf(
  plan: Plan,
  target: string,
  done: Done,
  { contents, problems: found }: { contents: Contents; problems: Problem[] },
): DeployReport {
  const { bytes } = done;
  // A compressed form counts with its file.
  const isFile = (path: string) => {
    const file = fileOfForm(path);
    return file === undefined || !(contents.has(file) || plan.deleted.includes(file));
  };
  const [sent, deleted] = [done.sent.filter(isFile), done.deleted.filter(isFile)];
  const changed = [...plan.changed, ...plan.inTheWay].filter((path) => !isManifestFile(path));
  const problems = [...found];
  if (plan.inTheWay.length > 0) problems.push(keptFiles(target, plan.inTheWay, true));
  if (plan.changed.length > 0) problems.push(keptFiles(target, plan.changed, false));
  if (plan.added.length > 0) problems.push(addedFiles(target, plan.added));
  return {
    target,
    sent: [...sent].sort(),
    deleted: [...deleted].sort(),
    bytes,
    unchanged: plan.unchanged - unchangedForms(plan, contents),
    purge: purgeOf({ sent, deleted }),
    kept: [...changed, ...plan.added].sort(),
    plan,
    problems,
  };
}

function unchangedForms({ sent }: Plan, contents: Contents): number {
  const changed = new Set(sent);
  let count = 0;
  for (const path of contents.keys()) {
    const file = fileOfForm(path);
    if (file !== undefined && contents.has(file) && !changed.has(path)) count += 1;
  }
  return count;
}
