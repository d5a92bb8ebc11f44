import { writeFileSync } from 'node:fs';
import type { Done } from '../deploy/run-plan.ts';
import type { Report } from '../press/report.ts';
import type { Problem } from '../problems/problem.ts';
import type { CopyText } from '../story/copy/copy.ts';
import { words as buildWords, outcomeOf, plainReport, publishSite, reportFileOf } from './build.ts';
import { type CommandWords, type Io, readArguments } from './command.ts';
import {
  countOf,
  deployFileOf,
  deployOptions,
  listsOf,
  plainDeploy,
  sendSite,
  summaryOf as summaryOfDeploy,
  targetOf,
} from './deploy.ts';
import { cacheFolder, distFolder, mustBeNewsroom, siteFolder } from './folders.ts';
import { nowOf } from './now.ts';
import { openProgress } from './progress.ts';
import { problemsOf, reportFailure, showProblems } from './report-problems.ts';
import { summaryOf } from './summary.ts';

/** A first publish reads the whole archive. `check` is for that. */
const copiesMax = 200;

export const words: CommandWords = {
  usage: 'publish [TARGET] [--site DIR] [options]',
  about: `Checks the newsroom, builds the site, sends it to a target of  content/deploy.yaml , and tells the cache in front of it
what has changed. A mistake in the newsroom stops it before anything is written or sent.`,
  options: { ...buildWords.options, ...deployOptions },
  examples: [
    ['broadsheet publish', 'after an edit, to the default target'],
    ['broadsheet publish live --delete-max 50 --quiet', 'for cron: it prints only what is wrong'],
    ['broadsheet publish live --dry-run', 'build, and show what would be sent'],
  ],
  wordsMax: 1,
};

/** `broadsheet publish` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  const dist = distFolder(args, site, io);
  const deleteMax = countOf(args, 'delete-max', 0);
  const [isJson, isQuiet, isDry] = [args.has('json'), args.has('quiet'), args.has('dry-run')];
  const progress = openProgress(io, isQuiet || isJson);
  const began = performance.now();
  const seconds = () => Math.round(performance.now() - began) / 1000;
  const done: Done = { sent: [], deleted: [], bytes: 0 };
  const reportFile = reportFileOf(args, io, dist);
  const say = (report: object) => {
    const text = `${JSON.stringify(report, null, 2)}\n`;
    if (reportFile) writeFileSync(reportFile, text);
    if (isJson) io.stdout.write(text);
  };
  let built: Report | undefined;
  try {
    const now = await nowOf(args, site);
    mustBeNewsroom(site);
    // A mistake in deploy.yaml is found before anything is built.
    targetOf(args, (await deployFileOf(site)).data);
    const copies: CopyText[] = [];
    const onText = (text: CopyText) => void (copies.length < copiesMax && copies.push(text));
    built = await publishSite({ args, io, site, dist, now, say: progress, onText });
    built.warnings.push(...(await slipsIn(copies)));
    progress.end();
    if (!isJson) {
      showProblems(built.warnings, io);
      if (!isQuiet) io.stdout.write(await summaryOf(built, { site, cache: cacheFolder(site, io), dist }));
    }
    const { report, warnings } = await sendSite({ args, io, site, dist, deleteMax, done, progress }, [
      'publish',
      ...argv,
    ]);
    progress.end();
    const problems = [...warnings, ...report.problems];
    const isRefused = problems.some(({ severity }) => severity === 'error');
    const lists = listsOf([...built.warnings, ...problems]);
    say({ ok: !isRefused, ...plainDeploy(report, isDry), seconds: seconds(), build: plainReport(built), ...lists });
    if (!isJson) {
      for (const { message, hint } of problems) io.stderr.write(`${message}${hint ? `\n${hint}` : ''}\n`);
      if (!isQuiet) io.stdout.write(summaryOfDeploy(report, { isDry, rollback: undefined, seconds: seconds() }));
    }
    return isRefused ? 1 : 0;
  } catch (error) {
    progress.end();
    const problems = problemsOf(error);
    if (problems) {
      const { purgeOf } = await import('../deploy/plan.ts');
      const nothing = { unchanged: 0, purge: purgeOf(done), kept: [] };
      say({
        ok: false,
        ...done,
        ...nothing,
        seconds: seconds(),
        build: built ? plainReport(built) : null,
        ...listsOf(problems),
      });
    }
    if (isJson && problems) return 1;
    return reportFailure(error, io, built ? '' : `${outcomeOf(problems)} Nothing was sent.`);
  }
}

/** What a copy editor would mark in the texts of this publish, as  broadsheet check  does in all of them. */
async function slipsIn(texts: readonly CopyText[]): Promise<Problem[]> {
  if (texts.length === 0) return [];
  const { readCopy } = await import('../story/copy/copy.ts');
  const copies = await Promise.all(texts.map(readCopy));
  return copies.flatMap((copy) => copy?.problems ?? []);
}
