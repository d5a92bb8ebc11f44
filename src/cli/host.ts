import { relative } from 'node:path';
import type { ServerFilesReport, ServerKind } from '../press/server-files.ts';
import { several } from '../problems/counted.ts';
import { plainReport, waitingFor } from './build.ts';
import { type Arguments, type CommandWords, type Io, meantBy, readArguments, UsageError } from './command.ts';
import { cacheFolder, distFolder, exportPlace, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { nowOf, nowOption } from './now.ts';
import { openProgress } from './progress.ts';
import { plainProblem, problemsOf, reportFailure, showProblems } from './report-problems.ts';
import { stoppable } from './stop.ts';

export const words: CommandWords = {
  usage: 'host nginx|caddy --out FOLDER [--site DIR] [options]',
  about: `Writes the configuration of a web server for the site: headers, redirects, types, and 410 for withdrawn stories.
The files go into a folder outside of the site, because readers have no use for them. The site is built first if
needed. Files for other hosts, such as _headers, are part of the site: see docs/hosting.md.`,
  options: {
    out: { value: 'FOLDER', words: 'the folder for the files' },
    site: siteOption,
    dist: { value: 'DIST', words: 'the folder of the site (default: DIR/dist)' },
    brotli: { words: 'nginx has the module for files that were compressed with Brotli' },
    now: nowOption,
    json: { words: 'print only a report, as JSON' },
    quiet: { words: 'print nothing unless something is wrong' },
  },
  examples: [
    [
      'broadsheet host nginx --out /etc/nginx/broadsheet',
      'then include http.conf in http { } and server.conf in server { }',
    ],
    ['broadsheet host caddy --out /etc/caddy/broadsheet', 'then import site.caddy in the block of the site'],
  ],
  wordsMax: 1,
};

const kinds: ServerKind[] = ['nginx', 'caddy'];
const nothingWritten = 'No configuration was written.';

/** `broadsheet host` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const kind = kindOf(args);
  if (!args.has('out'))
    throw new UsageError(
      'The configuration of a server needs  --out FOLDER , the folder to write it to.',
      `Write  broadsheet host ${kind} --out /etc/${kind}/broadsheet .`,
    );
  const site = siteFolder(args, io);
  const dist = distFolder(args, site, io, 'dist');
  const out = exportPlace(args, { site, dist }, io, 'configuration', `/etc/${kind}/broadsheet`);
  const isQuiet = args.has('quiet');
  const progress = openProgress(io, isQuiet);
  const say = (report: object) => {
    if (args.has('json')) io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  };
  try {
    const now = await nowOf(args, site);
    mustBeNewsroom(site);
    const { writeServerFiles } = await import('../press/server-files.ts');
    const work = writeServerFiles({
      kind,
      out,
      hasBrotli: args.has('brotli'),
      site,
      dist,
      cache: cacheFolder(site, io),
      now,
      clock: Date.now(),
      onProgress: (step) => progress.show(step),
      onWait: (holder) => progress.say(waitingFor(holder)),
      onNotice: (sentence) => progress.say(sentence),
    });
    const { build, ...written } = await stoppable(work, () => {
      progress.end();
      io.stderr.write('Stopped. The site is complete, but the configuration was not finished.\n');
    });
    progress.end();
    const warnings = build.warnings.map(plainProblem);
    say({ ok: true, kind, out, ...written, build: plainReport(build), errors: [], warnings });
    if (!args.has('json')) {
      showProblems(build.warnings, io);
      if (!isQuiet) io.stdout.write(summaryOf(kind, relative(io.cwd, out) || out, written));
    }
    return 0;
  } catch (error) {
    progress.end();
    const problems = problemsOf(error);
    if (problems) {
      const of = (severity: string) => problems.filter((one) => one.severity === severity).map(plainProblem);
      say({ ok: false, kind, out, errors: of('error'), warnings: of('warning') });
    }
    return args.has('json') && problems ? 1 : reportFailure(error, io, nothingWritten);
  }
}

function kindOf(args: Arguments): ServerKind {
  const [word] = args.words;
  const kind = kinds.find((one) => one === word);
  if (kind) return kind;
  const meant = word === undefined ? undefined : meantBy(word, kinds);
  throw new UsageError(
    word === undefined
      ? 'A host must be either nginx or caddy.'
      : `There is no configuration for a host called "${word}".`,
    meant ? `Did you mean  broadsheet host ${meant} ?` : 'See  broadsheet host --help .',
  );
}

function summaryOf(
  kind: ServerKind,
  out: string,
  { changed, redirects, withdrawn }: Omit<ServerFilesReport, 'build'>,
): string {
  const holds = `${several(redirects, 'redirect')} and ${several(withdrawn, 'withdrawn story')}`;
  const line =
    changed.length === 0
      ? `${out}: nothing changed (${holds}).`
      : `${out}: ${changed.join(', ')} changed (${holds}). ${kind} has to read its configuration again.`;
  return `${line}\n`;
}
