import { relative } from 'node:path';
import type { EditionKind, EditionReport } from '../editions/make.ts';
import { several } from '../problems/counted.ts';
import { plainReport, waitingFor } from './build.ts';
import { type Arguments, type CommandWords, type Io, meantBy, readArguments, UsageError } from './command.ts';
import { cacheFolder, distFolder, editionPlace, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { nowOf, nowOption } from './now.ts';
import { openProgress } from './progress.ts';
import { plainProblem, problemsOf, reportFailure, showProblems } from './report-problems.ts';
import { signerOf } from './signing.ts';
import { stoppable } from './stop.ts';

export const words: CommandWords = {
  usage: 'edition zip|folder --out PATH [--site DIR] [options]',
  about: `Packs the whole site into one zip file or folder that opens with a double-click, without a server or a network.
Links are relative, and fonts and a smaller set of pictures are included. The site is built first if needed. The
same content always produces the same bytes.`,
  options: {
    out: { value: 'PATH', words: 'the zip file or folder to write' },
    site: siteOption,
    dist: { value: 'DIST', words: 'the folder of the site (default: DIR/dist)' },
    now: nowOption,
    json: { words: 'print only a report, as JSON' },
    quiet: { words: 'print nothing unless something is wrong' },
  },
  examples: [
    [
      'broadsheet edition zip --out paper.zip',
      'the whole paper for readers without a network; they unpack it and open index.html',
    ],
    [
      'broadsheet edition folder --site paper --out /media/stick/paper',
      'on a USB stick; the next run copies only what changed',
    ],
  ],
  wordsMax: 1,
};

const kinds: EditionKind[] = ['zip', 'folder'];
const nothingWritten = 'No edition was written.';

/** `broadsheet edition` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const kind = kindOf(args);
  if (!args.has('out'))
    throw new UsageError(
      'An edition needs  --out PATH , the place to write it to.',
      `Write  broadsheet edition ${kind} --out ${kind === 'zip' ? 'paper.zip' : 'paper'} .`,
    );
  const site = siteFolder(args, io);
  const dist = distFolder(args, site, io, 'dist');
  const out = editionPlace(args, kind, { site, dist }, io);
  const isQuiet = args.has('quiet');
  const progress = openProgress(io, isQuiet);
  const began = performance.now();
  const seconds = () => Math.round(performance.now() - began) / 1000;
  const say = (report: object) => {
    if (args.has('json')) io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  };
  try {
    const now = await nowOf(args, site);
    mustBeNewsroom(site);
    const { makeEdition } = await import('../editions/make.ts');
    const work = makeEdition({
      kind,
      out,
      site,
      dist,
      cache: cacheFolder(site, io),
      now,
      clock: Date.now(),
      signer: await signerOf(site, io),
      onProgress: (step) => progress.show(step),
      onWait: (holder) => progress.say(waitingFor(holder)),
      onNotice: (sentence) => progress.say(sentence),
    });
    const { build, ...edition } = await stoppable(work, () => {
      progress.end();
      io.stderr.write('Stopped. The site is complete, but the edition was not finished.\n');
    });
    progress.end();
    const warnings = build.warnings.map(plainProblem);
    say({
      ok: true,
      edition: kind,
      out,
      ...edition,
      seconds: seconds(),
      build: plainReport(build),
      errors: [],
      warnings,
    });
    if (!args.has('json')) {
      showProblems(build.warnings, io);
      if (!isQuiet)
        io.stdout.write(summaryOf({ kind, out: relative(io.cwd, out) || out, edition, seconds: seconds() }));
    }
    return 0;
  } catch (error) {
    progress.end();
    const problems = problemsOf(error);
    if (problems) {
      const of = (severity: string) => problems.filter((one) => one.severity === severity).map(plainProblem);
      say({ ok: false, edition: kind, out, errors: of('error'), warnings: of('warning') });
    }
    return args.has('json') && problems ? 1 : reportFailure(error, io, nothingWritten);
  }
}

function kindOf(args: Arguments): EditionKind {
  const [word] = args.words;
  const kind = kinds.find((one) => one === word);
  if (kind) return kind;
  const meant = word === undefined ? undefined : meantBy(word, kinds);
  throw new UsageError(
    word === undefined ? 'An edition must be either zip or folder.' : `There is no kind of edition called "${word}".`,
    meant ? `Did you mean  broadsheet edition ${meant} ?` : 'See  broadsheet edition --help .',
  );
}

const leftOutShown = 10;

interface Done {
  kind: EditionKind;
  out: string;
  edition: Omit<EditionReport, 'build'>;
  seconds: number;
}

/** "paper.zip: 189 pages, 60 picture files, 3.2 MB, 2.31 s." and how to open it. */
function summaryOf({ kind, out, edition, seconds }: Done): string {
  const { pages, pictures, bytes, leftOut } = edition;
  const lines = [
    `${out}: ${several(pages, 'page')}, ${several(pictures, 'picture file')}, ${(bytes / 1e6).toFixed(1)} MB, ${seconds.toFixed(2)} s.`,
    kind === 'zip' ? 'Unpack it and open  index.html .' : `Open  ${out}/index.html .`,
  ];
  if (leftOut.length > 0) {
    lines.push('Left out, because browsers do not allow it without a server:');
    for (const { file, what } of leftOut.slice(0, leftOutShown)) lines.push(`  ${file}: ${what}`);
    if (leftOut.length > leftOutShown) lines.push(`    and ${leftOut.length - leftOutShown} more`);
  }
  return `${lines.join('\n')}\n`;
}
