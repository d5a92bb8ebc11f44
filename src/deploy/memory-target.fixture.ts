import { createHash } from 'node:crypto';
import { type LockStore, takeLock } from './lock.ts';
import { intentFile, isInWorkFolder, type RemoteFile, type Target, type Upload } from './target.ts';

/* A target in memory, with faults. It stands for a distant host: files are not read to compare them. */

export type Operation = 'contents' | 'read' | 'put' | 'remove' | 'lock';

export interface MemoryTarget extends Target {
  /** What is there, by path, without the work folder. */
  files(): Map<string, string>;
  /** Somebody else changes, adds, or (undefined) deletes a file. */
  change(path: string, text: string | undefined): void;
  /** Every successful change of a file of the site, in order. */
  log: string[];
}

export interface Faults {
  /** Called before each operation. It can throw, change something, or take its time. */
  before?(operation: Operation, path: string): Promise<void> | void;
  /** Called between the effect of an operation and its answer: the answer can get lost. */
  after?(operation: Operation, path: string): void;
  isNear?: boolean;
  foldsCase?: boolean;
  whyNot?(path: string): string | undefined;
  parallel?: number;
}

/** An error that can pass, as from a network. */
export const cut = (): Error => Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' });

/** @param stored continue with what an earlier target of the same name has */
export function memoryTarget(
  faults: Faults = {},
  stored = new Map<string, { bytes: Buffer; stamp: string }>(),
): MemoryTarget {
  let writes = stored.size;
  const log: string[] = [];
  let lockText: string | undefined;
  const store = (path: string, bytes: Uint8Array): RemoteFile => {
    // Twice the same bytes have two stamps, as with the time of a file.
    const stamp = `${createHash('sha1').update(bytes).digest('hex').slice(0, 8)}-${writes++}`;
    stored.set(path, { bytes: Buffer.from(bytes), stamp });
    return { size: bytes.length, stamp };
  };
  const lockStore: LockStore = {
    async create(text) {
      if (lockText !== undefined) return false;
      lockText = text;
      return true;
    },
    read: async () => lockText,
    async write(text) {
      lockText = text;
    },
    async remove(text) {
      if (lockText === text) lockText = undefined;
    },
  };
  return {
    name: 'memory',
    parallel: faults.parallel ?? 4,
    isNear: faults.isNear ?? false,
    foldsCase: faults.foldsCase ?? false,
    whyNot: (path) => faults.whyNot?.(path),
    async contents() {
      await faults.before?.('contents', '');
      return new Map([...stored].map(([path, { bytes, stamp }]) => [path, { size: bytes.length, stamp }]));
    },
    async read(path) {
      await faults.before?.('read', path);
      return stored.get(path)?.bytes;
    },
    async put(file: Upload) {
      const parts: Buffer[] = [];
      if (file.isLarge) for await (const part of file.stream()) parts.push(part as Buffer);
      else parts.push(Buffer.from(await file.bytes()));
      await faults.before?.('put', file.path);
      const put = store(file.path, Buffer.concat(parts));
      if (file.path !== intentFile) log.push(`+ ${file.path}`);
      faults.after?.('put', file.path);
      return put;
    },
    async remove(path) {
      await faults.before?.('remove', path);
      if (stored.delete(path) && path !== intentFile) log.push(`- ${path}`);
      faults.after?.('remove', path);
    },
    async lock(holder) {
      await faults.before?.('lock', '');
      return await takeLock('memory', lockStore, holder, { beatMs: 50, watchMs: 100 });
    },
    async close() {},
    files: () =>
      new Map(
        [...stored]
          .filter(([path]) => !isInWorkFolder(path))
          .map(([path, { bytes }]) => [path, bytes.toString('latin1')]),
      ),
    change(path, text) {
      if (text === undefined) stored.delete(path);
      else store(path, Buffer.from(text, 'latin1'));
    },
    log,
  };
}
