import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from '../press/write.ts';
import type { Site } from '../site/site.ts';
import { cssFromDisk, type DiskPage, pageFromDisk } from './from-disk.ts';

/** A file of an edition: changed for the disk, or one of dist as it is. */
export interface EditionFile {
  /** Relative to the edition, with forward slashes. */
  file: string;
  /** Undefined when it is copied. */
  text?: string;
  /** Where it lies in dist, absolute. */
  from: string;
  bytes: number;
}

export interface Contents {
  files: Iterable<EditionFile>;
  /** Filled while the files are taken: what browsers refuse on a disk, each with the page that asks for it. */
  leftOut: { file: string; what: string }[];
}

/**
 * What an edition for the disk holds, one file after another, the same for the same dist: pages and styles
 * changed so that they open without a server, and whatever they use. Feeds, the sitemap and the lists
 * for hosts stay behind, and so do renditions that no page asks for any more.
 *
 * @param onFile told after each file; the total grows when pictures are known
 */
export function contentsOf(
  dist: string,
  site: Pick<Site, 'url'>,
  onFile: (done: number, total: number) => void = () => {},
): Contents {
  // Of what Windows cannot hold at all, readers there could unpack nothing: those are old addresses, or of public/.
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

/** Signs that Windows allows in no name: one such file, and a zip is not unpacked at all. */
const unholdable = /[<>:"|?*\\]/;
const isForHosts = (file: string): boolean =>
  /^(?:_redirects|_headers|robots\.txt|sitemap(?:-[\w-]+)?\.xml)$|(?:^|\/)feed\.xml$/.test(file);
const isRendition = (file: string): boolean => file.startsWith('assets/pictures/');
const isChanged = (file: string): boolean => /\.(?:html?|css)$/i.test(file);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A file of `public/` in another encoding is not ours to read, and goes along as it is. */
function fromDisk(bytes: Uint8Array, file: string, disk: Parameters<typeof pageFromDisk>[2]): DiskPage | undefined {
  try {
    const text = utf8.decode(bytes);
    return /\.css$/i.test(file) ? cssFromDisk(text, file, disk) : pageFromDisk(text, file, disk);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
