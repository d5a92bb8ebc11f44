import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { watchFiles } from '../../ingest/watch-files.ts';
import type { Signer } from '../../press/publish-options.ts';
import type { Problem } from '../../problems/problem.ts';
import { openPreview } from '../preview/preview.ts';
import { isRefusal, openPublisher } from '../publish/publisher.ts';
import { openStore } from '../store/store.ts';
import { openStoryList } from '../stories/story-list.ts';
import type { DeskContext } from './context.ts';
import { openEvents } from './events.ts';
import { openFilledIndex } from './filled-index.ts';
import { knownProblems } from './known-problems.ts';

/**
 * Opens everything that the desk of a newsroom needs.
 *
 * @param site the newsroom's folder
 * @param cache the cache folder, absolute
 * @param now the clock, in ms
 * @param tell called with the stack trace of a bug
 * @param note called with what the person who runs the desk must know
 * @param signer opens the key that signs the manifest, if there is one
 * @returns the context, and a function that closes it
 */
export function openDesk(
  site: string,
  cache: string,
  {
    now = () => Date.now(),
    tell = () => {},
    note = () => {},
    signer,
  }: {
    now?: (() => number) | undefined;
    tell?: (stack: string) => void;
    note?: (says: string) => void;
    signer?: () => Promise<Signer | undefined>;
  } = {},
): { context: DeskContext; close(): void } {
  const root = realpathSync(site);
  const events = openEvents();
  const notices: string[] = [];
  const notice = (says: string) => {
    notices.push(says);
    note(says);
    events.send({ kind: 'notice', says });
  };
  const store = openStore(root, notice);
  // Not the index of `dev`, which may run at the same time.
  const file = join(cache, 'desk/index.db');
  const index = openFilledIndex({ site: root, file, cache, now });
  const count = (all: Problem[], severity: Problem['severity']) =>
    all.filter((one) => one.severity === severity).length;
  const problems = knownProblems(index, (all) =>
    events.send({ kind: 'problems', errors: count(all, 'error'), warnings: count(all, 'warning') }),
  );
  const preview = openPreview({ site: root, cache, newsroom: index, now });
  const lists = { site: root, file: join(cache, 'desk/stories.db'), dist: join(root, 'dist') };
  const list = openStoryList(lists, (path, digest) =>
    events.send({ kind: 'changed', path, ...(digest !== undefined && { digest }) }),
  );
  const publisher = openPublisher({
    site: root,
    cache,
    now,
    signer,
    onPublished: (_, isDue) => {
      if (isDue) events.send({ kind: 'published', paths: [] });
    },
    // What is due is refused: the mistakes are listed where they are, and it is tried again.
    onFault: (fault) => {
      if (!isRefusal(fault)) context.tell(fault);
    },
  });
  const context: DeskContext = {
    site: root,
    cache,
    index,
    problems,
    preview,
    publisher,
    list,
    store,
    events,
    notices,
    token: randomBytes(24).toString('base64url'),
    previewKey: randomBytes(18).toString('base64url'),
    tell: (fault) => tell(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)),
    now,
  };
  const follow = () => {
    list.scan().catch(context.tell);
    problems.now().catch(context.tell);
  };
  // In a later step, so that the desk answers first.
  const first = setImmediate(follow);
  const unwatch = watchFiles(root, follow, notice);
  const close = () => {
    publisher.close();
    preview.close();
    clearImmediate(first);
    unwatch();
    list.close();
    index.close();
    store.close();
  };
  return { context, close };
}
