import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IndexHandle } from '../../index/handle.ts';
import { digestOfKey } from '../../queries/families.ts';
import { rendering } from '../../queries/rendering.ts';
import { sha256Of } from '../../site/manifest.ts';
import { type SearchRecord, searchRecord } from './search-record.ts';

/*
 * The records of a year are kept in the cache, each with the queries that it was made from. When one story of the year
 * changes, only its text is compiled again. The file begins with its digest, so a damaged one is not used.
 */

/** A record with its trace. A story that readers cannot find has none. */
interface Kept {
  record?: SearchRecord;
  reads: [key: string, digest: string][];
}

/**
 * The records of the stories of a year, in their order. Their queries become part of the trace of the search index.
 *
 * @param engine a record of another engine is not used
 * @param reads receives the trace
 */
export function recordsOf(
  index: IndexHandle,
  { year, ids, engine, reads }: { year: string; ids: readonly string[]; engine: string; reads: Map<string, string> },
): SearchRecord[] {
  const file = join(`${index.file}-search`, `${year}.json`);
  const before = readKept(file, engine);
  const kept = new Map<string, Kept>();
  let isSame = true;
  for (const id of ids) {
    let one = before.get(id);
    if (!one?.reads.every(([key, digest]) => currentDigest(index, key) === digest)) {
      isSame = false;
      one = makeRecord(index, id);
    }
    kept.set(id, one);
    for (const [key, digest] of one.reads) reads.set(key, digest);
  }
  if (!isSame || before.size !== kept.size) writeKept(file, engine, kept);
  return [...kept.values()].flatMap(({ record }) => record ?? []);
}

/** The digest of a result now. The press has already compared the queries whose results may have changed. */
function currentDigest(index: IndexHandle, key: string): string {
  const known = index.sql('SELECT digest FROM query WHERE key = ?').get(key) as { digest: string } | undefined;
  return known?.digest ?? digestOfKey(index, key);
}

function makeRecord(index: IndexHandle, id: string): Kept {
  const reads = new Map<string, string>();
  const record = rendering({ index, reads }, () => searchRecord(index, id));
  return { ...(record ? { record } : {}), reads: [...reads] };
}

function readKept(file: string, engine: string): Map<string, Kept> {
  try {
    const text = readFileSync(file, 'utf8');
    const end = text.indexOf('\n');
    const json = text.slice(end + 1);
    if (text.slice(0, end) !== sha256Of(engine + json)) return new Map();
    return new Map(JSON.parse(json) as [string, Kept][]);
  } catch {
    return new Map();
  }
}

function writeKept(file: string, engine: string, kept: Map<string, Kept>): void {
  mkdirSync(dirname(file), { recursive: true });
  const json = JSON.stringify([...kept]);
  writeFileSync(`${file}.part`, `${sha256Of(engine + json)}\n${json}`);
  renameSync(`${file}.part`, file);
}
