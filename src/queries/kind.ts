import type { IndexHandle } from '../index/handle.ts';
import type { Result } from '../index/rows.ts';
import { note } from './rendering.ts';

/*
 * What a trace promises. A page is left as it is only while
 *
 * - the template version is the one that rendered it, and
 * - every query it made still has the same digest.
 *
 * So while a page is rendered, it must not read a file except through a query, because an edit would go unnoticed, and
 * must not read the clock, because the page would become outdated by itself. `press/what-an-edit-touches.test.ts` tests
 * this.
 */

/** The arguments of a query. */
export type Arguments = readonly (string | number)[];

/** A kind of query. Its name and its arguments are the key under which traces are stored. */
export interface Kind<Args extends Arguments, Value> {
  name: string;
  /**
   * What a query is about. An edit names subjects, and all queries about them are run again. A subject can be too wide (a
   * result that is the same makes no page stale), but never too narrow.
   */
  subject: (...args: Args) => string;
  /** Runs the query. The digest of the result decides which pages are stale. */
  resolve: (index: IndexHandle, ...args: Args) => Result<Value>;
}

/** A kind with any arguments, for code that finds it by name. */
// biome-ignore lint/suspicious/noExplicitAny: each kind has arguments of its own, and they come from JSON
export type AnyKind = Kind<any, unknown>;

const keyOf = ({ name }: AnyKind, args: Arguments): string => JSON.stringify([name, ...args]);

/** Runs a query and records it in the trace of the page that is being rendered. */
export function read<Args extends Arguments, Value>(index: IndexHandle, kind: Kind<Args, Value>, ...args: Args): Value {
  const { digest, value } = kind.resolve(index, ...args);
  note(keyOf(kind, args), digest);
  return value();
}

/** `read` for queries of many pages: the result is cached until the index changes. It must not be modified. */
export function readOften<Args extends Arguments, Value>(
  index: IndexHandle,
  kind: Kind<Args, Value>,
  ...args: Args
): Value {
  const key = keyOf(kind, args);
  const { memo } = index;
  let kept = memo.get(key);
  if (!kept) {
    const { digest, value } = kind.resolve(index, ...args);
    kept = { digest, value: value() };
    memo.set(key, kept);
  }
  note(key, kept.digest);
  return kept.value as Value;
}
