import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../../check/check.ts';
import { type ImportOptions, importArchive } from '../../import.ts';
import { smallArchive } from '../../small-archive.fixture.ts';
import type { SourceKind } from '../../source.ts';

const now = Date.UTC(2026, 10, 1);

/** Imports files into a new newsroom, and checks it as an editor would. */
export async function importFiles(
  kind: SourceKind,
  files: Record<string, string | Uint8Array>,
  options: Partial<ImportOptions> = {},
) {
  const archive = smallArchive(files);
  const site = join(archive.root, 'site');
  const run = (more: Partial<ImportOptions> = {}) =>
    importArchive(kind, { source: join(archive.root, 'in'), site, permalinks: [], dryRun: false, ...options, ...more });
  const receipt = await run();
  const { problems } = await check({ site, cache: join(archive.root, 'cache'), now, clock: now });
  const written = receipt.stories.filter(({ path }) => path.startsWith('stories/'));
  const stories = written.map(({ file, story }) => {
    const folder = join(archive.stories, story);
    const name = readdirSync(folder).find((each) => /^index\.mdx?$/.test(each)) ?? 'index.md';
    return { file, story, text: readFileSync(join(folder, name), 'utf8'), files: readdirSync(folder).sort() };
  });
  return {
    archive,
    receipt,
    stories,
    /** The one story. */
    text: stories[0]?.text ?? '',
    body: (stories[0]?.text ?? '').replace(/^---[\s\S]*?\n---\n\n?/, ''),
    notes: receipt.notes.map(({ note }) => note),
    errors: problems
      .filter(({ severity }) => severity === 'error')
      .map(({ file, line, message }) => `${file}:${line} ${message}`),
    again: run,
  };
}
