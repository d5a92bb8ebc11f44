import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './engine.ts';
import type { Results } from './run.ts';

const file = join(repository, 'docs/benchmarks.md');

/** Puts tables between the markers of docs/benchmarks.md. The text around them stays. */
export function writeDocument(results: Results, tables: string[]): void {
  const mark = results.isGrowth
    ? 'growth'
    : results.sizes.some(({ hasPictures }) => hasPictures)
      ? 'pictures'
      : 'sizes';
  writeFileSync(
    file,
    between(
      readFileSync(file, 'utf8'),
      mark,
      `${setting(results)}\n\n${tables.join('\n\n')}${results.notRun.map((text) => `\n\n${text}`).join('')}`,
    ),
  );
}

/** Puts one table between its markers, with the day of the run. */
export function writeSection(mark: string, table: string): void {
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(file, between(readFileSync(file, 'utf8'), mark, `${date}. ${table}`));
}

/** @throws Error if the markers do not exist */
export function between(text: string, mark: string, content: string): string {
  const [start, end] = [`<!-- ${mark}: written by npm run bench -->`, `<!-- end of ${mark} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`docs/benchmarks.md has no place for "${mark}": it needs the lines ${start} and ${end}.`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}

function setting({ date, machine, sizes }: Results): string {
  const runs = sizes[0]?.ours.at(-1)?.runs.length ?? 1;
  const noise =
    machine.load > 1
      ? ` Other programs were running: the load was ${machine.load} before the first run, so compare figures only within a table.`
      : '';
  return `${date}, ${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB, ${machine.platform}, Node ${machine.node}. ${runs === 1 ? 'Measured once.' : `Medians of ${runs} runs.`}${noise}`;
}
