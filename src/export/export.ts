import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { IndexHandle } from '../index/handle.ts';
import { withTemporaryIndex } from '../index/temporary.ts';
import { ingest } from '../ingest/ingest.ts';
import { scan } from '../ingest/scan.ts';
import { engineVersion } from '../press/engine-version.ts';
import { type ExportOptions, type ExportReport, isFileOf } from './export-options.ts';
import { placeTaken } from './problems.ts';

/**
 * Writes the whole newsroom in a form that other systems read. The newsroom is read as `check` reads it.
 *
 * The folder or file appears when it is complete. An export that is interrupted leaves nothing in its place.
 *
 * @throws ProblemsError if the newsroom has mistakes, or SetupError if there is something in the place already
 */
export async function exportNewsroom(options: ExportOptions): Promise<ExportReport> {
  const { kind, out, site, cache, now, clock, onProgress } = options;
  const isFile = isFileOf(kind, out);
  const isEmpty = !isFile && existsSync(out) && readdirSync(out).length === 0;
  if (existsSync(out) && !isEmpty) throw placeTaken(out, isFile);
  return await withTemporaryIndex(site, cache, engineVersion(cache), async (index) => {
    await ingest(index, scan(index, clock), now, { ...(onProgress && { onProgress }), isAll: true });
    mkdirSync(dirname(out), { recursive: true });
    const unfinished = join(dirname(out), `.${basename(out)}.${randomUUID()}.part`);
    const remove = () => rmSync(unfinished, { recursive: true, force: true });
    process.once('exit', remove); // Ctrl+C ends the process without coming back here
    try {
      if (!isFile) mkdirSync(unfinished);
      const report = await write(index, unfinished, isFile, options);
      if (isEmpty) rmdirSync(out);
      renameSync(unfinished, out);
      return report;
    } finally {
      process.off('exit', remove);
      remove();
    }
  });
}

/** Only the code of one kind is loaded. */
async function write(index: IndexHandle, out: string, isFile: boolean, options: ExportOptions): Promise<ExportReport> {
  switch (options.kind) {
    case 'markdown':
      return await (await import('./markdown.ts')).exportMarkdown(index, out, options);
    case 'ninjs':
      return await (await import('./ninjs.ts')).exportNinjs(index, out, isFile, options);
    case 'wxr':
      return await (await import('./wxr/wxr.ts')).exportWxr(index, out, isFile, options);
  }
}
