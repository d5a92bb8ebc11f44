import type { Readable } from 'node:stream';
import type { FileDigest } from '../site/manifest.ts';
import type { Step } from './order.ts';

/*
 * What a host can do for a deploy. Each kind of target is one file in `targets/`, and `target-contract.fixture.ts` tests
 * what is promised here.
 */

/** A file at the target. */
export interface RemoteFile {
  /** In bytes. */
  size: number;
  /**
   * Changes whenever the file is written, such as its time or its ETag. It is only compared with what `put` returned. ''
   * if the target has nothing like it.
   */
  stamp: string;
}

/** Files at the target by path: from the root of the site, with slashes, without one at the beginning. */
export type Listing = ReadonlyMap<string, RemoteFile>;

/** A file to send, with how the host should serve it. */
export interface Upload extends FileDigest {
  path: string;
  /** The value of Content-Type. */
  type: string;
  /** The value of Cache-Control. */
  cacheControl: string;
  /** Where the file is on this machine. Its bytes can change at any time: use `bytes` or `stream` to send them. */
  from: string | undefined;
  /** If the file is so large that `stream` should be used. */
  isLarge: boolean;
  /** The bytes. @throws FileChangedError if they no longer have the digest */
  bytes(): Promise<Uint8Array>;
  /** The same in parts. It fails before its end, with a FileChangedError, if the bytes do not have the digest. */
  stream(): Readable;
}

/**
 * A host that stores one file at a time.
 *
 * Every method can be called again after a failure, and has the same effect. Methods fail with errors for which
 * `isTransient` (`retry.ts`) says whether another attempt can succeed.
 */
export interface Target {
  /** For messages: `live (folder /srv/www)`. */
  readonly name: string;
  /** How many files can be sent at once. */
  readonly parallel: number;
  /** If reading a file costs as little as listing it. Digests are then computed instead of believed. */
  readonly isNear: boolean;
  /** If names that differ only in case are the same file. Known after `contents`. */
  readonly foldsCase?: boolean;
  /** Why the target cannot have a file with this path, such as "its name is longer than 255 bytes", or undefined. */
  whyNot?(path: string): string | undefined;
  /**
   * Every file at the target, including those in `workFolder`, except the lock and incomplete files. Folders of other
   * programs (`isLeftAlone`) are left out. If there is nothing yet, it is empty.
   */
  contents(): Promise<Listing>;
  /** The bytes of a file, or undefined if there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /**
   * Creates or replaces a file: a reader sees the old bytes or the new ones, whole. If it fails, the old file stays.
   *
   * @returns what `contents` would say about it from now on
   */
  put(file: Upload): Promise<RemoteFile>;
  /** Deletes a file, and the folders that become empty. If there is no such file, it does nothing. */
  remove(path: string): Promise<void>;
  /**
   * From now on nobody else can deploy here (`lock.ts`).
   *
   * @throws SetupError that names the holder
   */
  lock(holder: Holder): Promise<Lock>;
  /** Ends connections. It is called once, also after failures. */
  close(): Promise<void>;
}

/**
 * A host that receives the whole site at once, such as a git branch or a host's own command-line tool. Readers see the
 * old site or the new one.
 */
export interface WholeTarget {
  readonly name: string;
  /** As for `Target`. */
  readonly isNear: boolean;
  readonly foldsCase?: boolean;
  /** As for `Target`. Absent if only the host's own tool knows, which then sends what differs. */
  contents?(): Promise<Listing>;
  /** If reading files one after the other takes a connection for each. */
  readsSlowly?: boolean;
  /** Whether a deploy that was killed left something in `workFolder`. Known after `contents`. */
  readonly hasLeftovers?: boolean;
  /** As for `Target`. */
  read?(path: string): Promise<Uint8Array | undefined>;
  whyNot?(path: string): string | undefined;
  /**
   * Publishes the site in one step.
   *
   * @returns what `contents` would say from now on about the files that were sent, if it is known
   * @throws SetupError if somebody else published meanwhile
   */
  publish(site: WholeSite): Promise<Listing>;
  close(): Promise<void>;
}

/** What is published at once. */
export interface WholeSite {
  /** The folder of the site. It also contains files that are not part of it (`files` names those that are). */
  folder: string;
  /** Every file of the site, including those that the target has already. */
  files: Map<string, Upload>;
  /** The files of the site that the target does not have, or has with other bytes. */
  sent: string[];
  /** The files that the target has and the site does not. */
  deleted: string[];
  /** Files at the target that somebody else wrote. They stay. */
  kept: string[];
  /** The same in the order in which a target that sends one file after the other has to send and delete. */
  steps: Step[];
  /** For a file that is sent, the files of `deleted` in whose place it or its folder has to be. They are deleted before. */
  clear: ReadonlyMap<string, readonly string[]>;
  /** For the note about what is being sent (`intentFile`), if readers can see a part of a publish that was stopped. */
  intent: string[];
  /** One line about the publish, such as "Sent 3 files, deleted 1 file". */
  message: string;
  /** When it is published, as ISO in UTC. */
  at: string;
  onProgress(done: number, bytes: number): void;
  /** Called for files that readers can see already, so a publish that is stopped now continues after them. */
  onSent(sent: Listing): Promise<void>;
  onRemoved(paths: readonly string[]): void;
}

/** Who deploys. The next one to try is told. */
export interface Holder {
  /** Unique for each deploy. */
  id: string;
  user: string;
  host: string;
  pid: number;
  command: string;
  /** ISO, in UTC. */
  since: string;
  /** Identifies the boot of a machine and its processes, if the system has such a name. Then `pid` can be looked up. */
  machine: string;
}

export interface Lock {
  /** What the target cannot promise, for anyone who deploys. */
  doubt?: string;
  /** @throws SetupError if somebody else has taken the lock over */
  check(): Promise<void>;
  release(): Promise<void>;
}

export const isWhole = (target: Target | WholeTarget): target is WholeTarget => 'publish' in target;

/**
 * The folder at the target for everything that is not part of the site: the lock, incomplete files, and the note about
 * what a deploy is about to send. It exists only during a deploy.
 */
export const workFolder = '.broadsheet-deploy';
export const isInWorkFolder = (path: string): boolean => path.startsWith(`${workFolder}/`);

/** A list of the files that a deploy is about to send, so that the next one knows whose they are if it is killed. */
export const intentFile = `${workFolder}/intent.json`;

/** Folders of other programs in a site. A deploy neither reads nor deletes anything in them. */
export const isLeftAlone = (path: string): boolean =>
  /^(?:(?:.*\/)?\.(?:git|hg|svn)|\.well-known\/acme-challenge)(?:\/|$)/.test(path);

/** A file has other bytes than those that were planned, because a build or somebody else wrote it meanwhile. */
export class FileChangedError extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`${path} changed while it was sent`);
    this.name = 'FileChangedError';
    this.path = path;
  }
}
