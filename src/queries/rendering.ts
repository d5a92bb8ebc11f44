import { AsyncLocalStorage } from 'node:async_hooks';
import type { IndexHandle } from '../index/handle.ts';

/** What a template that runs now belongs to. */
export interface Rendering {
  index: IndexHandle;
  /** The queries of the page, each with the digest of its result. `dev` keeps no trace. */
  reads?: Map<string, string>;
}

// Astro calls templates, so nothing can be handed to them but in the context of the call. It hangs on globalThis, because
// tests and the bundle of templates may each have a copy of this module.
const key = Symbol.for('broadsheet.rendering');
const shared = globalThis as { [key]?: AsyncLocalStorage<Rendering> };
shared[key] ??= new AsyncLocalStorage();
const renderings = shared[key];

/** Runs the templates for an index: their queries go to it, and are noted in its trace. */
export const rendering = <T>(running: Rendering, work: () => T): T => renderings.run(running, work);

/** The index that the templates which run now ask. @throws outside of `rendering` */
export function renderedIndex(): IndexHandle {
  const running = renderings.getStore();
  if (!running) throw new Error('no page is being rendered');
  return running.index;
}

/** Notes a query in the trace of the page being rendered, if one is. */
export function note(key: string, digest: string): void {
  renderings.getStore()?.reads?.set(key, digest);
}
