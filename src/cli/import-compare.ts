import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareSites, comparisonWords } from '../import/compare/compare.ts';
import { ImportError } from '../import/source.ts';
import { type Arguments, type Io, UsageError } from './command.ts';
import { progressOn } from './import-progress.ts';

/**
 * `broadsheet import --compare OLD DIST`: checks that each old address answers and has its words.
 *
 * @returns 0 if nothing is missing, 1 otherwise
 * @throws UsageError
 */
export function compareWith(old: string, args: Arguments, io: Io): number {
  const [named = 'dist', ...more] = args.words;
  if (more.length > 0)
    throw new UsageError(
      `Unexpected argument: "${more.join(' ')}". Name the folder of the new site:  broadsheet import --compare ${old} DIST .`,
      '',
    );
  const dist = resolve(io.cwd, named);
  const progress = progressOn(io.stderr);
  try {
    const comparison = compareSites({
      old: resolve(io.cwd, old),
      dist,
      base: baseOf(dist),
      onProgress: progress.show,
    });
    progress.end();
    io.stdout.write(args.has('json') ? `${JSON.stringify(comparison, null, 2)}\n` : comparisonWords(comparison));
    return comparison.open.length === 0 ? 0 : 1;
  } catch (error) {
    progress.end();
    if (!(error instanceof ImportError)) throw error;
    io.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** The folder under which a built site is published. Its front page says it in the canonical address. */
function baseOf(dist: string): string | undefined {
  const front = join(dist, 'index.html');
  if (!existsSync(front)) return undefined;
  const canonical = /<link[^>]*\srel="?canonical"?[^>]*>/i.exec(readFileSync(front, 'utf8'))?.[0];
  const href = /\shref="?([^"\s>]+)/i.exec(canonical ?? '')?.[1];
  if (href === undefined || !URL.canParse(href)) return undefined;
  return new URL(href).pathname.replace(/\/+$/, '') || undefined;
}
