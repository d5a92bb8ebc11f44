import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from '../press/write.ts';
import { isWireAddress, isWireList, searchFolder } from '../site/address.ts';
import { hostFiles } from '../site/hosting.ts';
import { isManifestFile } from '../site/manifest.ts';
import type { Site } from '../site/site.ts';
import { cssFromDisk, type DiskPage, pageFromDisk } from './from-disk.ts';

/** A file of an edition: changed for the disk, or copied from dist. */
export interface EditionFile {
  /** Relative to the edition, with forward slashes. */
  file: string;
  /** Undefined if it is copied. */
  text?: string;
  /** Its path in dist, absolute. */
  from: string;
  bytes: number;
}

export interface Contents {
  files: Iterable<EditionFile>;
  /** Filled while the files are read: what browsers refuse on a disk, each with the page that uses it. */
  leftOut: { file: string; what: string }[];
}

/**
 * The contents of an edition for the disk, file by file, always the same for the same dist: pages and styles that are
 * changed so that they open without a server, and everything that they use. Feeds, the sitemap, the manifest of contents, the lists
 * for hosts, and the search index, which browsers do not load from a disk, are left out, and so are renditions that no page uses.
 *
 * @param onFile called after each file. The total grows when the pictures are known
 */
export function contentsOf(
  dist: string,
  site: Pick<Site, 'url'>,
  onFile: (done: number, total: number) => void = () => {},
): Contents {
  // Names that Windows cannot store, because readers on Windows could then unpack nothing. They are old addresses, or
  // are in public/.
  const there = [...filesOf(dist)].filter((file) => !isForHosts(file)).sort();
  const all = there.filter((file) => !unholdable.test(file));
  const changed = all.filter(isChanged);
  const copied = all.filter((file) => !isChanged(file) && !isRendition(file));
  const leftOut: Contents['leftOut'] = there
    .filter((file) => unholdable.test(file) && !isChanged(file))
    .map((file) => ({ file, what: 'Windows cannot store a file with this name' }));
  const disk = { site, files: new Set(all) };
  function* files(): Generator<EditionFile> {
    const renditions = new Set<string>();
    let done = 0;
    const isDone = () => {
      done += 1;
      onFile(done, changed.length + copied.length + renditions.size);
    };
    for (const file of changed) {
      const from = join(dist, file);
      const page = fromDisk(readFileSync(from), file, disk);
      for (const used of page?.uses ?? []) if (isRendition(used)) renditions.add(used);
      for (const what of page?.leftOut ?? []) leftOut.push({ file, what });
      yield page
        ? { file, from, text: page.text, bytes: Buffer.byteLength(page.text) }
        : { file, from, bytes: statSync(from).size };
      isDone();
    }
    for (const file of [...copied, ...[...renditions].sort()]) {
      const from = join(dist, file);
      yield { file, from, bytes: statSync(from).size };
      isDone();
    }
  }
  return { files: files(), leftOut };
}

/** Characters that Windows does not allow in names. With one such file, the whole zip cannot be unpacked. */
const unholdable = /[<>:"|?*\\]/;
const isForHosts = (file: string): boolean =>
  isManifestFile(file) ||
  file.startsWith(`${searchFolder}/`) ||
  hostFiles.some(({ name }) => name === file) ||
  isWireAddress(`/${file}`) ||
  isWireList(`/${file}`) ||
  /^(?:robots\.txt|sitemap(?:-[\w-]+)?\.xml|news-sitemap\.xml)$|(?:^|\/)feed\.(?:xml|atom|json)$|^assets\/feed\.css$/.test(
    file,
  );
const isRendition = (file: string): boolean => file.startsWith('assets/pictures/');
const isChanged = (file: string): boolean => /\.(?:html?|css)$/i.test(file);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A file in `public/` in another encoding cannot be read as text, so it is copied unchanged. */
function fromDisk(bytes: Uint8Array, file: string, disk: Parameters<typeof pageFromDisk>[2]): DiskPage | undefined {
  try {
    const text = utf8.decode(bytes);
    return /\.css$/i.test(file) ? cssFromDisk(text, file, disk) : pageFromDisk(text, file, disk);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
