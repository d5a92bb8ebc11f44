import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { openDevIndex } from '../../dev/dev-index.ts';
import { openStore } from '../store/store.ts';
import type { DeskContext } from './context.ts';
import { openEvents } from './events.ts';

/**
 * Opens everything that the desk of a newsroom needs.
 *
 * @param site the newsroom's folder
 * @param cache the cache folder, absolute
 * @param now the clock, in ms
 * @returns the context, and a function that closes it
 */
export function openDesk(
  site: string,
  cache: string,
  now: () => number = () => Date.now(),
): { context: DeskContext; close(): void } {
  const root = realpathSync(site);
  const store = openStore(root);
  // Not the index of `dev`, which may run at the same time.
  const file = join(cache, 'desk/index.db');
  const index = openDevIndex({ site: root, file, cache, now, clock: now, showsHidden: true });
  const context: DeskContext = {
    site: root,
    cache,
    index,
    store,
    events: openEvents(),
    token: randomBytes(24).toString('base64url'),
    previewKey: randomBytes(18).toString('base64url'),
    now,
  };
  const close = () => {
    index.close();
    store.close();
  };
  return { context, close };
}
