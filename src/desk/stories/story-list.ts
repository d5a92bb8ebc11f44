import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../index/digest.ts';
import { fileOfAddress } from '../../site/address.ts';
import { type FileRows, type FileStamp, openFileRows } from '../store/file-rows.ts';
import { isPicture, kindOfPath } from './kinds.ts';
import { newsroomLists, readSite } from './newsroom-lists.ts';
import { readPictures } from './read-pictures.ts';
import { bytesOf, contentFiles, isSameStamp, openTurns, stampOf } from './scan-content.ts';
import { type ReadWith, storyFacts } from './story-facts.ts';

/** All stories of the newsroom, kept up to date while the desk is open. */
export interface StoryList {
  rows: FileRows;
  /** Reads one file again, because the desk has just written or deleted it. */
  update(path: string): void;
  /** Reads every file that is new or has changed. Calls that come meanwhile share the one that follows. */
  scan(): Promise<void>;
  /** Whether every file has been read at least once. Until then, the newest stories are listed. */
  isComplete(): boolean;
  /** Marks which stories have a page in dist, if dist has changed. */
  checkDist(): Promise<void>;
  close(): void;
}

/** This many files are stored at once. */
const batchMax = 40;

/**
 * Opens the list.
 *
 * @param site the newsroom's folder
 * @param file the SQLite file, in the cache
 * @param dist the folder of the site
 * @param onChange called with every file that another program changed, by its path relative to `content/`. The digest is
 *   undefined if it was deleted
 */
export function openStoryList(
  { site, file, dist }: { site: string; file: string; dist: string },
  onChange: (path: string, digest: string | undefined) => void,
): StoryList {
  const rows = openFileRows(file);
  let readWith = withNewsroom(rows, site);
  let isComplete = rows.meta('complete') === 'yes';
  let isClosed = false;
  let running: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  let distSeen = rows.meta('dist');

  /** What is in a picture is read later, because that takes longer. @param isSidecar only its texts have changed */
  const readPicture = (path: string, stamp: FileStamp | undefined, isSidecar = false): boolean => {
    if (!isSidecar && stamp) rows.put(path, stamp, `${stamp.size} ${stamp.mtime}`);
    if (!isSidecar && !stamp) rows.remove(path);
    if (stamp ?? stampOf(site, path)) rows.pictures.add(path);
    else rows.pictures.remove(path);
    return false;
  };

  /** @returns whether its content is new */
  const read = (path: string): boolean => {
    const stamp = stampOf(site, path);
    if (isPicture(path)) return readPicture(path, stamp);
    if (kindOfPath(path) === 'picture') readPicture(path.replace(/\.ya?ml$/i, ''), undefined, true);
    const bytes = stamp && bytesOf(site, path);
    const before = rows.digestOf(path);
    if (!stamp || !bytes) {
      rows.remove(path);
      if (before !== undefined && isComplete) onChange(path, undefined);
      return before !== undefined;
    }
    const digest = digestOf(bytes);
    const story = kindOfPath(path) === 'story' ? storyFacts(path, bytes, readWith) : undefined;
    rows.put(path, stamp, digest, story);
    if (before !== digest && isComplete) onChange(path, digest);
    return before !== digest;
  };

  const scanOnce = async () => {
    readWith = withNewsroom(rows, site);
    const rest = openTurns();
    const known = rows.known();
    let batch: string[] = [];
    const store = () => {
      const paths = batch;
      batch = [];
      if (paths.length > 0 && !isClosed) rows.transaction(() => paths.forEach(read));
    };
    for await (const { path, stamp } of contentFiles(site)) {
      if (isClosed) return;
      if (!isSameStamp(known.get(path), stamp)) batch.push(path);
      known.delete(path);
      if (batch.length >= batchMax) store();
      await rest();
    }
    batch.push(...known.keys());
    store();
    if (isClosed) return;
    isComplete = true;
    rows.setMeta('complete', 'yes');
    await checkDist();
    await readAllPictures();
  };

  const checkDist = async () => {
    const now = signatureOfDist(dist);
    if (now === distSeen || !isComplete) return;
    distSeen = now;
    const rest = openTurns();
    const marks = new Map<string, boolean>();
    for (const { path, address } of rows.addresses()) {
      marks.set(path, now === '' || existsSync(join(dist, fileOfAddress(address))));
      await rest();
    }
    if (isClosed) return;
    rows.transaction(() => rows.markPages(marks));
    rows.setMeta('dist', now);
  };

  let reading: Promise<void> | undefined;
  const readAllPictures = (): Promise<void> => {
    if (isClosed) return Promise.resolve();
    reading ??= readPictures(site, rows.pictures, () => isClosed).finally(() => {
      reading = undefined;
    });
    return reading;
  };

  const scan = (): Promise<void> => {
    // What was asked for before the end may come to its turn after it.
    if (isClosed) return Promise.resolve();
    if (running) {
      const follow = () => {
        following = undefined;
        return scan();
      };
      following ??= running.then(follow, follow);
      return following;
    }
    running = scanOnce().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    rows,
    update: (path) => {
      // Everything is read again with the new settings.
      if (kindOfPath(path) !== 'story' && !isPicture(path)) void scan().catch(() => {});
      rows.transaction(() => read(path));
      if (isPicture(path)) void readAllPictures().catch(() => {});
    },
    scan,
    isComplete: () => isComplete,
    checkDist,
    close: () => {
      isClosed = true;
      rows.close();
    },
  };
}

/** If what stories are read with has changed, all of them are read again. */
function withNewsroom(rows: FileRows, site: string): ReadWith {
  const settings = readSite(site);
  const names = new Map(newsroomLists(site).authors.map(({ id, name }) => [id, name]));
  const { timeZone, language, permalink } = settings;
  const signature = digestOf(JSON.stringify([timeZone, language, permalink, [...names]]));
  if (rows.meta('newsroom') !== signature) {
    rows.transaction(() => {
      rows.clear();
      rows.setMeta('newsroom', signature);
    });
  }
  return { site: settings, authorName: (id) => names.get(id) };
}

/** Changes whenever a publish has written something. '' if nothing was ever built here. */
function signatureOfDist(dist: string): string {
  const times = ['index.html', 'sitemap.xml', '.well-known/broadsheet.json']
    .map((name) => statSync(join(dist, name), { throwIfNoEntry: false })?.mtimeMs)
    .filter((time) => time !== undefined);
  return times.join(' ');
}
