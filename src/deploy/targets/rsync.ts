import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TargetOf } from '../../newsroom/deploy-schema.ts';
import { holderHere, holderOf, type LockStore, type LockTimes, lockFile, takeLock } from '../lock.ts';
import {
  intentFile,
  isInWorkFolder,
  isLeftAlone,
  type Listing,
  type RemoteFile,
  type Upload,
  type WholeSite,
  type WholeTarget,
  workFolder,
} from '../target.ts';
import { uploadOfText } from '../upload.ts';
import { listedEntry } from './rsync-listing.ts';
import { rsyncProgram } from './rsync-program.ts';
import { stage } from './stage.ts';

const nameBytesMax = 255;
const checkMs = 5000;

/**
 * A folder of a server, with rsync over ssh. It knows the settings of ssh, such as jump hosts.
 *
 * rsync sends many files with one connection, so each step of a deploy is one run. The files are copied to a folder of
 * this machine first, because their digests must be right when they are sent, however long that takes.
 *
 * @param name for messages
 */
export function rsyncTarget(
  name: string,
  settings: TargetOf<'rsync'>,
  {
    env = process.env,
    times,
    command = 'deploy',
  }: { env?: NodeJS.ProcessEnv; times?: LockTimes | undefined; command?: string } = {},
): WholeTarget {
  const holder = holderHere(command, new Date());
  const run = rsyncProgram(name, settings, env);
  const to = settings.to.replace(/\/*$/, '/');
  const staging = mkdtempSync(join(tmpdir(), 'broadsheet-rsync-'));
  let listed = new Map<string, RemoteFile>();
  /**
   * Where rsync puts incomplete files, so that nothing of them is left elsewhere. Each deploy has its own and deletes
   * those of others: an rsync that outlived a killed deploy cannot put another file in its place then.
   */
  const partFolder = `${workFolder}/parts-${holder.id}`;
  let leftovers: string[] = [];

  async function contents(): Promise<Listing> {
    listed = new Map();
    leftovers = [];
    const onLine = (line: string) => {
      const entry = listedEntry(line);
      if (!entry || isLeftAlone(entry.path)) return;
      const { path, file, isFolder } = entry;
      if (path === workFolder || dirname(path) === workFolder) leftovers.push(path);
      if (!isFolder && (!isInWorkFolder(path) || path === intentFile)) listed.set(path, file);
    };
    const excluded = ['.git', '.hg', '.svn', 'acme-challenge'].flatMap((folder) => ['--exclude', `${folder}/`]);
    await run({ args: ['--list-only', '--no-human-readable', '-r', ...excluded, to], onLine });
    return listed;
  }

  /** Sends what is in a folder of this machine. */
  async function sendFolder(folder: string, names: readonly string[], options: string[] = [], onFile = () => {}) {
    await run({
      args: [
        '--recursive',
        '--times',
        '--ignore-times', // a file with the same size and time can have other bytes
        '--chmod=D755,F644',
        ...options,
        `${folder}/`,
        to,
      ],
      names,
      onLine: onFile,
    });
  }

  /** Copies files to a folder of this machine. @returns what the listing will say about them */
  async function staged(folder: string, uploads: readonly Upload[]): Promise<[string, RemoteFile][]> {
    rmSync(folder, { recursive: true, force: true });
    await stage(folder, uploads);
    // The listing knows only seconds.
    const seconds = Math.floor(Date.now() / 1000);
    const stamp = new Date(seconds * 1000).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
    for (const { path } of uploads) await utimes(join(folder, path), seconds, seconds);
    return uploads.map(({ path, size }) => [path, { size, stamp }]);
  }

  async function removeAll(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    for (const path of paths) listed.delete(path);
    await removeNames(paths);
    // A folder that is not empty stays, because somebody else has put something there.
    for (const folders of emptied(paths, listed)) await removeNames(folders);
  }

  /** rsync deletes what is named and missing here, but the folders above it must exist here. */
  async function removeNames(names: readonly string[], options: string[] = []): Promise<void> {
    const empty = mkdtempSync(join(staging, 'empty-'));
    for (const folder of new Set(names.map((path) => dirname(path))))
      await mkdir(join(empty, folder), { recursive: true });
    await run({ args: ['--recursive', '--delete-missing-args', ...options, `${empty}/`, to], names });
    rmSync(empty, { recursive: true });
  }

  /** The folder itself stays if another deploy has begun and put its lock there. */
  async function removeWorkFolder(): Promise<void> {
    await removeNames([intentFile, partFolder], ['--force']);
    await removeNames([workFolder]);
  }

  /** Tells the next deploy whose files these are if this one is stopped, and deletes what an earlier one left. */
  async function begin(intent: readonly string[]): Promise<void> {
    const old = leftovers.filter((path) => dirname(path) === workFolder && ![lockFile, intentFile].includes(path));
    if (old.length > 0) await removeNames(old, ['--force']);
    const folder = mkdtempSync(join(staging, 'intent-'));
    await stage(folder, [uploadOfText(intentFile, JSON.stringify(intent))]);
    await sendFolder(folder, [intentFile], [`--temp-dir=${partFolder}`]);
    rmSync(folder, { recursive: true });
  }

  async function lockText(): Promise<string | undefined> {
    const got = join(staging, 'got');
    rmSync(got, { recursive: true, force: true });
    mkdirSync(got);
    // A file that does not exist is no failure.
    await run({ args: ['--ignore-missing-args', to, `${got}/`], names: [lockFile], mayBeMissing: true });
    return await readFile(join(got, lockFile), 'utf8').catch(() => undefined);
  }

  async function sendLock(text: string, options: string[]): Promise<void> {
    const folder = mkdtempSync(join(staging, 'lock-'));
    await mkdir(join(folder, partFolder), { recursive: true });
    await writeFile(join(folder, lockFile), text);
    await sendFolder(folder, [partFolder, lockFile], options);
    rmSync(folder, { recursive: true });
  }

  const store: LockStore = {
    async create(text) {
      await sendLock(text, ['--ignore-existing']);
      const found = await lockText();
      // After a lost connection, the lock is still there.
      return found !== undefined && holderOf(found)?.id === holder.id;
    },
    read: lockText,
    write: (text) => sendLock(text, []),
    async remove(text) {
      if ((await lockText()) === text) await removeAll([lockFile]);
    },
  };

  async function publish({ files, steps, clear, intent, onProgress, onSent, onRemoved }: WholeSite): Promise<Listing> {
    const lock = await takeLock(name, store, holder, times);
    const sent = new Map<string, RemoteFile>();
    let done = 0;
    let bytes = 0;
    const remove = async (paths: readonly string[]) => {
      await removeAll(paths);
      onRemoved(paths);
      done += paths.length;
      onProgress(done, bytes);
    };
    const send = async (paths: readonly string[]) => {
      const folder = join(staging, 'site');
      const uploads = paths.map((path) => files.get(path)!);
      const said = new Map(await staged(folder, uploads));
      const before = done;
      await sendFolder(folder, paths, [`--temp-dir=${partFolder}`, '--out-format=%i %n'], () => {
        done = Math.min(before + uploads.length, done + 1);
        onProgress(done, bytes);
      });
      done = before + paths.length;
      for (const { size } of uploads) bytes += size;
      onProgress(done, bytes);
      for (const [path, file] of said) {
        sent.set(path, file);
        listed.set(path, file);
      }
      await onSent(said);
    };
    try {
      await begin(intent);
      let checked = Date.now();
      for (const step of steps) {
        // A machine that was asleep may have lost its lock. Each look at it takes a connection.
        if (Date.now() - checked > checkMs) await lock.check();
        checked = Date.now();
        if ('remove' in step) {
          await remove(step.remove);
          continue;
        }
        const inTheWay = new Set(step.send.flatMap((path) => clear.get(path) ?? []).filter((path) => listed.has(path)));
        if (inTheWay.size > 0) await remove([...inTheWay]);
        await send(step.send);
      }
    } catch (error) {
      await lock.release().catch(() => {}); // the connection may be lost
      throw error;
    }
    await lock.release();
    await removeWorkFolder();
    return sent;
  }

  /** Files that are asked for at the same moment come with one connection. */
  let asked: string[] = [];
  let fetching: Promise<string> | undefined;
  async function fetched(paths: readonly string[]): Promise<string> {
    const got = mkdtempSync(join(staging, 'read-'));
    await run({ args: ['--ignore-missing-args', to, `${got}/`], names: paths, mayBeMissing: true });
    return got;
  }
  async function read(path: string): Promise<Uint8Array | undefined> {
    fetching ??= new Promise((resolve) => setImmediate(resolve)).then(async () => {
      const paths = asked;
      asked = [];
      fetching = undefined;
      return await fetched(paths);
    });
    asked.push(path);
    const file = join(await fetching, path);
    const bytes = await readFile(file).catch(() => undefined);
    rmSync(file, { force: true });
    return bytes;
  }

  return {
    name,
    isNear: false,
    readsSlowly: true,
    whyNot: (path) =>
      path.split('/').some((segment) => Buffer.byteLength(segment) > nameBytesMax)
        ? `a name in it is longer than ${nameBytesMax} bytes`
        : undefined,
    get hasLeftovers() {
      return leftovers.length > 0;
    },
    contents,
    read,
    publish,
    async close() {
      rmSync(staging, { recursive: true, force: true });
    },
  };
}

/** The folders that are empty after files were deleted, those of each depth together, the deepest first. */
function emptied(deleted: readonly string[], left: ReadonlyMap<string, unknown>): string[][] {
  const used = new Set<string>();
  for (const path of left.keys()) for (const folder of foldersOf(path)) used.add(folder);
  const empty = [...new Set(deleted.flatMap(foldersOf))].filter((folder) => !used.has(folder));
  const depths = Map.groupBy(empty, (folder) => folder.split('/').length);
  return [...depths].sort(([a], [b]) => b - a).map(([, folders]) => folders);
}

function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.push(folder);
  return folders;
}
