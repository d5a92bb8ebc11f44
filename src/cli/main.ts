import { type CommandWords, helpOf, type Io, meantBy, printHelp, UsageError } from './command.ts';

interface Command {
  words: CommandWords;
  run(argv: string[], io: Io): Promise<number>;
}

/** One line each for the help. The rest of a command is loaded when it is called. */
const commands: Record<string, { does: string; load: () => Promise<Command> }> = {
  init: { does: 'create a newsroom', load: () => import('./init.ts') },
  new: { does: 'create a story, author, page, or topic', load: () => import('./new.ts') },
  dev: { does: 'show the site while you write', load: () => import('./dev.ts') },
  desk: { does: 'write, preview, and publish in the browser', load: () => import('./desk.ts') },
  check: { does: 'list what a build would refuse', load: () => import('./check.ts') },
  pictures: {
    does: 'list pictures: their texts, where they are used, what is missing',
    load: () => import('./pictures.ts'),
  },
  build: { does: 'write the site', load: () => import('./build.ts') },
  deploy: { does: 'send the built site to a host', load: () => import('./deploy.ts') },
  publish: { does: 'build the site and send it to a host', load: () => import('./publish.ts') },
  watch: { does: 'publish whenever something changes or is due', load: () => import('./watch.ts') },
  preview: { does: 'show the built site', load: () => import('./preview.ts') },
  verify: {
    does: 'compare a published site with what was published',
    load: () => import('./verify.ts'),
  },
  edition: {
    does: 'pack the site into a zip file or folder that needs no server',
    load: () => import('./edition.ts'),
  },
  host: { does: 'write the configuration of a web server for the site', load: () => import('./host.ts') },
  import: { does: 'import an archive of Markdown files', load: () => import('./import.ts') },
  export: { does: 'write the stories for other systems, and to move them', load: () => import('./export.ts') },
  upgrade: { does: 'rewrite the files of a newsroom for this version', load: () => import('./upgrade.ts') },
  clean: { does: 'delete the data that is kept between builds', load: () => import('./clean.ts') },
};

const processIo = (): Io => ({ cwd: process.cwd(), env: process.env, stdout: process.stdout, stderr: process.stderr });

/**
 * The `broadsheet` command.
 *
 * @param argv the arguments after `broadsheet`
 * @returns the exit code: 0 for success, 1 for an error in the newsroom or on the disk, 2 for an invalid command line
 */
export async function run(argv: string[], io: Io = processIo()): Promise<number> {
  const [name, ...rest] = argv;
  try {
    if (name === '--version' || name === '-v') return await sayVersion(io);
    if (name === undefined) {
      io.stderr.write(help(io.stderr));
      return 2;
    }
    const asked = name === 'help' || name === '--help' || name === '-h' ? rest[0] : undefined;
    if (name === 'help' || name === '--help' || name === '-h') {
      if (asked === undefined) io.stdout.write(help(io.stdout));
      return asked === undefined ? 0 : await call(asked, ['--help'], io);
    }
    return await call(name, rest, io);
  } catch (error) {
    const { reportFailure } = await import('./report-problems.ts');
    return reportFailure(error, io);
  }
}

async function call(name: string, argv: string[], io: Io): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const what = name.startsWith('-')
      ? `There is no option ${name} before a command.`
      : `There is no command "${name}".`;
    const meant = meantBy(name, Object.keys(commands));
    throw new UsageError(what, meant ? `Did you mean  broadsheet ${meant} ?` : 'See  broadsheet --help .');
  }
  const { words, run: runCommand } = await command.load();
  const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  if (options.includes('--help') || options.includes('-h')) {
    io.stdout.write(helpOf(words, io.stdout.columns));
    return 0;
  }
  return await runCommand(argv, io);
}

async function sayVersion(io: Io): Promise<number> {
  const { readFileSync } = await import('node:fs');
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  io.stdout.write(`broadsheet ${version}\n`);
  return 0;
}

const help = ({ columns }: Io['stdout']): string =>
  printHelp(
    {
      usage: 'COMMAND',
      about: 'Turns a folder of stories into a news site.',
      lists: {
        Commands: Object.entries(commands).map(([name, { does }]) => [name, does]),
        Options: [
          ['-h, --help', 'show this help;  broadsheet COMMAND --help  shows the options and examples of a command'],
          ['-v, --version', 'show the version'],
        ],
      },
      examples: [
        [
          'broadsheet init my-paper && broadsheet dev --site my-paper',
          'a newsroom with a first story, and the site in the browser while you write',
        ],
        [
          'broadsheet new story "Harbour reopens after storm" --section world',
          'a draft with the keys that most stories need',
        ],
        ['broadsheet build --site my-paper --out public_html', 'the site as files, ready to copy to a host'],
      ],
    },
    columns,
  );
