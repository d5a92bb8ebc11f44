import { AsyncLocalStorage } from 'node:async_hooks';
import type { IndexHandle } from '../index/handle.ts';

/** The context of a running template. */
export interface Rendering {
  index: IndexHandle;
  /** The queries of the page, each with the digest of its result. `dev` records no trace. */
  reads?: Map<string, string>;
}

// Astro calls the templates, so nothing can be passed to them except in the context of the call. It is stored on
// globalThis, because tests and the bundle of templates may each have a copy of this module.
const key = Symbol.for('broadsheet.rendering');
const shared = globalThis as { [key]?: AsyncLocalStorage<Rendering> };
shared[key] ??= new AsyncLocalStorage();
const renderings = shared[key];

/** Runs the templates for an index: their queries go to it and are recorded in its trace. */
export const rendering = <T>(running: Rendering, work: () => T): T => renderings.run(running, work);

/** The index for the running templates. @throws outside `rendering` */
export function renderedIndex(): IndexHandle {
  const running = renderings.getStore();
  if (!running) throw new Error('no page is being rendered');
  return running.index;
}

/** Records a query in the trace of the page that is being rendered, if there is one. */
export function note(key: string, digest: string): void {
  renderings.getStore()?.reads?.set(key, digest);
}
