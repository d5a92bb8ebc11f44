import { statSync } from 'node:fs';
import { isBloggerFeed } from './sources/blogger/detect.ts';
import { type ArchiveFiles, isZipFile, openArchive } from './sources/files/archive-files.ts';
import { isGhost } from './sources/ghost/detect.ts';
import { isMediumPost } from './sources/medium/detect.ts';
import { isPostsCsv } from './sources/substack/detect.ts';
import { isWxr } from './sources/wordpress/detect.ts';

export type ExportKind = 'wordpress' | 'ghost' | 'substack' | 'medium' | 'blogger';

/** How many files of a kind are opened to recognise it. */
const opensMax = 20;

/** The system that wrote an export, from the first bytes of the files in it: a file, a folder, or a zip. */
export function detectExport(path: string): ExportKind | undefined {
  const isFolder = statSync(path).isDirectory();
  if (!isFolder && !isZipFile(path)) {
    const archive = openArchive(path, []);
    return kindOfStart(textOf(archive.startOf(archive.files[0] ?? '')));
  }
  let archive: ArchiveFiles;
  try {
    archive = openArchive(path, []);
  } catch {
    return undefined;
  }
  try {
    return detectIn(archive);
  } finally {
    archive.close();
  }
}

function detectIn(archive: ArchiveFiles): ExportKind | undefined {
  const base = baseOf(archive.files);
  const inside = archive.files.filter((file) => file.startsWith(base)).map((file) => file.slice(base.length));
  // A folder of Markdown can contain a feed, or the data of another system.
  if (inside.some((file) => /^[^/]+\.(?:md|markdown|mdx)$/i.test(file))) return undefined;
  const starts = function* (pattern: RegExp): Generator<string> {
    for (const file of inside.filter((each) => pattern.test(each)).slice(0, opensMax))
      yield textOf(archive.startOf(base + file));
  };
  for (const start of starts(/^posts\.csv$/)) if (isPostsCsv(start)) return 'substack';
  for (const start of starts(/^posts\/[^/]+\.html?$/i)) if (isMediumPost(start)) return 'medium';
  for (const start of starts(/^(?:(?:data|content\/data)\/)?[^/]+\.(?:xml|wxr|json|atom)$/i)) {
    const kind = kindOfStart(start);
    if (kind !== undefined) return kind;
  }
  for (const start of starts(/^(?:Blogger\/)?Blogs\/[^/]+\/[^/]+\.(?:atom|xml)$/i))
    if (isBloggerFeed(start)) return 'blogger';
  return undefined;
}

/** Many archives have one folder around everything. `Takeout/` can also contain a page about its content. */
function baseOf(files: readonly string[]): string {
  let base = '';
  for (let turn = 0; turn < depthMax; turn++) {
    const rest = files.filter((file) => file.startsWith(base)).map((file) => file.slice(base.length));
    const names = new Set(
      rest.filter((file) => !/^archive_browser\.html$/i.test(file)).map((file) => file.split('/')[0]),
    );
    const [only] = names;
    if (names.size !== 1 || !only || rest.includes(only) || /^(?:posts|Blogger|Blogs|data|content)$/i.test(only))
      return base;
    base += `${only}/`;
  }
  return base;
}

const depthMax = 4;

function kindOfStart(start: string): ExportKind | undefined {
  if (isWxr(start)) return 'wordpress';
  if (isBloggerFeed(start)) return 'blogger';
  return isGhost(start) ? 'ghost' : undefined;
}

/** Without the zeros, UTF-16 is recognised too. */
const textOf = (start: Buffer): string => start.toString('latin1').replaceAll('\0', '');
