import type { Receipt } from './receipt.ts';
import type { SourceFile } from './source.ts';

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
