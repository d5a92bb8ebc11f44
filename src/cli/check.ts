import type { Checked, CheckOptions } from '../check/check.ts';
import type { Fixed } from '../check/fix.ts';
import { deployFile } from '../newsroom/deploy-file.ts';
import { several } from '../problems/counted.ts';
import type { Problem } from '../problems/problem.ts';
import { painter } from './colours.ts';
import { type Arguments, type CommandWords, type Io, readArguments, UsageError } from './command.ts';
import { cacheFolder, distFolder, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { nowOf, nowOption } from './now.ts';
import { openProgress } from './progress.ts';
import { plainProblem, problemsOf, reportFailure, showProblems } from './report-problems.ts';
import { stoppable } from './stop.ts';

export const words: CommandWords = {
  usage: 'check [--site DIR] [options]',
  about:
    'Lists everything that a build would refuse, every warning, and what a copy editor would mark, without building.',
  options: {
    site: siteOption,
    out: { value: 'DIR', words: 'the folder of the site, which shows what was published before (default: dist)' },
    now: nowOption,
    json: { words: 'print only the problems, as JSON' },
    fix: { words: 'correct what is certain, such as damaged characters and doubled words, and list the rest' },
    'dry-run': { words: 'with --fix: only show what would change' },
    quiet: { words: 'print nothing unless something is wrong' },
    explain: { value: 'RULE', words: 'explain a rule, such as picture-missing, with an example, and check nothing' },
  },
  examples: [
    ['broadsheet check', 'the newsroom in the current folder'],
    ['broadsheet check --site paper --json', 'for an editor or a script that reads JSON'],
    ['broadsheet check --fix --dry-run', 'what  --fix  would change, line by line'],
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
    if (args.has('dry-run') && !args.has('fix'))
      throw new UsageError('--dry-run works only with --fix.', 'Write  broadsheet check --fix --dry-run .');
    const options: CheckOptions = {
      site,
      dist: distFolder(args, site, io),
      cache: cacheFolder(site, io),
      now,
      clock: Date.now(),
      onProgress: (phase, done, total) => progress.show({ phase, done, total }),
    };
    const { fixed, checked } = await stoppable(checkOrFix(options, args), () => progress.end());
    const { problems, stories, pictures } = checked;
    progress.end();
    const errors = problems.filter(({ severity }) => severity === 'error');
    const warnings = problems.filter(({ severity }) => severity === 'warning');
    if (args.has('json'))
      say({
        ok: errors.length === 0,
        errors: errors.map(plainProblem),
        warnings: warnings.map(plainProblem),
        ...(fixed && { corrections: fixed.corrections, skipped: fixed.skipped }),
      });
    else {
      if (fixed) sayFixed(fixed, args.has('dry-run'), io);
      showProblems(problems, io, outcomeOf(errors));
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

function outcomeOf(errors: Problem[]): string {
  if (errors.length === 0) return 'A build would succeed.';
  return errors.every(({ file }) => file === deployFile) ? 'A deploy would refuse this.' : 'A build would refuse this.';
}

async function checkOrFix(options: CheckOptions, args: Arguments): Promise<{ fixed?: Fixed; checked: Checked }> {
  if (!args.has('fix')) return { checked: await (await import('../check/check.ts')).check(options) };
  const { fix } = await import('../check/fix.ts');
  const fixed = await fix(options, { isDry: args.has('dry-run') });
  return { fixed, checked: fixed.checked };
}

/** The corrections as lines before and after, as in a diff. */
function sayFixed({ corrections, skipped }: Fixed, isDry: boolean, io: Io): void {
  const paint = painter(io.stdout, io);
  for (const { file, line, before, after } of corrections) {
    io.stdout.write(`${paint('bold', `${file}:${line}`)}\n`);
    for (const text of before) io.stdout.write(`${paint('red', `- ${text}`)}\n`);
    for (const text of after) io.stdout.write(`${paint('green', `+ ${text}`)}\n`);
  }
  const files = new Set(corrections.map(({ file }) => file)).size;
  io.stdout.write(
    corrections.length === 0
      ? 'There is nothing that can be corrected with certainty.\n'
      : `${isDry ? 'These lines would change' : 'Corrected'}: ${several(corrections.length, 'place')} in ${several(files, 'file')}.\n`,
  );
  for (const file of skipped)
    io.stdout.write(`${file} was saved meanwhile, so it was not changed. Run the command again.\n`);
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
