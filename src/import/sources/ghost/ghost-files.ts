import { dirname, join, posix } from 'node:path';
import { decodePath } from '../../old-address.ts';
import { ImportError, type SourceFile } from '../../source.ts';
import { type ArchiveFiles, openArchive } from '../files/archive-files.ts';
import { ZipError } from '../zip/zip-reader.ts';
import { isGhost } from './detect.ts';

/** An export of Ghost, and where it is. */
export interface GhostFiles {
  archive: ArchiveFiles;
  /** The export itself, as a complete path. */
  file: string;
  /** The folder of the site in the archive, with a slash: it contains `content/`, or what is in it. */
  root: string;
  /** The same, as a complete path. */
  folder: string;
}

/** Redirects are in the folder of the export, or where Ghost itself keeps them. */
const redirects = /^(?:(?:content\/)?(?:data|settings)\/)?redirects\.(?:ya?ml|json)$/i;

/** Opens a JSON file, the folder that contains it, or a zip such as `ghost backup` makes. @throws {ImportError} */
export async function openGhost(source: string, except: readonly string[]): Promise<GhostFiles> {
  const archive = openArchive(source, except);
  try {
    const name = exportIn(archive, source);
    const root = posix
      .dirname(`/${name}`)
      .slice(1)
      .replace(/(?:^|\/)(?:content\/)?data$/i, '');
    const prefix = root === '' ? '' : `${root}/`;
    if (archive.isZip)
      for (const each of archive.files)
        if (each.startsWith(prefix) && redirects.test(each.slice(prefix.length))) await archive.open(each);
    const file = await archive.open(name);
    return { archive, file, root: prefix, folder: archive.isZip ? join(archive.folder, root) : folderOf(file) };
  } catch (error) {
    archive.close();
    if (error instanceof ZipError) throw new ImportError(`${source} cannot be unpacked: ${error.message}.`);
    throw error;
  }
}

/** Without the folders in which Ghost keeps its exports. */
const folderOf = (file: string): string => dirname(file).replace(/[/\\](?:content[/\\])?data$/i, '');

function exportIn(archive: ArchiveFiles, source: string): string {
  const { files, folder, isZip } = archive;
  const [alone] = files;
  if (!isZip && alone !== undefined && files.length === 1 && folder !== source) return alone;
  const depth = (file: string): number => file.split('/').length;
  const named = files
    .filter(
      (file) => /\.json$/i.test(file) && depth(file) <= depthMax && !/(?:^|\/)(?:themes|node_modules)\//i.test(file),
    )
    .filter((file) => !/(?:^|\/)(?:redirects|package|package-lock|routes)\.json$/i.test(file));
  const exports = named.filter((file) => isGhost(archive.startOf(file).toString('latin1').replaceAll('\0', '')));
  const candidates = exports.length > 0 ? exports : named.filter((file) => depth(file) === 1);
  const [only, second] = candidates;
  if (only === undefined) throw new ImportError(`${source} contains no Ghost export (a file that ends in .json).`);
  if (second !== undefined)
    throw new ImportError(`${source} contains several files that end in .json. Name the one that is the export.`);
  return only;
}

const depthMax = 4;

/** Files that an address such as `/content/images/2020/01/a.jpg` can mean, without its size, as complete paths. */
export function contentFiles(
  url: string,
  archive: ArchiveFiles,
  root: string,
  publicFolder: string | undefined,
): string[] {
  const path = decodePath(url.replace(/^(?:https?:)?\/\/[^/]*/i, '').replace(/[?#].*$/s, ''));
  const found = /\/content\/(images|media|files)\/(?:size\/[^/]+\/)?(?:format\/[^/]+\/)?(.+)$/.exec(path);
  if (!found) return [];
  const [, kind = '', rest = ''] = found;
  const name = posix.normalize(rest);
  if (name.startsWith('..') || name.includes('\0')) return [];
  const names = [name, name.replace(/(\.\w+)$/, '_o$1')].flatMap((each) => [
    `content/${kind}/${each}`,
    `${kind}/${each}`,
    each,
  ]);
  return [
    ...(publicFolder === undefined ? [] : names.map((each) => join(publicFolder, each))),
    ...names.flatMap((each): string[] => {
      if (!archive.isZip) return [join(archive.folder, root, each)];
      const unpacked = namesIn(archive).has(root + each) ? archive.openNow(root + each) : undefined;
      return unpacked === undefined ? [] : [unpacked];
    }),
  ];
}

const known = new WeakMap<ArchiveFiles, ReadonlySet<string>>();

function namesIn(archive: ArchiveFiles): ReadonlySet<string> {
  const names = known.get(archive) ?? new Set(archive.files);
  known.set(archive, names);
  return names;
}

/** Members are private. Themes and settings belong to Ghost. */
export function otherFiles({ files, folder }: ArchiveFiles, file: string): SourceFile[] {
  return files
    .filter((each) => join(folder, each) !== file)
    .map((each) => ({
      file: each,
      kind: /\.(?:csv|db|sqlite3?)$/i.test(each)
        ? 'private'
        : /(?:^|\/)(?:images|media|files)\//i.test(each)
          ? 'asset'
          : /(?:^|\/)(?:themes|settings|adapters|logs|public|apps|data)\/|redirects\.(?:ya?ml|json)$|routes\.yaml$/i.test(
                each,
              )
            ? 'generator'
            : /\.(?:jpe?g|png|gif|webp|avif|svg|pdf|mp3|mp4)$/i.test(each)
              ? 'asset'
              : 'not-understood',
    }));
}
