import { several } from '../problems/counted.ts';
import { type CommandWords, type Io, readArguments, UsageError } from './command.ts';
import { cacheFolder, distFolder, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { nowOf, nowOption } from './now.ts';
import { openProgress } from './progress.ts';
import { plainProblem, problemsOf, reportFailure, showProblems } from './report-problems.ts';
import { stoppable } from './stop.ts';

export const words: CommandWords = {
  usage: 'check [--site DIR] [options]',
  about: 'Lists everything that a build would refuse, and every warning, without building.',
  options: {
    site: siteOption,
    out: { value: 'DIR', words: 'the folder of the site, which shows what was published before (default: dist)' },
    now: nowOption,
    json: { words: 'print only the problems, as JSON' },
    quiet: { words: 'print nothing unless something is wrong' },
    explain: { value: 'RULE', words: 'explain a rule, such as picture-missing, with an example, and check nothing' },
  },
  examples: [
    ['broadsheet check', 'the newsroom in the current folder'],
    ['broadsheet check --site paper --json', 'for an editor or a script that reads JSON'],
    ['broadsheet check --explain picture-missing', 'what the rule means, with an example'],
  ],
};

/** `broadsheet check`. @returns 1 if a build would refuse the newsroom */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const rule = args.value('explain');
  if (rule !== undefined) return await explain(rule, io);
  const site = siteFolder(args, io);
  const progress = openProgress(io, args.has('quiet'));
  const say = (report: object) => io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  try {
    const now = await nowOf(args, site);
    mustBeNewsroom(site);
    const { check } = await import('../check/check.ts');
    const work = check({
      site,
      dist: distFolder(args, site, io),
      cache: cacheFolder(site, io),
      now,
      clock: Date.now(),
      onProgress: (phase, done, total) => progress.show({ phase, done, total }),
    });
    const { problems, stories, pictures } = await stoppable(work, () => progress.end());
    progress.end();
    const errors = problems.filter(({ severity }) => severity === 'error');
    const warnings = problems.filter(({ severity }) => severity === 'warning');
    if (args.has('json'))
      say({ ok: errors.length === 0, errors: errors.map(plainProblem), warnings: warnings.map(plainProblem) });
    else {
      showProblems(problems, io, errors.length ? 'A build would refuse this.' : 'A build would succeed.');
      if (problems.length === 0 && !args.has('quiet'))
        io.stdout.write(
          `No problems found: ${several(stories, 'story')}, ${several(pictures, 'picture')}, ${(performance.now() / 1000).toFixed(2)} s.\n`,
        );
    }
    return errors.length ? 1 : 0;
  } catch (error) {
    progress.end();
    const problems = args.has('json') ? problemsOf(error) : undefined;
    if (!problems) return reportFailure(error, io);
    say({ ok: false, errors: problems.map(plainProblem), warnings: [] });
    return 1;
  }
}

async function explain(rule: string, io: Io): Promise<number> {
  const { explained, ruleMeant } = await import('../check/catalogue/problems-page.ts');
  const said = explained(rule);
  if (said === undefined) {
    const meant = ruleMeant(rule);
    throw new UsageError(
      `There is no rule "${rule}".`,
      meant
        ? `Did you mean  ${meant} ?`
        : 'docs/problems.md lists all rules. A problem shows its rule after its place.',
    );
  }
  io.stdout.write(said);
  return 0;
}
