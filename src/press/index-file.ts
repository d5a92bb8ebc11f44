import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { digestOf } from '../index/digest.ts';

/** The index file of a newsroom and a dist. Each dist has its own record of its files. */
export const indexFile = (cache: string, dist: string): string =>
  join(cache, 'index', `${digestOf(dist).replace(/\W/g, '0')}.db`);

/** Resolves the same folder to one name, even before it exists. */
export function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realFolder(above), basename(path));
  }
}
