import { closeIndexHandle, openIndexHandle } from '../index/handle.ts';
import { indexFile, realFolder } from '../press/index-file.ts';
import { lockPress } from '../press/lock.ts';
import { publish } from '../press/publish.ts';
import type { Progress, PublishOptions } from '../press/publish-options.ts';
import type { Report } from '../press/report.ts';
import { editionMarkerFile, isOurs } from '../press/write.ts';
import { querySite } from '../queries/queries.ts';
import { type Contents, contentsOf, type EditionFile } from './contents.ts';
import { writeFolder } from './folder.ts';
import { foreignEdition } from './problems.ts';
import { isOurZip, writeZip } from './zip.ts';

export type EditionKind = 'zip' | 'folder';

export interface EditionOptions
  extends Pick<PublishOptions, 'site' | 'dist' | 'cache' | 'now' | 'clock' | 'signer' | 'onWait' | 'onNotice'> {
  kind: EditionKind;
  /** The zip or the folder, absolute. */
  out: string;
  onProgress?: (progress: Omit<Progress, 'phase'> & { phase: Progress['phase'] | 'edition' }) => void;
}

/** The contents of an edition. */
export interface EditionReport {
  pages: number;
  /** The number of picture files. */
  pictures: number;
  files: number;
  bytes: number;
  leftOut: Contents['leftOut'];
  /** The report of the build that came first. */
  build: Report;
}

/**
 * Brings the site up to date and creates an edition of it that can be read without a server.
 *
 * @throws ProblemsError if the newsroom has mistakes, or SetupError if the place contains other files. In both cases,
 *   nothing was written
 */
export async function makeEdition(options: EditionOptions): Promise<EditionReport> {
  const { kind, out, site, dist, cache, clock, onProgress = () => {}, onWait = () => {} } = options;
  if (kind === 'zip' ? !isOurZip(out) : !isOurs(out, editionMarkerFile)) throw foreignEdition(out, kind);
  const build = await publish({ ...options, onProgress });
  const release = await lockPress(cache, new Date(clock), onWait); // no build can run while the files are read
  try {
    const contents = contentsOf(dist, siteOf(site, indexFile(cache, realFolder(dist))), (done, total) =>
      onProgress({ phase: 'edition', done, total }),
    );
    const counts = { pages: 0, pictures: 0, files: 0 };
    const files = counted(contents.files, counts);
    const bytes = kind === 'zip' ? await writeZip(out, files) : writeFolder(out, files);
    return { ...counts, bytes, leftOut: contents.leftOut, build };
  } finally {
    release();
  }
}

function siteOf(site: string, file: string) {
  const index = openIndexHandle(site, file, 'read');
  try {
    return querySite(index);
  } finally {
    closeIndexHandle(index);
  }
}

function* counted(files: Iterable<EditionFile>, counts: { pages: number; pictures: number; files: number }) {
  for (const one of files) {
    counts.files += 1;
    if (one.file.endsWith('.html')) counts.pages += 1;
    if (one.file.startsWith('assets/pictures/')) counts.pictures += 1;
    yield one;
  }
}
