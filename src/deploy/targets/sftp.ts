import { dirname } from 'node:path/posix';
import { pipeline } from 'node:stream/promises';
import pLimit from 'p-limit';
import type { SFTPWrapper, Stats } from 'ssh2';
import type SftpClient from 'ssh2-sftp-client';
import type { TargetOf } from '../../newsroom/deploy-schema.ts';
import { type LockStore, type LockTimes, lockFile, takeLock } from '../lock.ts';
import {
  type Holder,
  intentFile,
  isLeftAlone,
  type Listing,
  type RemoteFile,
  type Target,
  type Upload,
  workFolder,
} from '../target.ts';
import { isFailed, isGone, type SftpConnection, sftpConnection } from './sftp-connection.ts';
import { makeFolder, replaceFile, statOf, writeFile } from './sftp-requests.ts';

/** For incomplete files, so that nothing of them is left elsewhere. */
const partFolder = `${workFolder}/parts`;
const nameBytesMax = 255;
/** A server answers requests one after the other, but does not have to wait for the next. */
const listedAtOnce = 32;

/**
 * A folder of a server, over SFTP.
 *
 * A file is written beside the site and renamed (`posix-rename@openssh.com`), because a plain rename does not replace a
 * file. For the lock, this is just what is needed.
 *
 * @param name for messages
 */
export function sftpTarget(
  name: string,
  settings: TargetOf<'sftp'>,
  { env = process.env, times }: { env?: NodeJS.ProcessEnv; times?: LockTimes | undefined } = {},
): Target {
  const root = settings.path.replace(/\/+$/, '') || '/';
  const at = (path: string) => (path === '' ? root : `${root === '/' ? '' : root}/${path}`);
  const connection = sftpConnection(name, settings, env);
  const { asked } = connection;
  const folders = foldersOf(connection, at);
  let parts = 0;
  /** What was last seen of each file. */
  const stamps = new Map<string, string>();

  async function put(file: Upload): Promise<RemoteFile> {
    const part = `${partFolder}/${parts++}`;
    return await asked(async (sftp, requests) => {
      try {
        const folder = folders.create(dirname(file.path));
        folder.catch(() => {}); // awaited when the part is complete
        const written = await write(sftp, requests, part, file);
        await folder;
        await replace(sftp, requests, part, file.path);
        return await renewed(file.path, written);
      } catch (error) {
        await sftp.delete(at(part), true).catch(() => {}); // the connection may be lost
        throw error;
      }
    }, file.path);
  }

  async function write(sftp: SftpClient, requests: SFTPWrapper, part: string, file: Upload): Promise<RemoteFile> {
    if (!file.isLarge) return saidOf(await writeFile(requests, at(part), Buffer.from(await file.bytes())));
    await pipeline(file.stream(), sftp.createWriteStream(at(part)));
    return saidOf(await statOf(requests, at(part)));
  }

  /**
   * Times have only seconds. A file that is replaced within one, by one of the same size, would look the same to browsers
   * and to the next deploy.
   */
  async function renewed(path: string, file: RemoteFile): Promise<RemoteFile> {
    const old = stamps.get(path);
    if (file.stamp === old) {
      const seconds = Math.floor(Number(file.stamp) / 1000) + 1;
      await connection.setTime(at(path), seconds);
      file.stamp = String(seconds * 1000);
    }
    stamps.set(path, file.stamp);
    return file;
  }

  async function replace(sftp: SftpClient, requests: SFTPWrapper, from: string, to: string): Promise<void> {
    try {
      await replaceFile(requests, at(from), at(to));
    } catch (error) {
      if (isGone(error)) await folders.createAgain(dirname(to));
      // An empty folder is not in any listing. One that is not empty is not ours to delete.
      else if (isFailed(error) && (await sftp.exists(at(to))) === 'd') await sftp.rmdir(at(to));
      else throw error;
      await replaceFile(requests, at(from), at(to));
    }
  }

  async function contents(): Promise<Listing> {
    const files = new Map<string, RemoteFile>();
    folders.forget();
    const limit = pLimit(listedAtOnce);
    const walk = async (folder: string): Promise<void> => {
      const entries = await limit(() =>
        asked(async (sftp) => {
          try {
            return await sftp.list(at(folder));
          } catch (error) {
            if (isGone(error)) return [];
            throw error;
          }
        }),
      );
      const inside: string[] = [];
      for (const entry of entries) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (isLeftAlone(path) || path === lockFile || path === partFolder) continue;
        if (entry.type === 'd') {
          inside.push(path);
          folders.exists(path);
        }
        // Links are not followed, because they can lead out of the folder. They count as files of somebody else.
        else if (entry.type === '-') files.set(path, remoteOf(entry));
        else files.set(path, { size: -1, stamp: '' });
      }
      await Promise.all(inside.map(walk));
    };
    await walk('');
    for (const [path, { stamp }] of files) stamps.set(path, stamp);
    return files;
  }

  /** A part stays if the connection is lost while it is written. */
  const removeParts = async (): Promise<void> =>
    await asked(async (sftp) => {
      for (const { name: left } of await sftp.list(at(partFolder)))
        await sftp.delete(at(`${partFolder}/${left}`), true);
    });

  const read = async (path: string): Promise<Buffer | undefined> =>
    await asked(async (sftp) => {
      try {
        return (await sftp.get(at(path))) as Buffer;
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    }, path);

  const readLock = async () => (await read(lockFile))?.toString();
  const store: LockStore = {
    create: (text) =>
      asked(async (sftp) => {
        const part = `${partFolder}/lock-${process.pid}-${parts++}`;
        await sftp.put(Buffer.from(text), at(part));
        try {
          await sftp.rename(at(part), at(lockFile));
          return true;
        } catch (error) {
          await sftp.delete(at(part), true);
          if (isFailed(error) && (await sftp.exists(at(lockFile)))) return false;
          throw error;
        }
      }, lockFile),
    read: readLock,
    write: (text) =>
      asked(async (sftp) => {
        const part = `${partFolder}/lock-${process.pid}-${parts++}`;
        await sftp.put(Buffer.from(text), at(part));
        await sftp.posixRename(at(part), at(lockFile));
      }, lockFile),
    async remove(text) {
      if ((await readLock()) === text) await asked((sftp) => sftp.delete(at(lockFile), true), lockFile);
    },
  };

  return {
    name,
    parallel: 16,
    isNear: false,
    whyNot: (path) =>
      path.split('/').some((segment) => Buffer.byteLength(segment) > nameBytesMax)
        ? `a name in it is longer than ${nameBytesMax} bytes`
        : undefined,
    contents,
    read,
    put,
    async remove(path) {
      await asked(async (sftp) => {
        try {
          await sftp.delete(at(path));
        } catch (error) {
          if (!isGone(error)) throw error;
        }
        await folders.removeEmpty(sftp, dirname(path));
      }, path);
    },
    async lock(holder: Holder) {
      await folders.createRoot();
      // A deploy that ended meanwhile has removed it.
      await folders.createAgain(partFolder);
      // Whatever else is here was left by a deploy that was killed.
      const lock = await takeLock(name, store, holder, times, async () => {
        await removeParts();
        await asked(async (sftp) => {
          for (const { name: left, type } of await sftp.list(at(workFolder)))
            if (type !== 'd' && ![lockFile, intentFile].includes(`${workFolder}/${left}`))
              await sftp.delete(at(`${workFolder}/${left}`), true);
        });
      });
      return {
        check: lock.check,
        async release() {
          await removeParts().catch(() => {}); // the next deploy does it
          await lock.release();
          await asked((sftp) => folders.removeEmpty(sftp, partFolder)).catch(() => {}); // another deploy has begun
        },
      };
    },
    close: connection.close,
  };
}

const remoteOf = ({ size, modifyTime }: { size: number; modifyTime: number }): RemoteFile => ({
  size,
  stamp: String(modifyTime),
});

const saidOf = ({ size, mtime }: Stats): RemoteFile => remoteOf({ size, modifyTime: mtime * 1000 });

/**
 * Creates and removes folders of the site. Each is created once, however many files need it at the same moment, and none
 * that the target has listed.
 */
function foldersOf({ asked }: SftpConnection, at: (path: string) => string) {
  const created = new Map<string, Promise<void>>();
  const make = async (path: string): Promise<void> => {
    const above = dirname(path);
    if (above !== '.' && above !== path) await create(above);
    await asked(async (sftp, requests) => {
      try {
        await makeFolder(requests, at(path));
      } catch (error) {
        if ((await sftp.exists(at(path))) !== 'd') throw error;
      }
    }, path);
  };
  function create(path: string): Promise<void> {
    if (path === '.' || path === '') return Promise.resolve();
    const known = created.get(path);
    if (known) return known;
    const made = make(path);
    created.set(path, made);
    made.catch(() => created.delete(path));
    return made;
  }
  return {
    create,
    forget: () => created.clear(),
    /** It was listed, so nobody has to create it. */
    exists: (path: string) => void created.set(path, Promise.resolve()),
    /** Somebody else has deleted it. */
    createAgain(path: string): Promise<void> {
      for (let folder = path; folder !== '.'; folder = dirname(folder)) created.delete(folder);
      return create(path);
    },
    /** The folder above must exist, because a missing one is probably a mistake in the path. */
    createRoot: () =>
      asked(async (sftp, requests) => {
        if ((await sftp.exists(at(''))) !== 'd') await makeFolder(requests, at(''));
      }),
    /** Deletes a folder and those above it that become empty. */
    async removeEmpty(sftp: SftpClient, path: string): Promise<void> {
      for (let folder = path; folder !== '.' && folder !== '/'; folder = dirname(folder))
        try {
          await sftp.rmdir(at(folder));
          created.delete(folder);
        } catch {
          return; // not empty
        }
    },
  };
}
