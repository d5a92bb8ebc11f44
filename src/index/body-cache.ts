import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { CompiledBody } from '../story/body/compile.ts';

/**
 * Holds the bodies of a large publish between the threads that check them and the threads that print them. Compiling a
 * body takes several times as long as reading it from here, and ten thousand of them in memory would need more space
 * than everything else. Each thread that checks has its own file, which exists for one publish. What is lost when a
 * publish is killed is compiled again.
 *
 * A file contains one body after the other, then for each the hash of its key and its end offset, and then the number
 * of bodies. This takes half the time of an SQLite table, in which a body would fill several leaves.
 */
export interface BodyCache {
  /** For a cache of bodies that is being filled. */
  put?: (key: string, body: CachedBody) => void;
  /** For a cache of bodies that others filled. */
  get?: (key: string) => CachedBody | undefined;
  close(): void;
}

/** The part of a compiled body that printing needs. */
export type CachedBody = Pick<CompiledBody, 'body' | 'words'>;

/** @param number 0 is for the thread that ingests stories. Each thread that reads for it has its own */
export const bodyCacheFile = (indexFile: string, number: number): string => `${indexFile}.bodies-${number}`;

const bytesPerWrite = 1_000_000;
const bytesPerNumber = Float64Array.BYTES_PER_ELEMENT;

/** Creates an empty cache for bodies. @param file must not contain anything yet */
export function makeBodyCache(file: string): BodyCache {
  const disk = openSync(file, 'wx');
  const places: number[] = [];
  let end = 0;
  // All bodies share one buffer: allocating one for each takes twice as long.
  let waiting = Buffer.allocUnsafe(2 * bytesPerWrite);
  let waitingBytes = 0;
  let isOpen = true;
  let isBroken = false;
  const write = (bytes: Uint8Array) => {
    try {
      writeFileSync(disk, bytes);
    } catch (error) {
      isBroken = true;
      throw error;
    }
  };
  const writeWaiting = () => {
    write(waiting.subarray(0, waitingBytes));
    waitingBytes = 0;
  };
  return {
    put: (key, { body, words }) => {
      const record = `${key}\n${JSON.stringify({ body, words })}`;
      // A code unit needs at most three bytes.
      const bytesMax = 3 * record.length;
      if (waitingBytes + bytesMax > waiting.length) writeWaiting();
      if (bytesMax > waiting.length) waiting = Buffer.allocUnsafe(bytesMax);
      const bytes = waiting.write(record, waitingBytes);
      waitingBytes += bytes;
      end += bytes;
      places.push(crc32(key), end);
      if (waitingBytes >= bytesPerWrite) writeWaiting();
    },
    // Cleaning up after a full disk closes it again, which must not raise another error.
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      try {
        if (isBroken) return;
        writeWaiting();
        write(Buffer.from(new Float64Array([...places, places.length / 2]).buffer));
      } finally {
        closeSync(disk);
      }
    },
  };
}

/** Opens all caches of an index that others filled, to read bodies from. Undefined if there are none. */
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

/** @returns undefined if it is not complete. Its bodies are then compiled again */
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
      // If two keys have the same hash, the first is not found and its body is compiled again.
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

/** Deletes all caches of an index, including those of a killed publish. */
export function clearBodyCaches(indexFile: string): void {
  for (const file of bodyCachesOf(indexFile)) rmSync(file, { force: true, recursive: true });
}

function bodyCachesOf(indexFile: string): string[] {
  const folder = dirname(indexFile);
  const begin = `${basename(indexFile)}.bodies-`;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder).flatMap((name) => (name.startsWith(begin) ? [join(folder, name)] : []));
}
