import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeAtomically } from '../pictures/ledger.ts';
import { openFolder } from './newsroom.ts';
import type { Receipt } from './receipt.ts';
import type { SourceFacts } from './source.ts';
import { printAuthor } from './story-file.ts';

/** Writes what an archive has besides its stories: a file for each author, and the comments of readers. */
export async function writeFacts(
  { authors, comments }: SourceFacts,
  { site, cache, dryRun, receipt }: { site: string; cache: string; dryRun: boolean; receipt: Receipt },
): Promise<void> {
  const folder = join(site, 'content/authors');
  for (const author of authors ?? []) {
    const isThere = ['yaml', 'yml'].some((ending) => existsSync(join(folder, `${author.id}.${ending}`)));
    receipt.authors[isThere ? 'unchanged' : 'written'].push(author.id);
    if (isThere || dryRun) continue;
    openFolder(site, folder);
    await writeAtomically(join(folder, `${author.id}.yaml`), printAuthor(author));
  }
  if (!comments || comments.count === 0) return;
  receipt.comments = { count: comments.count };
  if (dryRun) return;
  const file = join(cache, 'import/comments.jsonl');
  mkdirSync(join(cache, 'import'), { recursive: true });
  rmSync(file, { force: true });
  await pipeline(comments.lines(), createWriteStream(file));
  receipt.comments.kept = file.startsWith(`${site}/`) ? file.slice(site.length + 1) : file;
}
