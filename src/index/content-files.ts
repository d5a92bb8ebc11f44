import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexHandle } from './handle.ts';

/**
 * The bytes of a file of the newsroom. Whatever fills an index or prints from it reads through this function, so that a
 * preview can show texts that are not saved.
 *
 * @param path newsroom-relative
 * @throws the disk error if the file cannot be read
 */
export const readContent = ({ root, overlay }: Pick<IndexHandle, 'root' | 'overlay'>, path: string): Buffer =>
  overlay?.get(path) ?? readFileSync(join(root, path));
