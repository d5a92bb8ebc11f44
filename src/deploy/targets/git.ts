import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { TargetOf } from '../../newsroom/deploy-schema.ts';
import { holderOf, targetLockFile } from '../lock.ts';
import { deployFailed, publishedMeanwhile } from '../problems.ts';
import type { Listing, RemoteFile, Upload, WholeSite, WholeTarget } from '../target.ts';
import { clearAfterKill, endOf, GitError, type GitPlace, git, openObjects, startGit } from './git-process.ts';

/** Where this machine keeps what it knows of the branch. Nothing else is in its repository. */
const known = 'refs/broadsheet/published';
const next = 'refs/broadsheet/next';
const remote = 'paper';

/**
 * A branch of a git repository. It is published with one push, so readers see the old site or the new one.
 *
 * Nothing is checked out. A repository beside the state of the target has the last commit, `fast-import` adds the files
 * that differ, and the push sends only these. The push is refused if the branch is no longer what it was.
 *
 * @param name for messages
 * @param folder for the repository of this machine, absolute
 */
export function gitTarget(
  name: string,
  { url, branch, history }: TargetOf<'git'>,
  { folder, env }: { folder: string; env: NodeJS.ProcessEnv },
): WholeTarget {
  const place: GitPlace = { repository: join(folder, 'repository.git'), env };
  const ref = `refs/heads/${branch}`;
  /** The commit of the branch when this deploy looked, and its files. */
  let commit: string | undefined;
  let blobs = new Map<string, string>();
  let objects: ReturnType<typeof openObjects> | undefined;

  async function open(): Promise<void> {
    // A dry run holds no lock, and a deploy may be running.
    const holder = holderOf(await readFile(join(folder, targetLockFile), 'utf8').catch(() => ''));
    if (holder?.pid === process.pid) await clearAfterKill(place);
    if (!existsSync(join(place.repository, 'HEAD'))) {
      mkdirSync(folder, { recursive: true });
      await git(place, ['init', '--quiet', '--bare', place.repository]);
    }
    await git(place, ['config', `remote.${remote}.url`, url]);
  }

  async function filesOf(of: string): Promise<Listing> {
    const listing = new Map<string, RemoteFile>();
    blobs = new Map();
    for (const line of (await git(place, ['ls-tree', '-r', '-z', '--long', '--full-tree', of])).split('\0')) {
      const [, mode, blob = '', size, path] = /^(\d+) \w+ ([\da-f]+) +(\d+|-)\t([\s\S]*)$/.exec(line) ?? [];
      if (path === undefined) continue;
      blobs.set(path, blob);
      // Links and submodules are not files of a site.
      listing.set(path, { size: mode === '100644' || mode === '100755' ? Number(size) : -1, stamp: blob });
    }
    return listing;
  }

  return {
    name,
    isNear: true,
    whyNot: (path) =>
      path.split('/').some((part) => /^\.git$|^git~\d/i.test(part))
        ? 'git does not allow this name in a repository'
        : undefined,
    async contents() {
      await reached(name, async () => {
        await open();
        commit = /^[\da-f]+/.exec(await git(place, ['ls-remote', '--heads', remote, ref]))?.[0];
        if (commit === undefined || (await commitOf(place, known)) === commit) return;
        await git(place, ['fetch', '--quiet', '--no-tags', '--depth=1', remote, `+${ref}:${known}`]);
        commit = await commitOf(place, known);
      });
      return commit === undefined ? new Map() : await filesOf(commit);
    },
    async read(path) {
      const blob = blobs.get(path);
      if (!objects || objects.hasEnded()) objects = openObjects(place);
      return blob === undefined ? undefined : await objects.read(blob);
    },
    async publish(site) {
      await addCommit(place, site, { base: commit, isKept: history === 'keep' });
      const made = await commitOf(place, next);
      if (made === undefined) throw new Error('fast-import made no commit');
      await reached(name, () => push(place, name, { ref, made, commit }));
      await git(place, ['update-ref', known, made]);
      await git(place, ['update-ref', '-d', next]);
      // Without history, each publish leaves the one before without a name.
      const cleanUp = ['-c', 'gc.pruneExpire=now', '-c', 'gc.autoDetach=false', 'gc', '--auto', '--quiet'];
      await git(place, cleanUp).catch(() => {}); // the site is published
      commit = made;
      return await filesOf(made);
    },
    async close() {
      objects?.close();
    },
  };
}

async function commitOf(place: GitPlace, ref: string): Promise<string | undefined> {
  try {
    return (await git(place, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`])).trim();
  } catch (error) {
    if (error instanceof GitError && error.code === undefined) return undefined;
    throw error;
  }
}

interface Base {
  /** The commit that is published now. */
  base: string | undefined;
  /** Whether it becomes the parent of the new one. Otherwise only its files are used. */
  isKept: boolean;
}

/** Adds a commit with the site. Files of somebody else on the branch stay in it. */
async function addCommit(place: GitPlace, site: WholeSite, { base, isKept }: Base): Promise<void> {
  const author = await authorOf(place);
  const args = ['fast-import', '--quiet', '--done', '--force'];
  const child = startGit(place, args);
  const ended = endOf(child, args);
  ended.catch(() => {}); // awaited below, after what was written
  const { stdin } = child;
  stdin.on('error', () => {}); // fast-import ended early, and says why
  const seconds = Math.floor(Date.parse(site.at) / 1000);
  try {
    const head = [
      `reset ${next}`,
      ...(base !== undefined && isKept ? [`from ${base}`] : []),
      '',
      `commit ${next}`,
      `author ${author} ${seconds} +0000`,
      `committer ${author} ${seconds} +0000`,
      `data ${Buffer.byteLength(site.message)}`,
      site.message,
      ...(base !== undefined && !isKept ? [`M 040000 ${await treeOf(place, base)} ""`] : []),
      ...site.deleted.map((path) => `D ${quoted(path)}`),
    ];
    await write(stdin, `${head.join('\n')}\n`);
    let done = site.deleted.length;
    let bytes = 0;
    for (const path of site.sent) {
      const file = site.files.get(path);
      if (!file) throw new Error(`${path} is sent and is not part of the site`);
      await write(stdin, `M 100644 inline ${quoted(path)}\ndata ${file.size}\n`);
      await writeFile(stdin, file);
      await write(stdin, '\n');
      bytes += file.size;
      site.onProgress(++done, bytes);
    }
    await write(stdin, 'done\n');
    stdin.end();
    await ended;
  } catch (error) {
    // Without its last line, fast-import discards everything.
    child.kill();
    await ended.catch((reason: unknown) => {
      if (reason instanceof GitError && reason.code !== undefined) throw reason;
    });
    throw error;
  }
}

const treeOf = async (place: GitPlace, commit: string): Promise<string> =>
  (await git(place, ['rev-parse', '--verify', `${commit}^{tree}`])).trim();

async function writeFile(to: Writable, file: Upload): Promise<void> {
  if (!file.isLarge) return await write(to, await file.bytes());
  for await (const part of file.stream()) await write(to, part as Buffer);
}

async function write(to: Writable, part: string | Uint8Array): Promise<void> {
  // A program that has ended never drains. What it said is the error.
  if (!to.destroyed && !to.write(part)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
}

/** As fast-import reads a path. */
const quoted = (path: string): string =>
  `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

/** The person that git knows on this machine, for the record of the branch. */
async function authorOf(place: GitPlace): Promise<string> {
  const { GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL } = place.env;
  const of = async (key: string) => (await git(place, ['config', '--get', key]).catch(() => '')).trim();
  const name = GIT_AUTHOR_NAME ?? ((await of('user.name')) || 'Broadsheet');
  const mail = GIT_AUTHOR_EMAIL ?? ((await of('user.email')) || 'broadsheet@localhost');
  return `${name.replace(/[<>\n]/g, '')} <${mail.replace(/[<>\n]/g, '')}>`;
}

async function push(
  place: GitPlace,
  name: string,
  { ref, made, commit }: { ref: string; made: string; commit: string | undefined },
): Promise<void> {
  const lease = `--force-with-lease=${ref}:${commit ?? ''}`;
  try {
    await git(place, ['push', '--porcelain', '--quiet', '--no-verify', lease, remote, `${made}:${ref}`]);
  } catch (error) {
    if (
      error instanceof GitError &&
      /\(stale info\)|\(fetch first\)|\(non-fast-forward\)|cannot lock ref/.test(error.said)
    )
      throw publishedMeanwhile(name);
    throw error;
  }
}

/** Says what to do if the repository cannot be reached. A network that fails for a moment is tried again. */
async function reached(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof GitError) || error.isTransient) throw error;
    if (error.code === 'ENOENT')
      throw deployFailed(name, undefined, 'The program  git  is not installed. Nothing was sent.', 'Install git.');
    throw deployFailed(
      name,
      undefined,
      `git refused: ${error.said}\nThe branch was not changed.`,
      'Check the address in  content/deploy.yaml , and that this machine may push: with ssh, a key that needs no question; with https, a credential helper of git. docs/deploy.md explains both.',
    );
  }
}
