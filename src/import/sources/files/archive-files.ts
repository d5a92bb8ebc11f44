import {
  closeSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LeftLog } from '../../left-files.ts';
import { compare } from '../../order.ts';
import { ImportError } from '../../source.ts';
import { real } from '../../source-folder.ts';
import { archiveLimits, ZipError, ZipReader } from '../zip/zip-reader.ts';
import { walkFiles } from './walk.ts';

/** The files of an archive that is a folder or a zip. A file in a zip is unpacked when it is needed. */
export interface ArchiveFiles {
  readonly isZip: boolean;
  /** A complete path. Of a zip: a temporary folder that contains what has been unpacked. */
  readonly folder: string;
  /** Relative to `folder`, with forward slashes, sorted. */
  readonly files: readonly string[];
  /** Entries that are not read, and why. */
  readonly notes: { file: string; note: string }[];
  /** Hidden and temporary files and folders, which are never imported. */
  readonly left: LeftLog;
  /** In bytes. */
  sizeOf(file: string): number;
  /** The first bytes of a file, or none if it cannot be read. */
  startOf(file: string): Buffer;
  /** The complete path of a file, which is unpacked first. @throws {ZipError} it cannot be unpacked */
  open(file: string): Promise<string>;
  /** As `open`, for a file that fits into memory. @returns undefined if it cannot be unpacked */
  openNow(file: string): string | undefined;
  /** Deletes the unpacked copy of a file. */
  free(file: string): void;
  /** Copies a file as it is. @throws {ZipError} */
  copy(file: string, to: string): Promise<void>;
  close(): void;
}

const startBytes = 4096;
/** What `openNow` reads at once: pictures have up to 200 MB. */
const memoryBytesMax = 200_000_000;

/**
 * Opens a folder, a zip, a folder that contains nothing but a zip, or any other file as an archive of its own.
 *
 * @param except folders that are no part of the archive, as complete paths
 * @throws {ImportError} the zip cannot be unpacked
 */
export function openArchive(source: string, except: readonly string[]): ArchiveFiles {
  if (!statSync(source).isDirectory()) return isZipFile(source) ? zipFiles(source) : folderFiles(source, except);
  const opened = folderFiles(source, except);
  const [only] = opened.files;
  const path = only === undefined ? source : join(opened.folder, only);
  return opened.files.length === 1 && isZipFile(path) ? zipFiles(path) : opened;
}

/** Whether a file begins as a zip. */
export const isZipFile = (path: string): boolean =>
  statSync(path).isFile() && firstBytes(path, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));

function firstBytes(path: string, count: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(file, bytes, 0, count, 0));
  } finally {
    closeSync(file);
  }
}

function folderFiles(source: string, except: readonly string[]): ArchiveFiles {
  const { folder, files, notes, left } = walkFiles(source, except);
  return {
    isZip: false,
    folder,
    files,
    notes,
    left,
    sizeOf: (file) => lstatSync(join(folder, file)).size,
    startOf: (file) => firstBytes(join(folder, file), startBytes),
    open: async (file) => join(folder, file),
    openNow: (file) => join(folder, file),
    free: () => {},
    copy: async (file, to) => copyFileSync(join(folder, file), to),
    close: () => {},
  };
}

function zipFiles(source: string): ArchiveFiles {
  const zip = openZip(source);
  const folder = real(mkdtempSync(join(tmpdir(), 'broadsheet-import-')));
  const left = new LeftLog();
  /** Those that are complete on disk. */
  const unpacked = new Set<string>();
  const prepare = (file: string): string => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  return {
    isZip: true,
    folder,
    files: withoutHidden(zip.names(), left).sort(compare),
    left,
    notes: zip.unsafe.map((file) => ({ file, note: 'its name leads outside of the zip, so it is not read' })),
    sizeOf: (file) => zip.sizeOf(file),
    startOf(file) {
      try {
        return zip.start(file, startBytes);
      } catch (error) {
        if (error instanceof ZipError) return Buffer.alloc(0);
        throw error;
      }
    },
    async open(file) {
      try {
        const path = prepare(file);
        if (unpacked.has(file)) return path;
        await zip.unpack(file, path);
        unpacked.add(file);
        return path;
      } catch (error) {
        throw impossibleName(file, error) ?? error;
      }
    },
    openNow(file) {
      try {
        const path = prepare(file);
        if (!unpacked.has(file)) writeFileSync(path, zip.read(file, memoryBytesMax));
        unpacked.add(file);
        return path;
      } catch (error) {
        if (error instanceof ZipError || impossibleName(file, error)) return undefined;
        throw error;
      }
    },
    free(file) {
      if (unpacked.delete(file)) rmSync(join(folder, file), { force: true });
    },
    copy: (file, to) => zip.unpack(file, to),
    close() {
      zip.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One name is a file and also a folder, or the disk cannot hold it. Other errors of the disk end the import. */
function impossibleName(file: string, error: unknown): ZipError | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(?:ENAMETOOLONG|EISDIR|ENOTDIR|EEXIST|EINVAL|EILSEQ)$/.test(code)
    ? new ZipError(`its part ${file.slice(0, 100)} has a name that is not possible (${code})`)
    : undefined;
}

function openZip(source: string): ZipReader {
  try {
    return new ZipReader(source, archiveLimits);
  } catch (error) {
    if (error instanceof ZipError) throw new ImportError(`${source} cannot be unpacked: ${error.message}.`);
    throw error;
  }
}

/** A folder counts once. */
function withoutHidden(names: readonly string[], left: LeftLog): string[] {
  const hidden = new Set<string>();
  return names.filter((name) => {
    let at = '';
    for (const part of name.split('/')) {
      at = at === '' ? part : `${at}/${part}`;
      if (hidden.has(at)) return false;
      if (!left.leaves(at, part)) continue;
      hidden.add(at);
      return false;
    }
    return true;
  });
}
