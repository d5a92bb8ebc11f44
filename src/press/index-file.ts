import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { digestOf } from '../index/digest.ts';

/** The index file of a pair of newsroom and dist. Each dist has its own record of what lies in it. */
export const indexFile = (cache: string, dist: string): string =>
  join(cache, 'index', `${digestOf(dist).replace(/\W/g, '0')}.db`);

/** The same folder by one name, also before it is there. */
export function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realFolder(above), basename(path));
  }
}
