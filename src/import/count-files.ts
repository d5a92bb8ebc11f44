import { join } from 'node:path';
import type { Receipt } from './receipt.ts';
import type { SourceFile } from './source.ts';
import { real } from './source-folder.ts';

/** Whether a file is one of the private ones of an archive. @param folder of the archive, as a complete path */
export function privateIn(files: readonly SourceFile[], folder: string): (path: string) => boolean {
  const hidden = new Set(files.filter(({ kind }) => kind === 'private').map(({ file }) => real(join(folder, file))));
  return (path) => hidden.size > 0 && hidden.has(real(path));
}

/** Records the files of an archive that are no items. @param isUsed whether a story has a copy of the file */
export function countFiles(
  files: readonly SourceFile[],
  others: Receipt['others'],
  isUsed: (file: string) => boolean,
): void {
  for (const { file, kind } of files) {
    if (kind === 'not-understood') others.notUnderstood.push(file);
    else if (kind === 'private') others.private.push(file);
    else if (kind === 'generator') others.generator++;
    else others[isUsed(file) ? 'used' : 'unused'].push(file);
  }
}
