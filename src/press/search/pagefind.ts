import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { manifestOf } from '../installed-packages.ts';
import { searchIndexFailed, searchProgramMissing } from '../problems.ts';
import { engineFile, templatesFolder } from '../template-folder.ts';
import type { IndexerResult, IndexerTask, PagefindFile } from '../threads/search-indexer.ts';
import type { SearchRecord } from './search-record.ts';

/** Pagefind's index of some records. The same records have the same files. */
export interface PagefindIndex {
  version: string;
  /** By language: the name of its index, its rules for words, or null if it has none, and the number of stories. */
  languages: Record<string, { hash: string; wasm: string | null; page_count: number }>;
  /** As it is in Pagefind's own entry. */
  included: string[];
  files: PagefindFile[];
  /** The licence of the program in the browser, which requires that each copy has it. */
  licence: string;
}

/**
 * At most this many files have the texts of a year in one language. A larger file is loaded for the sake of one story,
 * and more files take longer to look at in every build.
 */
const fragmentsMax = 256;

/**
 * Indexes records with Pagefind's program, which runs beside this process. A thread waits for it, because its package
 * does not say when the program was killed.
 *
 * @throws SetupError if the program is not installed or fails
 */
export async function pagefindIndex(records: readonly SearchRecord[]): Promise<PagefindIndex> {
  const workerData: IndexerTask = { records, fragmentsMax };
  const thread = new Worker(engineFile('press/threads/search-indexer.ts'), { workerData, stderr: true });
  let said = '';
  thread.stderr.on('data', (data) => (said += data));
  const result = await new Promise<IndexerResult>((resolve) => {
    thread.once('message', resolve);
    thread.once('error', (error) => resolve({ said: error.message }));
    thread.once('exit', () => resolve({ said: said.trim().split('\n')[0] || 'the program ended early' }));
  });
  if ('isMissing' in result) throw searchProgramMissing(`${process.platform}-${process.arch}`);
  if ('said' in result) throw searchIndexFailed(result.said);
  const entry = result.files.find(({ path }) => path === entryFile);
  if (!entry) throw searchIndexFailed(`${entryFile} is missing`);
  const { version, languages, include_characters: included } = JSON.parse(Buffer.from(entry.content).toString());
  return { version, languages, included, files: result.files, licence: licence() };
}

export const entryFile = 'pagefind-entry.json';

function licence(): string {
  const folder = dirname(manifestOf('pagefind', join(templatesFolder, 'press/fonts.ts')) ?? '');
  return readFileSync(join(folder, 'LICENSE/LICENSE'), 'utf8');
}
