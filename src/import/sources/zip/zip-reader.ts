import { closeSync, createWriteStream, fstatSync, openSync, readSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createInflateRaw, inflateRawSync } from 'node:zlib';

/** What the limits of a zip are. A document has a few hundred parts, and its pictures are the large ones. */
export interface ZipLimits {
  entriesMax: number;
  /** Of one entry, unpacked. */
  entryBytesMax: number;
  /** Of all entries together, unpacked. */
  totalBytesMax: number;
  /** Only an entry that breaks a limit is refused, and not the whole zip. */
  isPartial?: boolean;
}

export const documentLimits: ZipLimits = {
  entriesMax: 20_000,
  entryBytesMax: 200_000_000,
  totalBytesMax: 1_000_000_000,
};

/** An archive of a site has a file for each picture, and only what is needed is unpacked. */
export const archiveLimits: ZipLimits = {
  entriesMax: 500_000,
  entryBytesMax: 8_000_000_000,
  totalBytesMax: Number.POSITIVE_INFINITY,
  isPartial: true,
};

interface Entry {
  name: string;
  method: number;
  isEncrypted: boolean;
  packed: number;
  unpacked: number;
  offset: number;
  /** Why it cannot be unpacked. */
  refused?: string;
}

/** Why a zip cannot be read, as the second half of a sentence. */
export class ZipError extends Error {
  override name = 'ZipError';
}

const endBytes = 22;
const commentBytesMax = 65_535;
/** A document compresses to a tenth. Only a zip bomb has a thousandth. */
const ratioMax = 1_000;
const ratioFromBytes = 10_000_000;
const pieceBytes = 1 << 18;

/**
 * Reads the entries of a zip one at a time, so only the parts that are needed are unpacked. The sizes in the directory
 * are checked before anything is unpacked, and an entry that turns out to be larger than it claims is refused.
 *
 * @throws {ZipError} not a zip, truncated, or too large
 */
export class ZipReader {
  readonly #file: number;
  readonly #size: number;
  readonly #entries = new Map<string, Entry>();
  /** Names that lead outside of the zip. They are never unpacked. */
  readonly unsafe: string[] = [];

  constructor(path: string, limits: ZipLimits = documentLimits) {
    this.#file = openSync(path, 'r');
    try {
      this.#size = fstatSync(this.#file).size;
      this.#readDirectory(limits);
    } catch (error) {
      closeSync(this.#file);
      throw error;
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The size that the directory claims. */
  sizeOf(name: string): number {
    return this.#entries.get(name)?.unpacked ?? 0;
  }

  /**
   * Unpacks an entry. @param bytesMax more is refused, whatever the directory claims
   *
   * @throws {ZipError} no such entry, encrypted, damaged, or too large
   */
  read(name: string, bytesMax: number): Buffer {
    const entry = this.#entries.get(name);
    if (entry !== undefined && entry.unpacked > bytesMax)
      throw new ZipError(`its part ${name} is too large (${megabytes(entry.unpacked)})`);
    const { from, packed: length, method, unpacked } = this.#dataOf(name);
    // A part that is not compressed can lie about its size as well.
    if (method === 0 && length > bytesMax) throw new ZipError(`its part ${name} is larger than it claims`);
    const packed = this.#bytes(from, length);
    if (method === 0) return packed;
    try {
      return inflateRawSync(packed, { maxOutputLength: Math.max(1, Math.min(bytesMax, unpacked || bytesMax)) });
    } catch (error) {
      const isLarger = error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      throw new ZipError(`its part ${name} is ${isLarger ? 'larger than it claims' : 'damaged'}`);
    }
  }

  /** The first bytes of an entry, unpacked. @throws {ZipError} as `read` */
  start(name: string, bytes: number): Buffer {
    const { from, packed, method } = this.#dataOf(name);
    const first = this.#bytes(from, Math.min(packed, bytes));
    if (method === 0) return first;
    try {
      return inflateRawSync(first, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: bytes * ratioMax }).subarray(
        0,
        bytes,
      );
    } catch {
      throw new ZipError(`its part ${name} is damaged`);
    }
  }

  /** Unpacks an entry to a file, in bounded memory. @throws {ZipError} as `read`. What was written of it stays */
  async unpack(name: string, to: string): Promise<void> {
    const { from, packed, method, unpacked } = this.#dataOf(name);
    const pieces = function* (this: ZipReader): Generator<Buffer> {
      for (let at = 0; at < packed; at += pieceBytes) yield this.#bytes(from + at, Math.min(pieceBytes, packed - at));
    }.call(this);
    let done = 0;
    const counted = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const piece of source) {
        done += piece.length;
        if (done > unpacked) throw new ZipError(`its part ${name} is larger than it claims`);
        yield piece;
      }
    };
    const stream = method === 0 ? new PassThrough() : createInflateRaw();
    try {
      await pipeline(Readable.from(pieces), stream, counted, createWriteStream(to));
    } catch (error) {
      if (isZlibError(error)) throw new ZipError(`its part ${name} is damaged`);
      throw error;
    }
  }

  #dataOf(name: string): Entry & { from: number } {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new ZipError(`it has no part ${name}`);
    if (entry.refused !== undefined) throw new ZipError(entry.refused);
    if (entry.isEncrypted) throw new ZipError('it is encrypted');
    const header = this.#bytes(entry.offset, 30);
    if (header.readUInt32LE(0) !== 0x04034b50) throw new ZipError(`its part ${name} is damaged`);
    if (entry.method !== 0 && entry.method !== 8)
      throw new ZipError(`its part ${name} is compressed in a way that is not known`);
    const from = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    if (from + entry.packed > this.#size) throw new ZipError('it is truncated');
    return { ...entry, from };
  }

  #bytes(from: number, length: number): Buffer {
    if (from < 0 || length < 0 || from + length > this.#size) throw new ZipError('it is truncated');
    const bytes = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const read = readSync(this.#file, bytes, done, length - done, from + done);
      if (read === 0) throw new ZipError('it is truncated');
      done += read;
    }
    return bytes;
  }

  #readDirectory(limits: ZipLimits): void {
    if (this.#size < endBytes) throw new ZipError('it is truncated');
    const tailBytes = Math.min(this.#size, endBytes + commentBytesMax);
    const tail = this.#bytes(this.#size - tailBytes, tailBytes);
    let end = tail.length - endBytes;
    while (end >= 0 && tail.readUInt32LE(end) !== 0x06054b50) end--;
    if (end < 0) throw new ZipError('it is truncated, or not a zip file');
    let count = tail.readUInt16LE(end + 10);
    let bytes = tail.readUInt32LE(end + 12);
    let from = tail.readUInt32LE(end + 16);
    if (count === 0xffff || from === 0xffffffff) {
      const locator = end - 20;
      if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) throw new ZipError('its directory is damaged');
      const end64 = this.#bytes(Number(tail.readBigUInt64LE(locator + 8)), 56);
      if (end64.readUInt32LE(0) !== 0x06064b50) throw new ZipError('its directory is damaged');
      count = Number(end64.readBigUInt64LE(32));
      bytes = Number(end64.readBigUInt64LE(40));
      from = Number(end64.readBigUInt64LE(48));
    }
    if (count > limits.entriesMax) throw new ZipError(`it has ${count} parts, and the limit is ${limits.entriesMax}`);
    const directory = this.#bytes(from, bytes);
    let total = 0;
    let at = 0;
    for (let index = 0; index < count; index++) {
      if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
        throw new ZipError('its directory is damaged');
      const entry = readEntry(directory, at);
      at += 46 + directory.readUInt16LE(at + 28) + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
      total += entry.unpacked;
      const refused = refusedEntry(entry, limits);
      if (refused !== undefined && !limits.isPartial) throw new ZipError(refused);
      if (refused !== undefined) entry.refused = refused;
      if (total > limits.totalBytesMax)
        throw new ZipError(`it would unpack to more than ${megabytes(limits.totalBytesMax)}`);
      if (isUnsafe(entry.name)) this.unsafe.push(entry.name);
      else if (!entry.name.endsWith('/')) this.#entries.set(entry.name, entry);
    }
  }
}

function refusedEntry({ name, unpacked, packed }: Entry, { entryBytesMax }: ZipLimits): string | undefined {
  if (unpacked > entryBytesMax) return `its part ${name.slice(0, 100)} would unpack to ${megabytes(unpacked)}`;
  if (unpacked > ratioFromBytes && unpacked > packed * ratioMax)
    return `its part ${name.slice(0, 100)} is a zip bomb (${megabytes(unpacked)} in ${packed} bytes)`;
  return undefined;
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^Z_|^ERR_BUFFER/.test(String(error.code));

function readEntry(directory: Buffer, at: number): Entry {
  const flags = directory.readUInt16LE(at + 8);
  const nameBytes = directory.subarray(at + 46, at + 46 + directory.readUInt16LE(at + 28));
  let unpacked = directory.readUInt32LE(at + 24);
  let packed = directory.readUInt32LE(at + 20);
  let offset = directory.readUInt32LE(at + 42);
  // ZIP64: the fields that are full are in an extra field, in this order.
  const extra = directory.subarray(
    at + 46 + nameBytes.length,
    at + 46 + nameBytes.length + directory.readUInt16LE(at + 30),
  );
  for (let place = 0; place + 4 <= extra.length; place += 4 + extra.readUInt16LE(place + 2)) {
    if (extra.readUInt16LE(place) !== 1) continue;
    let field = place + 4;
    const next = (): number => {
      const value = field + 8 <= extra.length ? Number(extra.readBigUInt64LE(field)) : Number.MAX_SAFE_INTEGER;
      field += 8;
      return value;
    };
    if (unpacked === 0xffffffff) unpacked = next();
    if (packed === 0xffffffff) packed = next();
    if (offset === 0xffffffff) offset = next();
  }
  return {
    // Bit 11 says UTF-8. Old programs write the letters of a code page, and ours only have to be unique then.
    name: nameBytes.toString(flags & 0x800 ? 'utf8' : isUtf8(nameBytes) ? 'utf8' : 'latin1').replaceAll('\\', '/'),
    method: directory.readUInt16LE(at + 10),
    isEncrypted: (flags & 1) === 1,
    packed,
    unpacked,
    offset,
  };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const isUnsafe = (name: string): boolean =>
  name.includes('\0') || /^(?:\/|[a-z]:)/i.test(name) || name.split('/').includes('..');

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e5) / 10} MB`;
