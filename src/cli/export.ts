import { relative } from 'node:path';
import { type ExportKind, type ExportReport, exportKinds, isFileOf } from '../export/export-options.ts';
import { several } from '../problems/counted.ts';
import { type Arguments, type CommandWords, type Io, meantBy, readArguments, UsageError } from './command.ts';
import { cacheFolder, distFolder, exportPlace, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { nowOf, nowOption } from './now.ts';
import { openProgress } from './progress.ts';
import { plainProblem, problemsOf, reportFailure } from './report-problems.ts';
import { stoppable } from './stop.ts';

export const words: CommandWords = {
  usage: 'export KIND --out PATH [--site DIR] [options]',
  about: `Writes the whole newsroom for other systems, or to move it into another newsroom. Drafts, scheduled stories, and
withdrawn stories are included with their state, unless you leave them out with --public. The place must be new, or an
empty folder.`,
  kinds: {
    markdown: 'a folder of Markdown files with front matter, which  broadsheet import markdown  reads without a loss',
    ninjs: 'ninjs 3.1 for news agencies: a folder with a JSON file for each story, or one file that ends in .ndjson',
    wxr: 'WXR 1.2 for WordPress: a folder with the pictures and documents, or one file that ends in .xml',
  },
  options: {
    out: { value: 'PATH', words: 'the folder or file to write' },
    site: siteOption,
    public: { words: 'leave out what readers cannot see now' },
    media: {
      value: 'URL',
      words: 'with ninjs and wxr: the address at which the pictures of the export will be (default: that of the site)',
    },
    dist: { value: 'DIST', words: 'the folder of the site, where no export is written (default: DIR/dist)' },
    now: nowOption,
    json: { words: 'print only a report, as JSON' },
    quiet: { words: 'print nothing unless something is wrong' },
  },
  examples: [
    ['broadsheet export markdown --out ../paper-export', 'everything, drafts included'],
    ['broadsheet export markdown --out ../for-the-library --public', 'only what readers can see'],
    ['broadsheet export wxr --out ../for-wordpress', 'stories, pages, pictures, and documents for WordPress'],
    ['broadsheet export ninjs --out ../wire.ndjson --public', 'what is public, one story on each line'],
  ],
  wordsMax: 1,
};

const kinds: ExportKind[] = [...exportKinds];
const nothingWritten = 'Nothing was exported.';

/** `broadsheet export` */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const kind = kindOf(args);
  if (!args.has('out'))
    throw new UsageError(
      'An export needs  --out PATH , the folder or file to write.',
      `Write  broadsheet export ${kind} --out ../paper-export .`,
    );
  const site = siteFolder(args, io);
  const dist = distFolder(args, site, io, 'dist');
  const out = exportPlace(args, { site, dist }, io, 'export', '../paper-export', (path) => isFileOf(kind, path));
  const media = mediaOf(args, kind);
  const isQuiet = args.has('quiet');
  const progress = openProgress(io, isQuiet);
  const began = performance.now();
  const say = (report: object) => {
    if (args.has('json')) io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  };
  try {
    const now = await nowOf(args, site);
    mustBeNewsroom(site);
    const { exportNewsroom } = await import('../export/export.ts');
    const work = exportNewsroom({
      kind,
      site,
      out,
      cache: cacheFolder(site, io),
      now,
      clock: Date.now(),
      isPublicOnly: args.has('public'),
      ...(media !== undefined && { media }),
      onProgress: (phase, done, total) => progress.show({ phase, done, total }),
    });
    const report = await stoppable(work, () => {
      progress.end();
      io.stderr.write(`Stopped. ${nothingWritten}\n`);
    });
    progress.end();
    const seconds = Math.round(performance.now() - began) / 1000;
    say({ ok: true, export: kind, out, ...report, seconds, errors: [] });
    if (!args.has('json') && !isQuiet)
      io.stdout.write(summaryOf(relative(io.cwd, out) || out, report, seconds, args.has('public')));
    return 0;
  } catch (error) {
    progress.end();
    const problems = problemsOf(error);
    if (problems) say({ ok: false, export: kind, out, errors: problems.map(plainProblem) });
    return args.has('json') && problems ? 1 : reportFailure(error, io, nothingWritten);
  }
}

function kindOf(args: Arguments): ExportKind {
  const [word] = args.words;
  const kind = kinds.find((one) => one === word);
  if (kind) return kind;
  const meant = word === undefined ? undefined : meantBy(word, kinds);
  throw new UsageError(
    word === undefined
      ? `Say what to write:  broadsheet export KIND --out PATH . The kinds are: ${kinds.join(', ')}.`
      : `There is no kind of export called "${word}".`,
    meant ? `Did you mean  ${meant} ?` : 'See  broadsheet export --help .',
  );
}

/** The address of `--media`. */
function mediaOf(args: Arguments, kind: ExportKind): string | undefined {
  const written = args.value('media');
  if (written === undefined) return undefined;
  if (kind === 'markdown')
    throw new UsageError('An export as Markdown has its pictures beside the stories.', 'Leave  --media  out.');
  if (/^https?:\/\/[^/]/i.test(written) && URL.canParse(written)) return new URL(written).href;
  throw new UsageError(
    `--media ${written}: this is not a complete address.`,
    'Write an address such as  --media https://files.example/paper/ .',
  );
}

const listMax = 20;

function summaryOf(out: string, report: ExportReport, seconds: number, isPublicOnly: boolean): string {
  const { stories, drafts, scheduled, withdrawn, pages, pictures, files, bytes, leftOut, notes } = report;
  const hidden = isPublicOnly
    ? `${withdrawn} withdrawn (without their texts)`
    : `${several(drafts, 'draft')}, ${scheduled} scheduled, ${withdrawn} withdrawn`;
  const lines = [
    `${out}: ${several(stories, 'story')}, ${hidden}, ${several(pages, 'page')}, ${several(pictures, 'picture')}.`,
    `${several(files, 'file')}, ${(bytes / 1e6).toFixed(1)} MB, ${seconds.toFixed(2)} s.`,
  ];
  const section = (title: string, entries: string[]) => {
    if (entries.length === 0) return;
    lines.push('', title, ...entries.slice(0, listMax).map((entry) => `  ${entry}`));
    if (entries.length > listMax) lines.push(`  … and ${entries.length - listMax} more. --json lists all.`);
  };
  section(
    'Left out',
    leftOut.map(({ file, reason }) => `${file}: ${reason}`),
  );
  section(
    'To look at',
    notes.map(({ file, note }) => `${file}: ${note}`),
  );
  return `${lines.join('\n')}\n`;
}
