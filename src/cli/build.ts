import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { indexFile, realFolder } from '../press/index-file.ts';
import { publish } from '../press/publish.ts';
import type { Report } from '../press/report.ts';
import { startDistScanner } from '../press/threads/dist-scanner.ts';
import { several } from '../problems/counted.ts';
import type { Problem } from '../problems/problem.ts';
import { isWithin } from '../site/is-within.ts';
import type { CopyText } from '../story/copy/copy.ts';
import { type Arguments, type CommandWords, type Io, readArguments, UsageError } from './command.ts';
import { cacheFolder, changedFiles, distFolder, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { nowOf, nowOption } from './now.ts';
import { openProgress } from './progress.ts';
import { plainProblem, problemsOf, reportFailure, showProblems } from './report-problems.ts';
import { signerOf } from './signing.ts';
import { stoppable } from './stop.ts';
import { summaryOf } from './summary.ts';

export const words: CommandWords = {
  usage: 'build [--site DIR] [--out DIST] [options]',
  about: `Writes the site. Only pages that show what has changed are rendered again, and files that are no longer part of
the site are deleted. A mistake in the newsroom stops the build before anything is written.`,
  options: {
    site: siteOption,
    out: { value: 'DIST', words: 'the folder of the site (default: DIR/dist)' },
    now: nowOption,
    changed: { value: 'FILE', many: true, words: 'look only at these files, including deleted ones' },
    clean: { words: 'discard the results of earlier builds, except the renditions of pictures' },
    verify: { words: 'compare every byte of the site, and re-render a sample of unchanged pages' },
    report: { value: 'FILE.json', words: 'write a report to this file' },
    json: { words: 'print only a report, as JSON' },
    quiet: { words: 'print nothing unless something is wrong' },
  },
  examples: [
    ['broadsheet build', 'the newsroom in the current folder, into dist/'],
    ['broadsheet build --site paper --out /srv/www --report build.json', 'for a host, with a report for the next step'],
    [
      'broadsheet build --changed content/stories/2026/03/vote/index.md',
      'after one edit, in an archive of 100,000 stories',
    ],
    ['broadsheet build --now 2026-03-01T06:00', 'the site as it will be then'],
  ],
};

/**
 * What happened to the site. Mistakes are found before anything is written, except for files that the disk itself
 * refuses.
 */
export const outcomeOf = (problems: Problem[] | undefined): string =>
  problems?.some(({ rule }) => rule === 'address-unwritable')
    ? 'The rest of the site was written.'
    : 'The site was not changed.';

/** `broadsheet build` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  const dist = distFolder(args, site, io);
  const reportFile = reportFileOf(args, io, dist);
  const isQuiet = args.has('quiet');
  const progress = openProgress(io, isQuiet);
  const say = (report: object) => {
    if (args.has('json')) io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  };
  try {
    const now = await nowOf(args, site);
    mustBeNewsroom(site);
    const report = await publishSite({ args, io, site, dist, now, say: progress });
    progress.end();
    if (reportFile) writeFileSync(reportFile, `${JSON.stringify(plainReport(report), null, 2)}\n`);
    say({ ok: true, ...plainReport(report), errors: [], warnings: report.warnings.map(plainProblem) });
    if (!args.has('json')) {
      showProblems(report.warnings, io);
      if (!isQuiet) io.stdout.write(await summaryOf(report, { site, cache: cacheFolder(site, io), dist }));
    }
    return 0;
  } catch (error) {
    progress.end();
    const problems = problemsOf(error);
    if (problems) {
      const failed = failedReport(problems, performance.now() / 1000);
      if (reportFile) writeFileSync(reportFile, `${JSON.stringify(failed, null, 2)}\n`);
      say(failed);
    }
    return args.has('json') && problems ? 1 : reportFailure(error, io, outcomeOf(problems));
  }
}

/** The file for the report, if there is to be one. @throws UsageError if it would be published with the site */
export function reportFileOf(args: Arguments, io: Io, dist: string): string | undefined {
  const named = args.value('report');
  const file = named === undefined ? undefined : resolve(io.cwd, named);
  if (file && isWithin(file, dist))
    throw new UsageError(
      `--report ${named}: a report inside the site would be published with it.`,
      'Name a file elsewhere.',
    );
  return file;
}

export interface Wanted {
  args: Arguments;
  io: Io;
  site: string;
  dist: string;
  now: number;
  say: ReturnType<typeof openProgress>;
  /** Called with each text that is read. */
  onText?: (text: CopyText) => void;
}

export async function publishSite({ args, io, site, dist, now, say, onText }: Wanted): Promise<Report> {
  const cache = cacheFolder(site, io);
  const { changed, outside } = changedFiles(args.all('changed'), site, io.cwd);
  for (const file of outside) say.say(`--changed ${file} is outside the newsroom and was ignored.`);
  const signer = await signerOf(site, io);
  // Started before everything else, because for a large site it takes longest.
  const isScanned = !args.has('changed') || args.has('verify');
  const real = realFolder(dist);
  // If all bytes are compared, or everything is built again, nothing is scanned early.
  const isEarly = !args.has('verify') && !args.has('clean');
  const distScanner = isScanned
    ? startDistScanner({ site, index: indexFile(cache, real), dist: real }, isEarly)
    : undefined;
  const work = async () => {
    try {
      return await publishAndVerify();
    } finally {
      distScanner?.close();
    }
  };
  const publishAndVerify = async () => {
    const report = await publish({
      site,
      dist,
      cache,
      now,
      clock: Date.now(),
      changed: args.has('changed') ? changed : undefined,
      clean: args.has('clean'),
      isVerified: args.has('verify'),
      distScanner,
      way: io.env.BROADSHEET_RENDER === 'astro' ? 'astro' : undefined,
      signer,
      onText,
      onProgress: (step) => say.show(step),
      onWait: (holder) => say.say(waitingFor(holder)),
      onNotice: (sentence) => say.say(sentence),
    });
    if (args.has('verify')) {
      const { verify } = await import('../check/verify.ts');
      const { files, compared } = await verify({ site, dist, cache, clock: Date.now() });
      say.say(
        `Verified: ${several(files, 'file')} compared byte for byte, and ${several(compared, 'page')} rendered again without a difference.`,
      );
    }
    return report;
  };
  return await stoppable(work(), () => {
    say.end();
    io.stderr.write(
      'Stopped. Every file of the site is complete. Run the same command again to continue where it stopped.\n',
    );
  });
}

/** The process that a build waits for. */
export function waitingFor(holder: { pid: number; command: string; since: string } | undefined): string {
  if (!holder) return 'Waiting for another build of this newsroom to finish.';
  const time = new Date(holder.since).toTimeString().slice(0, 8);
  return `Waiting for another build of this newsroom to finish:  broadsheet ${holder.command}  (process ${holder.pid}, since ${time}).`;
}

/** The report for other programs. These names are a contract. */
export function plainReport({
  added,
  changed,
  removed,
  repaired,
  pages,
  pictures,
  rendered,
  renditions,
  seconds,
  nextChange,
  publish,
}: Omit<Report, 'warnings'>) {
  return { added, changed, removed, repaired, pages, pictures, rendered, renditions, seconds, nextChange, publish };
}

function failedReport(problems: Problem[], seconds: number) {
  const total = Math.round(seconds * 1000) / 1000;
  const nothing = {
    added: [],
    changed: [],
    removed: [],
    repaired: [],
    pages: 0,
    pictures: 0,
    rendered: 0,
    renditions: 0,
    seconds: { total },
    nextChange: null,
    publish: null,
  };
  const of = (severity: Problem['severity']) =>
    problems.filter((problem) => problem.severity === severity).map(plainProblem);
  return { ok: false, ...plainReport(nothing), errors: of('error'), warnings: of('warning') };
}
