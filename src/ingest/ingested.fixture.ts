import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { closeIndexHandle, type IndexHandle, openIndexHandle, transaction } from '../index/handle.ts';
import { siteYaml, story } from '../press/small-newsroom.fixture.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { type IngestOptions, ingest } from './ingest.ts';
import type { NewsroomChanges } from './ingest-run.ts';
import { scan } from './scan.ts';

/** A newsroom in a temporary folder with an index in memory, which no press uses. It takes a few milliseconds. */
export interface IngestedNewsroom {
  root: string;
  index: IndexHandle;
  put(file: string, text: string | Uint8Array): void;
  remove(file: string): void;
  /**
   * Ingests what has changed, by default at noon on 1 June 2025 UTC, and commits it.
   *
   * @param also runs in the same transaction
   * @throws ProblemsError for a newsroom with mistakes, of which nothing is kept
   */
  ingest(at?: string, also?: (changes: NewsroomChanges) => void, options?: IngestOptions): Promise<NewsroomChanges>;
  /** The mistakes for which the newsroom is refused, or the warnings if it is not, as `FILE:LINE RULE`. */
  said(at?: string, options?: IngestOptions): Promise<string[]>;
  close(): void;
}

export const noon = '2025-06-01T12:00:00Z';

/** @param files in addition to site.yaml */
export function openNewsroom(files: Record<string, string | Uint8Array> = {}): IngestedNewsroom {
  const root = mkdtempSync(join(tmpdir(), 'ingested-'));
  const index = openIndexHandle(root, ':memory:');
  const put = (file: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const run: IngestedNewsroom['ingest'] = (at = noon, also, options) =>
    transaction(index.db, async () => {
      const changes = await ingest(index, scan(index, Date.now()), Date.parse(at), options);
      also?.(changes);
      return changes;
    });
  put('content/site.yaml', siteYaml);
  for (const [file, text] of Object.entries(files)) put(file, text);
  return {
    root,
    index,
    put,
    remove: (file) => rmSync(join(root, file), { recursive: true, force: true }),
    ingest: run,
    said: async (at, options) => (await problemsOf(() => run(at, undefined, options))).map(briefly).sort(),
    close: () => {
      closeIndexHandle(index);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A newsroom that has been ingested, and is deleted when the test ends. */
export async function newsroomWith(files: Record<string, string | Uint8Array> = {}): Promise<IngestedNewsroom> {
  const newsroom = openNewsroom(files);
  onTestFinished(newsroom.close);
  await newsroom.ingest();
  return newsroom;
}

/** What an ingest says: mistakes, or only warnings. */
export async function problemsOf(work: () => Promise<NewsroomChanges>): Promise<Problem[]> {
  try {
    return (await work()).warnings;
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

export const briefly = ({ file, line, rule }: Problem): string => `${file}:${line} ${rule}`;

/** The file of a story with a folder of its own. */
export const fileOf = (id: string): string => `content/stories/${id}/index.md`;

/** A story file by its name, with a headline and a date that nothing else has to give. */
export const file = (id: string, front: Record<string, unknown> = {}, body?: string): Record<string, string> => ({
  [fileOf(id)]: story({ headline: `Headline of ${id}`, ...front }, body),
});
