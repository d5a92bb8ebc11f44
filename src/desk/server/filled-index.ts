import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type DevIndex, openDevIndex } from '../../dev/dev-index.ts';
import { keepLittleInMemory } from '../../index/handle.ts';
import { getRecord } from '../../index/record-rows.ts';
import { meta, setMeta } from '../../press/meta.ts';
import { engineFile } from '../../press/template-folder.ts';
import type { Problem } from '../../problems/problem.ts';
import { isLarge } from '../stories/large-newsroom.ts';

/**
 * Opens the index of the desk. While it is empty, another process fills it if the newsroom is
 * large, so that the desk answers meanwhile. A broken file
 * keeps only itself out; an index stays empty as long as site.yaml has an error.
 *
 * @param file the SQLite file
 */
export function openFilledIndex(options: { site: string; file: string; cache: string; now: () => number }): DevIndex {
  const { site, file, cache, now } = options;
  const index = openDevIndex({ ...options, clock: () => Date.now(), showsHidden: true, leavesOutBroken: true });
  keepLittleInMemory(index.index);
  // Without it, the other process would take the file for one of an older version, and delete it.
  if (meta(index.index, 'warnings') === undefined) setMeta(index.index, 'warnings', '[]');
  const child = new AbortController();
  let filling: Promise<Problem[]> | undefined;
  let found: { problems: Problem[]; until: number } | undefined;

  const fill = async (): Promise<Problem[]> => {
    const began = performance.now();
    const problems = await inProcess(JSON.stringify({ site, file, cache, now: now() }), child.signal);
    index.index.memo.clear();
    // A newsroom with an error is not read over and over while somebody corrects it.
    found = { problems, until: performance.now() + 3 * (performance.now() - began) };
    return problems;
  };
  const isFilled = () => getRecord(index.index, 'site') !== undefined;
  /** @returns the problems that keep the index empty */
  const filled = async (): Promise<Problem[] | undefined> => {
    if (isFilled() || !isLarge(site)) return undefined;
    if (found && performance.now() < found.until) return found.problems;
    filling ??= fill().finally(() => {
      filling = undefined;
    });
    const problems = await filling;
    return isFilled() ? undefined : problems;
  };
  const refresh = async () => {
    try {
      return (await filled()) ?? (await index.refresh());
    } catch (error) {
      if (child.signal.aborted) return [];
      throw error;
    }
  };
  index.index.refresh = async () => {
    await refresh();
  };
  return {
    index: index.index,
    refresh,
    exclusively: async (work) => {
      await filled();
      return await index.exclusively(work);
    },
    close: () => {
      child.abort();
      index.close();
    },
  };
}

/** Fills the index in another process. @returns the problems that it found */
async function inProcess(options: string, signal: AbortSignal): Promise<Problem[]> {
  const child = fork(engineFile('desk/server/fill-index.ts'), [options], { signal, stdio: 'inherit' });
  const failed = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`The process that reads the newsroom ended with ${code}.`);
  });
  const [problems] = await Promise.race([once(child, 'message', { signal }), failed]);
  failed.catch(() => {});
  return problems as Problem[];
}
