import { dirname, relative } from 'node:path';
import { isSameHost } from '../../old-address.ts';
import { ImportError, type SourceFile } from '../../source.ts';
import { type ArchiveFiles, openArchive } from '../files/archive-files.ts';
import { ZipError } from '../zip/zip-reader.ts';
import { isWxr } from './detect.ts';
import type { WxrHead } from './wxr.ts';

export interface WxrFiles {
  archive: ArchiveFiles;
  /** The parts of the export. `path` is complete. */
  files: { name: string; path: string }[];
  others: SourceFile[];
  /** Where uploads can be, as complete paths: beside the parts, or at the top. */
  folders: string[];
}

/**
 * Finds the parts of an export: WordPress.com puts a large one into a zip of several files, and other hosts into several
 * downloads. The files of a folder that are nearest to its top count.
 *
 * @throws {ImportError} there are none
 */
export async function openWxr(source: string, except: readonly string[]): Promise<WxrFiles> {
  const archive = openArchive(source, except);
  try {
    const { files, folder } = archive;
    const [alone] = files;
    const isAlone = !archive.isZip && alone !== undefined && files.length === 1 && folder !== source;
    const names = isAlone ? [alone] : partsIn(archive);
    if (names.length === 0) throw new ImportError(`${source} contains no WordPress export (a file that ends in .xml).`);
    const parts: WxrFiles['files'] = [];
    for (const name of names) parts.push({ name, path: await archive.open(name) });
    const folders = [...new Set([...parts.map(({ path }) => dirname(path)), folder])];
    return { archive, files: parts, folders, others: isAlone ? [] : othersIn(archive, new Set(names)) };
  } catch (error) {
    archive.close();
    if (error instanceof ZipError) throw new ImportError(`${source} cannot be unpacked: ${error.message}.`);
    throw error;
  }
}

function partsIn(archive: ArchiveFiles): string[] {
  const named = archive.files.filter((file) => /\.(?:xml|wxr)$/i.test(file));
  const parts = named.filter((file) => isWxr(archive.startOf(file).toString('latin1').replaceAll('\0', '')));
  const depth = (file: string): number => file.split('/').length;
  const nearest = Math.min(...parts.map(depth));
  return parts.filter((file) => depth(file) === nearest);
}

const isUpload = /\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp|pdf|docx?|xlsx?|pptx?|csv|mp[34]|m4a|mov|webm|zip)$/i;

/** Uploads have several sizes of each picture, and the list of attachments names those that no story uses. */
function othersIn({ files }: ArchiveFiles, parts: ReadonlySet<string>): SourceFile[] {
  return files
    .filter((file) => !parts.has(file))
    .flatMap((file): SourceFile[] =>
      isUpload.test(file) && /(?:^|\/)(?:uploads|\d{4}\/\d\d)\//.test(file)
        ? []
        : [{ file, kind: isUpload.test(file) ? 'asset' : 'not-understood' }],
    );
}

/** Of possible files, those that exist in an archive. */
export function unpackedUploads(archive: ArchiveFiles, paths: readonly string[]): string[] {
  if (!archive.isZip) return [...paths];
  const known = new Set(archive.files);
  return paths.flatMap((path) => {
    const name = relative(archive.folder, path).replaceAll('\\', '/');
    const unpacked = known.has(name) ? archive.openNow(name) : undefined;
    return unpacked === undefined ? [] : [unpacked];
  });
}

/** The numbers of posts and pictures are only unique on one site. @throws {ImportError} there are several sites */
export function mustBeOneSite(heads: ReadonlyMap<string, WxrHead>): void {
  const hosts: { name: string; host: string }[] = [];
  for (const [name, { baseBlogUrl, link }] of heads) {
    const url = baseBlogUrl || link || '';
    if (URL.canParse(url)) hosts.push({ name, host: new URL(url).host });
  }
  const [first] = hosts;
  const other = hosts.find(({ host }) => first !== undefined && !isSameHost(host, first.host));
  if (first === undefined || other === undefined) return;
  throw new ImportError(
    `${first.name} is an export of ${first.host}, and ${other.name} one of ${other.host}. Import each site from a folder of its own.`,
  );
}
