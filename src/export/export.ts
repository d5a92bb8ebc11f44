import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { withTemporaryIndex } from '../index/temporary.ts';
import { ingest } from '../ingest/ingest.ts';
import { scan } from '../ingest/scan.ts';
import { engineVersion } from '../press/engine-version.ts';
import type { ExportOptions, ExportReport } from './export-options.ts';
import { exportMarkdown } from './markdown.ts';
import { placeTaken } from './problems.ts';

/**
 * Writes the whole newsroom in a form that other systems read. The newsroom is read as `check` reads it.
 *
 * The folder appears when it is complete. An export that is interrupted leaves nothing in its place.
 *
 * @throws ProblemsError if the newsroom has mistakes, or SetupError if there is something in the place already
 */
export async function exportNewsroom(options: ExportOptions): Promise<ExportReport> {
  const { out, site, cache, now, clock, onProgress } = options;
  const isEmpty = existsSync(out) && readdirSync(out).length === 0;
  if (existsSync(out) && !isEmpty) throw placeTaken(out);
  return await withTemporaryIndex(site, cache, engineVersion(cache), async (index) => {
    await ingest(index, scan(index, clock), now, { ...(onProgress && { onProgress }), isAll: true });
    mkdirSync(dirname(out), { recursive: true });
    const unfinished = join(dirname(out), `.${basename(out)}.${randomUUID()}.part`);
    const remove = () => rmSync(unfinished, { recursive: true, force: true });
    process.once('exit', remove); // Ctrl+C ends the process without coming back here
    try {
      mkdirSync(unfinished);
      const report = await exportMarkdown(index, unfinished, options);
      if (isEmpty) rmdirSync(out);
      renameSync(unfinished, out);
      return report;
    } finally {
      process.off('exit', remove);
      remove();
    }
  });
}
