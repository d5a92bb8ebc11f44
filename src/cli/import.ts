import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { exitCodeOf } from '../import/exit-code.ts';
import { ImportError, importArchive } from '../import/import.ts';
import { detectKind } from '../import/open-source.ts';
import { patternProblem, placeholders } from '../import/permalink.ts';
import { summaryOf } from '../import/receipt.ts';
import { PagesBeside } from '../import/receipt-page/pages-beside.ts';
import { type SourceKind, sourceKinds } from '../import/source.ts';
import { readKeyMap } from '../import/sources/markdown/map-keys.ts';
import { writeAtomically } from '../pictures/ledger.ts';
import { ProblemsError } from '../problems/problem.ts';
import { slugify } from '../site/slug.ts';
import { type CommandWords, type Io, mustBeFor, readArguments, UsageError } from './command.ts';
import { cacheFolder } from './folders.ts';
import { compareWith } from './import-compare.ts';
import { fetchOptionsOf, fetchWords } from './import-fetch.ts';
import { progressOn } from './import-progress.ts';

/** What each kind of archive is, for the help. */
const kindWords: Record<SourceKind, string> = {
  markdown: 'a folder of Markdown or MDX files with the front matter of Jekyll, Hugo, Eleventy, or Astro',
  wordpress: 'a WordPress export (WXR, ends in .xml), or the folder or zip that contains it',
  ghost: 'a Ghost export (JSON), or the folder or zip that contains it, its redirects, and its pictures',
  substack: 'a Substack export (zip), or its unpacked folder with posts.csv',
  medium: 'a Medium export (zip), or its unpacked folder with the folder posts',
  blogger: 'a backup of Blogger (XML), or a Google Takeout with feed.atom, as a file, folder, or zip',
  docx: 'a Word document, or a folder of them',
  odt: 'an OpenDocument text, or a folder of them',
  html: 'a saved page, or a folder of pages',
  gdoc: 'a download from Google Docs, or a folder of them',
  text: 'a plain text file, or a folder of them',
  ninjs: 'news from an agency as ninjs, or a folder of it',
  newsml: 'news from an agency as NewsML-G2, or a folder of it',
};

const nothingWritten = 'Nothing was written.  broadsheet import --help  shows examples.';

export const words: CommandWords = {
  usage: 'import [KIND] SOURCE [--site SITE] [options]\nbroadsheet import --compare OLD DIST',
  about: `Reads an archive and writes its stories into SITE/content/stories. You can leave out KIND if SOURCE shows it. Existing
files are never overwritten. Repeating an import changes nothing.`,
  kinds: kindWords,
  options: {
    site: { value: 'SITE', words: 'the newsroom (default: the current folder)' },
    origin: {
      value: 'URL',
      many: 'repeated',
      words: `the old site; links to pages that were not imported lead there. If it has had several addresses, give each, the
main one first`,
    },
    permalink: {
      value: 'PATTERN',
      many: 'repeated',
      words: `the old addresses, kept as aliases; you can give several. The words of Jekyll, Hugo, and Hexo work too, such as
/:year/:month/:title/ or pretty`,
    },
    category: {
      value: 'NAME=ID',
      many: 'repeated',
      kinds: ['wordpress', 'ghost', 'medium', 'blogger'],
      words: 'what a category or tag becomes: the section with this id, topic, or none; you can give several',
    },
    section: { value: 'ID', words: 'section of stories that name none (default: the first in site.yaml)' },
    map: { value: 'FILE', words: 'YAML with the names of your keys, such as  headline: titulo', kinds: ['markdown'] },
    public: { value: 'DIR', words: 'the folder of pictures with an address such as /images/x.jpg' },
    pictures: {
      value: 'DIR',
      kinds: ['text'],
      words: 'the folder of pictures for the captions of the text, in the order of their names',
    },
    'tracked-changes': {
      value: 'accept|reject',
      choices: ['accept', 'reject'],
      kinds: ['docx', 'odt'],
      words: 'what to do with tracked changes (default: accept). The story becomes a draft',
    },
    ...fetchWords,
    receipt: {
      value: 'FILE',
      words: 'the file for the whole receipt (default: SITE/.broadsheet/import-receipt.json)',
    },
    compare: {
      value: 'OLD',
      words: `do not import, but check that each old address answers in the new site DIST and has its words. OLD is a list of
addresses, a sitemap, or the folder of the old site`,
    },
    force: { words: 'overwrite stories that were edited since they were imported' },
    'dry-run': { words: 'show what would happen, but write nothing' },
    json: { words: 'print the receipt as JSON' },
  },
  more: {
    'In a PATTERN': Object.entries(placeholders).map(([name, words]) => [`{${name}}`, words]),
    'Exit codes': [
      ['0', 'everything was imported'],
      ['1', 'nothing was imported'],
      ['2', 'the command line is not valid'],
      ['3', 'some items were skipped'],
    ],
  },
  examples: [
    [
      "broadsheet import markdown ../old-blog --site . --origin https://old.example --permalink '/blog/{path}/'",
      'a blog with its old addresses',
    ],
    [
      "broadsheet import markdown ../jekyll --permalink '/{yyyy}/{mm}/{dd}/{slug}.html' --dry-run",
      'only show what would happen',
    ],
    ['broadsheet import --compare ../old-site/_site dist', 'sign an archive off after a build'],
  ],
  wordsMax: 100, // checked below, where the kind is known
};

/**
 * `broadsheet import [KIND] SOURCE …`: reads arguments and prints the receipt.
 *
 * @returns the exit code: see `exitCodeOf`
 * @throws UsageError
 */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const wrong = (message: string): never => {
    throw new UsageError(message, nothingWritten);
  };
  const old = args.value('compare');
  if (old !== undefined) return compareWith(old, args, io);
  const named = sourceKinds.find((kind) => kind === args.words[0]);
  const [folder, ...more] = named === undefined ? args.words : args.words.slice(1);
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
  mustBeFor(kind, words, args);
  const origins = args.all('origin');
  for (const origin of origins)
    if (!isOrigin(origin))
      return wrong(`--origin ${origin}: write the address of the old site, such as  https://old.example .`);
  const fetch = fetchOptionsOf(args, nothingWritten);
  const permalinks = args.all('permalink');
  for (const pattern of permalinks) {
    const problem = patternProblem(pattern);
    if (problem) return wrong(problem);
  }

  const categories = new Map<string, string>();
  for (const given of args.all('category')) {
    const [name = '', meaning = ''] = given.split(/=(?=[^=]*$)/).map((part) => part.trim());
    if (slugify(name) === '' || meaning === '')
      return wrong(`--category ${given}: write the name and what it becomes, such as  "Local news=news" .`);
    categories.set(slugify(name), meaning);
  }

  const site = resolve(io.cwd, args.value('site') ?? '.');
  const pictures = pathOf(args.value('pictures'), io);
  if (pictures !== undefined && !existsSync(pictures)) return wrong(`There is no folder ${args.value('pictures')}.`);
  const trackedChanges = args.value('tracked-changes') as 'accept' | 'reject' | undefined;
  const mapFile = pathOf(args.value('map'), io);
  const progress = progressOn(io.stderr);
  const cache = cacheFolder(site, io);
  // A dry run has pages to look through as well, but writes nothing into the newsroom.
  const pages = new PagesBeside(
    args.has('dry-run') ? mkdtempSync(join(tmpdir(), 'broadsheet-receipt-')) : join(cache, 'import/receipt'),
  );
  try {
    const started = performance.now();
    const receipt = await importArchive(kind, {
      source,
      site,
      cache,
      force: args.has('force'),
      ...(origins.length === 0 ? {} : { origin: origins.length === 1 ? origins[0] : origins }),
      permalinks,
      section: args.value('section'),
      categories,
      publicFolder: pathOf(args.value('public'), io),
      ...(mapFile === undefined ? {} : { map: readKeyMap(mapFile) }),
      ...(pictures === undefined ? {} : { pictures }),
      ...(fetch === undefined ? {} : { fetch }),
      ...(trackedChanges === undefined ? {} : { trackedChanges }),
      dryRun: args.has('dry-run'),
      onStory: (story) => pages.add(story),
      onProgress: progress.show,
    });
    progress.end();
    const json = `${JSON.stringify(receipt, null, 2)}\n`;
    const file =
      pathOf(args.value('receipt'), io) ?? (receipt.options.dryRun ? undefined : join(cache, 'import-receipt.json'));
    if (file !== undefined) {
      mkdirSync(dirname(file), { recursive: true });
      await writeAtomically(file, json);
    }
    const written = await pages.finish(receipt);
    if (args.has('json')) io.stdout.write(json);
    else {
      io.stdout.write(summaryOf(receipt));
      io.stdout.write(
        `\n${((performance.now() - started) / 1000).toFixed(1)} s.${file === undefined ? '' : ` Every change, with file and line: ${file}`}\n${'page' in written ? `To look through, with old and new texts: ${written.page}\n` : ''}`,
      );
    }
    const code = exitCodeOf(receipt);
    if ('page' in written) return code;
    io.stderr.write(
      `The pages to look through could not be written (${written.fault}). Everything else is complete. Run the same command again to write them.\n`,
    );
    return code === 0 ? 3 : code;
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
  } finally {
    await pages.close();
  }
}

const pathOf = (named: string | undefined, { cwd }: Io): string | undefined =>
  named === undefined ? undefined : resolve(cwd, named);

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
