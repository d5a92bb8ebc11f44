import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SourceKind } from '../../source.ts';
import { detectFile } from './signatures.ts';
import { startOf, walkFiles } from './walk.ts';

const filesMax = 2000;

/** The kind of a file, or of most files of a folder, if each of them is a story of its own. */
export function detectFiles(path: string): SourceKind | undefined {
  if (!statSync(path).isDirectory()) return detectFile(basename(path), startOf(path));
  const counts = new Map<SourceKind, number>();
  for (const file of walkFiles(path, []).files.slice(0, filesMax)) {
    const kind = /\.(?:md|markdown|mdx)$/i.test(file) ? 'markdown' : detectFile(file, startOf(join(path, file)));
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
