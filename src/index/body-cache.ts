import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { CompiledBody } from '../story/body/compile.ts';

/**
 * Where the bodies of a large publish wait between the threads that check them and the threads that print
 * them. Compiling one takes several times as long as reading it from here, and in memory ten thousand
 * would weigh more than everything else. Each thread that checks has a file of its own: it lives as long as one
 * publish, and what is lost with a killed one is compiled again.
 *
 * A file holds one body after the other, then for each the sum of its key and where it ends, then how many there are:
 * half the work of a table of SQLite, where a body would fill several leaves.
 */
export interface BodyCache {
  /** Of a cache of bodies that is being filled. */
  put?: (key: string, body: CachedBody) => void;
  /** Of a cache of bodies that others filled. */
  get?: (key: string) => CachedBody | undefined;
  close(): void;
}

/** What printing needs of a compiled body. */
export type CachedBody = Pick<CompiledBody, 'body' | 'words'>;

/** @param number 0 is that of the thread which takes stories in; each that reads for it has its own */
export const bodyCacheFile = (indexFile: string, number: number): string => `${indexFile}.bodies-${number}`;

const bytesPerWrite = 1_000_000;
const bytesPerNumber = Float64Array.BYTES_PER_ELEMENT;

/** An empty cache to put bodies into. @param file must not hold anything yet */
export function makeBodyCache(file: string): BodyCache {
  const disk = openSync(file, 'wx');
  const places: number[] = [];
  let end = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let isOpen = true;
  let isBroken = false;
  const write = () => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    try {
      writeFileSync(disk, bytes);
    } catch (error) {
      isBroken = true;
      throw error;
    }
  };
  return {
    put: (key, { body, words }) => {
      const record = Buffer.from(`${key}\n${JSON.stringify({ body, words })}`);
      end += record.length;
      places.push(crc32(key), end);
      waiting.push(record);
      waitingBytes += record.length;
      if (waitingBytes >= bytesPerWrite) write();
    },
    // Whoever clears up after a full disk closes once more, and is told nothing new.
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      try {
        if (isBroken) return;
        waiting.push(Buffer.from(new Float64Array([...places, places.length / 2]).buffer));
        write();
      } finally {
        closeSync(disk);
      }
    },
  };
}

/** All caches of an index as others left them, to read bodies from; undefined when there is none. */
export function openBodyCaches(indexFile: string): BodyCache | undefined {
  const bodyCaches = bodyCachesOf(indexFile).flatMap((file) => openBodyCache(file) ?? []);
  if (bodyCaches.length === 0) return undefined;
  return {
    get: (key) => {
      for (const { get } of bodyCaches) {
        const body = get(key);
        if (body) return body;
      }
      return undefined;
    },
    close: () => {
      for (const { close } of bodyCaches) close();
    },
  };
}

/** @returns undefined when it is not whole: what was on it is compiled again */
function openBodyCache(file: string): Required<Pick<BodyCache, 'get' | 'close'>> | undefined {
  const disk = openSync(file, 'r');
  const numbersAt = (start: number, count: number): Float64Array => {
    const numbers = new Float64Array(count);
    readSync(disk, numbers, 0, numbers.byteLength, start);
    return numbers;
  };
  const { size } = fstatSync(disk);
  const count = size < bytesPerNumber ? -1 : numbersAt(size - bytesPerNumber, 1)[0]!;
  const bytesOfPlaces = (2 * count + 1) * bytesPerNumber;
  const isCount = Number.isInteger(count) && count >= 0 && bytesOfPlaces <= size;
  const places = isCount ? numbersAt(size - bytesOfPlaces, 2 * count) : new Float64Array();
  const end = count > 0 ? places[2 * count - 1] : 0;
  if (!isCount || end !== size - bytesOfPlaces) {
    closeSync(disk);
    return undefined;
  }
  const bySum = new Map<number, number>();
  for (let at = 0; at < count; at++) bySum.set(places[2 * at]!, at);
  let bytes = Buffer.alloc(2 ** 16);
  return {
    get: (key) => {
      const at = bySum.get(crc32(key));
      if (at === undefined) return undefined;
      const start = at === 0 ? 0 : places[2 * at - 1]!;
      const length = places[2 * at + 1]! - start;
      if (!(length > 0 && length <= size)) return undefined;
      if (length > bytes.length) bytes = Buffer.alloc(2 * length);
      readSync(disk, bytes, 0, length, start);
      const keyBytes = Buffer.byteLength(key);
      // Of two keys with one sum the first is not found; its body is compiled again.
      if (bytes.toString('utf8', 0, keyBytes) !== key) return undefined;
      try {
        return JSON.parse(bytes.toString('utf8', keyBytes, length)) as CachedBody;
      } catch {
        return undefined;
      }
    },
    close: () => closeSync(disk),
  };
}

/** Removes all caches of an index, including those that a killed publish left. */
export function clearBodyCaches(indexFile: string): void {
  for (const file of bodyCachesOf(indexFile)) rmSync(file, { force: true, recursive: true });
}

function bodyCachesOf(indexFile: string): string[] {
  const folder = dirname(indexFile);
  const begin = `${basename(indexFile)}.bodies-`;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder).flatMap((name) => (name.startsWith(begin) ? [join(folder, name)] : []));
}
