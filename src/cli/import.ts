import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ImportError, importArchive } from '../import/import.ts';
import { detectKind } from '../import/open-source.ts';
import { patternProblem, placeholders } from '../import/permalink.ts';
import { type Receipt, summaryOf } from '../import/receipt.ts';
import { type SourceKind, sourceKinds } from '../import/source.ts';
import { writeAtomically } from '../pictures/ledger.ts';
import { nearest } from '../problems/nearest.ts';
import { ProblemsError } from '../problems/problem.ts';
import { cacheFolder } from './folders.ts';

const help = `broadsheet import [KIND] SOURCE [--site SITE] [options]

KIND is ${sourceKinds.join(', ')}. You can leave it out if SOURCE shows it.

Reads a folder of Markdown or MDX files with the front matter of Jekyll, Hugo, Eleventy, or Astro, and writes
stories into SITE/content/stories. Existing files are never overwritten. Repeating an import changes nothing.

  --site SITE          the newsroom (default: the current folder)
  --origin URL         the old site; links to pages that were not imported lead there
  --permalink PATTERN  the old addresses, kept as aliases; you can give several
${Object.entries(placeholders)
  .map(([name, words]) => `                         {${name}} ${words}`)
  .join('\n')}
                       the words of Jekyll, Hugo, and Hexo work too, such as /:year/:month/:title/ or pretty
  --section ID         section of stories that name none (default: the first in site.yaml)
  --public DIR         the folder of pictures with an address such as /images/x.jpg
  --pictures DIR       the folder of pictures for the captions of a plain text, in the order of their names
  --tracked-changes accept|reject
                       what to do with tracked changes of documents (default: accept). The story becomes a draft
  --receipt FILE       the file for the whole receipt (default: SITE/.broadsheet/import-receipt.json)
  --force              overwrite stories that were edited since they were imported
  --dry-run            show what would happen, but write nothing
  --json               print the receipt as JSON

The exit code is 0 if everything was imported, 3 if some items were skipped, 1 if nothing was written, and 2 if the
command line is not valid.

Examples
  broadsheet import markdown ../old-blog --site . --origin https://old.example --permalink '/blog/{path}/'
  broadsheet import markdown ../jekyll --permalink '/{yyyy}/{mm}/{dd}/{slug}.html' --dry-run
`;

const optionKinds = {
  site: { type: 'string' },
  origin: { type: 'string' },
  permalink: { type: 'string', multiple: true },
  section: { type: 'string' },
  public: { type: 'string' },
  pictures: { type: 'string' },
  'tracked-changes': { type: 'string' },
  receipt: { type: 'string' },
  force: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * `broadsheet import [KIND] SOURCE …`: reads arguments and prints the receipt.
 *
 * @param argv the arguments after `import`
 * @returns the exit code: see `exitCodeOf`; 2 if the arguments are wrong
 */
export async function importCommand(
  argv: string[],
  io: { cwd: string; env?: NodeJS.ProcessEnv; stdout: NodeJS.WritableStream; stderr: NodeJS.WritableStream },
): Promise<number> {
  const wrong = (message: string): number => {
    io.stderr.write(`${message}\nNothing was written.  broadsheet import --help  shows examples.\n`);
    return 2;
  };
  let parsed: ReturnType<typeof read>;
  try {
    parsed = read(argv);
  } catch (error) {
    const unknown = /Unknown option '(-{1,2}[\w-]+)/.exec(error instanceof Error ? error.message : '')?.[1];
    if (unknown === undefined) return wrong(error instanceof Error ? `${error.message}.` : String(error));
    const meant = nearest(unknown.replace(/^-+/, ''), Object.keys(optionKinds));
    return wrong(`There is no option ${unknown}.${meant ? ` Did you mean  --${meant} ?` : ''}`);
  }
  const { values, positionals } = parsed;
  if (values.help) {
    io.stdout.write(help);
    return 0;
  }
  const isKind = (word: string | undefined): word is SourceKind => sourceKinds.some((kind) => kind === word);
  const named = isKind(positionals[0]) ? positionals[0] : undefined;
  const [folder, ...more] = named === undefined ? positionals : positionals.slice(1);
  if (folder === undefined)
    return wrong(
      named === undefined
        ? 'Say what to import:  broadsheet import SOURCE , where SOURCE is a file or folder.'
        : `Name the file or folder of the archive:  broadsheet import ${named} SOURCE .`,
    );
  const source = resolve(io.cwd, folder);
  if (more.length > 0)
    return wrong(
      existsSync(source)
        ? `Unexpected argument: "${more.join(' ')}". Name one archive at a time.`
        : `There is no kind of archive "${folder}". The kinds are: ${sourceKinds.join(', ')}.`,
    );
  if (!existsSync(source)) return wrong(`There is no file or folder ${folder}.`);
  const kind = named ?? detectKind(source);
  if (kind === undefined)
    return wrong(
      `${folder} is not an archive that this version recognises. Name its kind:  broadsheet import KIND ${folder} . The kinds are: ${sourceKinds.join(', ')}.`,
    );
  if (values.origin !== undefined && !isOrigin(values.origin))
    return wrong(`--origin ${values.origin}: write the address of the old site, such as  https://old.example .`);
  const permalinks = values.permalink ?? [];
  for (const pattern of permalinks) {
    const problem = patternProblem(pattern);
    if (problem) return wrong(problem);
  }

  const trackedChanges = values['tracked-changes'];
  if (trackedChanges !== undefined && trackedChanges !== 'accept' && trackedChanges !== 'reject')
    return wrong(`--tracked-changes ${trackedChanges}: write  accept  or  reject .`);
  const pictures = values.pictures === undefined ? undefined : resolve(io.cwd, values.pictures);
  if (pictures !== undefined && !existsSync(pictures)) return wrong(`There is no folder ${values.pictures}.`);

  const site = resolve(io.cwd, values.site ?? '.');
  const progress = progressOn(io.stderr);
  try {
    const started = performance.now();
    const receipt = await importArchive(kind, {
      source,
      site,
      cache: cacheFolder(site, { ...io, env: io.env ?? process.env }),
      force: values.force ?? false,
      origin: values.origin,
      permalinks,
      section: values.section,
      publicFolder: values.public === undefined ? undefined : resolve(io.cwd, values.public),
      ...(pictures === undefined ? {} : { pictures }),
      ...(trackedChanges === undefined ? {} : { trackedChanges }),
      dryRun: values['dry-run'] ?? false,
      onProgress: progress.show,
    });
    progress.end();
    const json = `${JSON.stringify(receipt, null, 2)}\n`;
    const file =
      values.receipt !== undefined
        ? resolve(io.cwd, values.receipt)
        : receipt.options.dryRun
          ? undefined
          : join(cacheFolder(site, { ...io, env: io.env ?? process.env }), 'import-receipt.json');
    if (file !== undefined) {
      mkdirSync(dirname(file), { recursive: true });
      await writeAtomically(file, json);
    }
    if (values.json) io.stdout.write(json);
    else {
      io.stdout.write(summaryOf(receipt));
      io.stdout.write(
        `\n${((performance.now() - started) / 1000).toFixed(1)} s.${file === undefined ? '' : ` Every change, with file and line: ${file}`}\n`,
      );
    }
    return exitCodeOf(receipt);
  } catch (error) {
    progress.end();
    if (error instanceof ProblemsError) {
      for (const { file, line, message, hint } of error.problems)
        io.stderr.write(`${file}:${line}  ${message}${hint ? ` ${hint}` : ''}\n`);
      io.stderr.write('Nothing was imported.\n');
      return 1;
    }
    if (error instanceof ImportError) {
      io.stderr.write(`${error.message}\n`);
      return 1;
    }
    if (error instanceof Error && 'code' in error && 'syscall' in error) {
      io.stderr.write(
        `Cannot write to the disk: ${error.message}. Every file that was written is complete. Run the same command again to continue.\n`,
      );
      return 1;
    }
    throw error;
  }
}

/** 0: nothing was skipped. 3: something was, and the rest is imported. 1: nothing is imported. */
const exitCodeOf = ({ files }: Receipt): number =>
  files.stories + files.pages + files.drafts === 0 ? 1 : files.skipped > 0 ? 3 : 0;

const read = (argv: string[]) => parseArgs({ args: argv, options: optionKinds, allowPositionals: true });

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

const stepMsOfTerminal = 100;
const stepMsOfPipe = 5000;

/** A line that is overwritten in a terminal. In a pipe, a line is printed now and then for the log. */
function progressOn(stream: NodeJS.WritableStream): {
  show(phase: string, done: number, total: number | undefined): void;
  end(): void;
} {
  const isTerminal = 'isTTY' in stream && stream.isTTY === true;
  let shown = performance.now();
  let began = shown;
  let phaseNow = '';
  let isOpen = false;
  return {
    show(phase, done, total) {
      const now = performance.now();
      if (phase !== phaseNow) {
        phaseNow = phase;
        began = now;
      }
      if (now - shown < (isTerminal ? stepMsOfTerminal : stepMsOfPipe) || done === 0) return;
      shown = now;
      const perSecond = done / ((now - began) / 1000);
      const left = total === undefined ? '' : `, ${Math.ceil((total - done) / perSecond)} s left`;
      const line = `${phase} ${done}${total === undefined ? '' : ` of ${total}`}, ${Math.round(perSecond)} items/s${left}`;
      stream.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`);
      isOpen = isTerminal;
    },
    end() {
      if (isOpen) stream.write('\r\x1b[K');
      isOpen = false;
    },
  };
}
