import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployOptions } from '../deploy/deploy.ts';
import type { DeployReport } from '../deploy/report.ts';
import type { Done } from '../deploy/run-plan.ts';
import { siteFile } from '../ingest/file-names.ts';
import type { DeployFile } from '../newsroom/deploy-file.ts';
import { isObject, type TargetSettings } from '../newsroom/deploy-schema.ts';
import { several } from '../problems/counted.ts';
import { listed } from '../problems/listed.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { baseOf, originOf } from '../site/site.ts';
import { waitingFor } from './build.ts';
import {
  type Arguments,
  type CommandWords,
  type Io,
  meantBy,
  type Option,
  readArguments,
  UsageError,
} from './command.ts';
import { cacheFolder, distFolder, mustBeNewsroom, siteFolder, siteOption, stateFolder } from './folders.ts';
import { openProgress, sizeWords } from './progress.ts';
import { plainProblem, problemsOf, reportFailure } from './report-problems.ts';
import { stoppable } from './stop.ts';

/** Two editors who publish at the same moment both get their story out. A cron job does not pile up for ever. */
const waitSeconds = 600;

/** The options that `publish` and `watch` have, too. */
export const deployOptions: Record<string, Option> = {
  'dry-run': { words: 'only show what would be sent and deleted' },
  'delete-max': { value: 'N', words: 'refuse to delete more than N files at the target' },
  wait: {
    value: 'SECONDS',
    words: `how long to wait for another deploy to the same target; 0 refuses at once (default: ${waitSeconds})`,
  },
  force: { words: 'replace and delete files that somebody else changed at the target, too' },
};

export const words: CommandWords = {
  usage: 'deploy [TARGET] [--site DIR] [options]',
  about: `Sends the built site to a target of  content/deploy.yaml : only files that differ, in an order in which no reader meets a
page that refers to something missing. A deploy that was stopped is continued by the next one. It does not build.`,
  options: {
    site: siteOption,
    out: { value: 'DIST', words: 'the folder of the site (default: DIR/dist)' },
    ...deployOptions,
    rollback: {
      value: 'N',
      default: '1',
      words: 'return to an earlier publish: 1 is the one before the latest (default: 1)',
    },
    json: { words: 'print only a report, as JSON' },
    quiet: { words: 'print nothing unless something is wrong' },
  },
  examples: [
    ['broadsheet build && broadsheet deploy', 'to the default target'],
    ['broadsheet deploy bucket --dry-run', 'what would be sent to the target "bucket"'],
    ['broadsheet deploy live --rollback', 'the site as it was before the latest publish'],
    ['broadsheet deploy live --delete-max 50', 'for cron: a mistake cannot delete the whole site'],
  ],
  wordsMax: 1,
};

/** `broadsheet deploy` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  const dist = distFolder(args, site, io);
  const rollback = countOf(args, 'rollback', 1);
  const deleteMax = countOf(args, 'delete-max', 0);
  const isQuiet = args.has('quiet');
  const progress = openProgress(io, isQuiet || args.has('json'));
  const began = performance.now();
  const seconds = () => Math.round(performance.now() - began) / 1000;
  const done: Done = { sent: [], deleted: [], bytes: 0 };
  const say = (report: object) => {
    if (args.has('json')) io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  };
  try {
    mustBeNewsroom(site);
    const { report, warnings } = await sendSite({ args, io, site, dist, rollback, deleteMax, done, progress }, [
      'deploy',
      ...argv,
    ]);
    progress.end();
    const problems = [...warnings, ...report.problems];
    const isRefused = problems.some(({ severity }) => severity === 'error');
    say({ ok: !isRefused, ...plainDeploy(report, args.has('dry-run')), seconds: seconds(), ...listsOf(problems) });
    if (!args.has('json')) {
      for (const { message, hint } of problems) io.stderr.write(`${message}${hint ? `\n${hint}` : ''}\n`);
      if (!isQuiet) io.stdout.write(summaryOf(report, { isDry: args.has('dry-run'), rollback, seconds: seconds() }));
    }
    return isRefused ? 1 : 0;
  } catch (error) {
    progress.end();
    const problems = problemsOf(error);
    if (problems) {
      const { purgeOf } = await import('../deploy/plan.ts');
      say({
        ok: false,
        ...done,
        unchanged: 0,
        purge: purgeOf(done),
        kept: [],
        seconds: seconds(),
        ...listsOf(problems),
      });
    }
    return args.has('json') && problems ? 1 : reportFailure(error, io, 'Nothing was sent.');
  }
}

export interface Sending {
  args: Arguments;
  io: Io;
  site: string;
  dist: string;
  rollback?: number | undefined;
  deleteMax: number | undefined;
  /** Is filled, so it is right after a failure, too. */
  done: Done;
  progress: ReturnType<typeof openProgress>;
}

/** Sends the site to the target that was named, and tells the cache in front of it. @param argv the whole command */
export async function sendSite(
  { args, io, site, dist, rollback, deleteMax, done, progress }: Sending,
  argv: string[],
): Promise<{ report: DeployReport; warnings: Problem[] }> {
  const { data, warnings } = await deployFileOf(site);
  const { name, settings } = targetOf(args, data);
  const [{ deploy }, { usualTimes }, { waitingForDeploy }] = await Promise.all([
    import('../deploy/deploy.ts'),
    import('../deploy/lock.ts'),
    import('../deploy/problems.ts'),
  ]);
  const cache = cacheFolder(site, io);
  const folder = stateFolder(site, io);
  const options: DeployOptions = {
    name,
    settings,
    site,
    dist,
    stateFolder: folder,
    contents: async () =>
      await (await import('../deploy/contents.ts')).contentsOfSite({
        site,
        dist,
        cache,
        clock: new Date(),
        onWait: (holder) => progress.say(waitingFor(holder)),
      }),
    siteUrl: async () => await siteUrlOf(site),
    rollback,
    withheld: async () =>
      await (await import('../deploy/withheld.ts')).withheldNow({ site, dist, cache, clock: Date.now() }),
    isDry: args.has('dry-run'),
    isForced: args.has('force'),
    deleteMax,
    command: argv.join(' '),
    clock: new Date(),
    env: io.env,
    lockTimes: {
      ...usualTimes,
      waitMs: 1000 * (countOf(args, 'wait', 0) ?? waitSeconds),
      onWait: (at, holder) => progress.say(waitingForDeploy(at, holder)),
    },
    onProgress: ({ done: count, total, bytes }) => progress.show({ phase: 'deploy', done: count, total, bytes }),
    onSay: (sentence) => progress.say(sentence),
    done,
  };
  const report = await stoppable(deploy(options), () => {
    progress.end();
    io.stderr.write(
      'Stopped. Every file at the target is complete. Run the same command again to continue where it stopped.\n',
    );
  });
  if (settings.purge && !args.has('dry-run')) {
    const [{ purge }, { siteFacts }, { targetFolder }, { usualRetries }] = await Promise.all([
      import('../deploy/purge.ts'),
      import('./site-facts.ts'),
      import('../deploy/target-folder.ts'),
      import('../deploy/retry.ts'),
    ]);
    const { url = '' } = await siteFacts(site);
    const place = { url, folder: targetFolder(folder, name, settings) };
    await purge(report.purge, { name, settings: settings.purge, ...place, env: io.env, site, retries: usualRetries });
  }
  return { report, warnings };
}

/**
 * `content/deploy.yaml` of a newsroom.
 *
 * @throws ProblemsError for a missing file, and for mistakes in it
 */
export async function deployFileOf(site: string) {
  const { deployFile, readDeployFile } = await import('../newsroom/deploy-file.ts');
  const file = join(site, deployFile);
  if (!existsSync(file)) throw (await import('../deploy/problems.ts')).noDeployFile();
  const read = await readDeployFile(readFileSync(file));
  if ('problems' in read) throw new ProblemsError(read.problems);
  return read;
}

/** The address of the site, or undefined if site.yaml has mistakes. */
async function siteUrlOf(site: string): Promise<{ origin: string; base: string } | undefined> {
  const { readYamlFile } = await import('../yaml/source.ts');
  const source = readYamlFile(siteFile, readFileSync(join(site, siteFile)));
  const url = 'data' in source && isObject(source.data) ? source.data.url : undefined;
  return typeof url === 'string' && URL.canParse(url)
    ? { origin: originOf({ url }), base: baseOf({ url }) }
    : undefined;
}

/** The target that was named, or the default one. @throws UsageError */
export function targetOf(
  args: Arguments,
  { targets, default: usual }: DeployFile,
): { name: string; settings: TargetSettings } {
  const [name = usual] = args.words;
  const names = [...targets.keys()];
  if (name === undefined)
    throw new UsageError(
      'There are several targets, and none of them is the default.',
      `Name one:  broadsheet deploy ${names[0]} . The targets are ${listed(names)}. Or add  default: ${names[0]}  to content/deploy.yaml .`,
    );
  const settings = targets.get(name);
  if (settings) return { name, settings };
  const meant = meantBy(name, names);
  throw new UsageError(
    `There is no target "${name}" in content/deploy.yaml .`,
    meant ? `Did you mean  broadsheet deploy ${meant} ?` : `Targets in this file: ${listed(names)}.`,
  );
}

/** The value of an option that is a number. @throws UsageError */
export function countOf(args: Arguments, option: string, min: number): number | undefined {
  const written = args.value(option);
  if (written === undefined) return undefined;
  if (/^\d{1,9}$/.test(written) && Number(written) >= min) return Number(written);
  throw new UsageError(
    `--${option} ${written}: this must be a whole number from ${min} on.`,
    option === 'rollback'
      ? 'Write the name of the target before it:  broadsheet deploy live --rollback 1 .'
      : `Write, for example,  --${option} 50 .`,
  );
}

/** The report for other programs. These names are a contract. */
export function plainDeploy(
  { target, sent, deleted, unchanged, bytes, purge, kept, plan }: DeployReport,
  isDry: boolean,
) {
  const done = { target, sent, deleted, unchanged, bytes, purge, kept };
  return isDry ? { ...done, dryRun: true, steps: plan.steps.map(plainStep) } : done;
}

const plainStep = (step: DeployReport['plan']['steps'][number]) =>
  'send' in step ? { phase: step.phase, send: step.send } : { phase: step.phase, remove: step.remove };

export const listsOf = (problems: ProblemsError['problems']) => ({
  errors: problems.filter(({ severity }) => severity === 'error').map(plainProblem),
  warnings: problems.filter(({ severity }) => severity === 'warning').map(plainProblem),
});

const filesShown = 20;

interface Summary {
  isDry: boolean;
  rollback: number | undefined;
  seconds: number;
}

/** "live (folder /srv/www): 12 files sent, 310 kB, 1 file deleted, 10,204 files unchanged, 0.84 s." */
export function summaryOf(
  { target, sent, deleted, unchanged, bytes, plan }: DeployReport,
  { isDry, rollback, seconds }: Summary,
): string {
  const what = isDry ? 'would be ' : '';
  const counts = [
    `${several(sent.length, 'file')} ${what}sent${sent.length > 0 ? ` (${sizeWords(bytes)})` : ''}`,
    ...(deleted.length > 0 ? [`${several(deleted.length, 'file')} ${what}deleted`] : []),
    `${several(unchanged, 'file')} unchanged`,
    `${seconds.toFixed(2)} s`,
  ];
  const lines = [`${target}: ${counts.join(', ')}.`];
  if (rollback !== undefined && !isDry)
    lines.push('The next deploy sends the built site again, so correct the newsroom and build before it.');
  if (isDry)
    for (const step of plan.steps) {
      const [sign, files] = 'send' in step ? ['+', step.send] : ['-', step.remove];
      lines.push(`${step.phase}:`, ...files.slice(0, filesShown).map((path) => `  ${sign} ${path}`));
      if (files.length > filesShown) lines.push(`    and ${several(files.length - filesShown, 'more file')}`);
    }
  return `${lines.join('\n')}\n`;
}
