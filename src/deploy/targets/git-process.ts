import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/* Git as a program. Arguments are never read by a shell, and nothing of the surrounding repository is used. */

export interface GitPlace {
  /** The repository, absolute. */
  repository: string;
  env: NodeJS.ProcessEnv;
}

/** Git refused something, or could not reach the other side. */
export class GitError extends Error {
  /** What git said, without its progress. */
  readonly said: string;
  readonly isTransient: boolean;
  /** If git is not installed, that of the system. */
  readonly code: string | undefined;
  constructor(command: string, said: string, code?: string) {
    super(`git ${command}: ${said.split('\n')[0] || 'it failed'}`);
    this.name = 'GitError';
    this.said = said;
    this.code = code;
    this.isTransient = passing.test(said);
  }
}

/** What git says about a network that may work again soon. It has one exit code for everything. */
const passing =
  /could not resolve host|timed out|connection (?:reset|refused|closed)|early eof|unexpected disconnect|the remote end hung up|(?:error: |http )5\d\d/i;

/**
 * Runs git and waits for its end.
 *
 * @param input for its standard input
 * @throws GitError
 */
export async function git(place: GitPlace, args: readonly string[], input?: string): Promise<string> {
  const child = startGit(place, args);
  const ended = endOf(child, args);
  child.stdin.on('error', () => {}); // it ended early, and says why
  child.stdin.end(input);
  return (await ended).toString();
}

/** Starts git. The caller writes to it and waits for `endOf`. */
export function startGit({ repository, env }: GitPlace, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('git', [...settings, `--git-dir=${repository}`, ...args], {
    env: gitEnvironment(env),
    windowsHide: true,
  });
}

/** Waits until git has ended. @returns its output @throws GitError */
export async function endOf(child: ChildProcessWithoutNullStreams, args: readonly string[]): Promise<Buffer> {
  const [command = ''] = args;
  const output: Buffer[] = [];
  let said = '';
  child.stdout.on('data', (part: Buffer) => output.push(part));
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString();
  });
  return await new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(new GitError(command, error.message, error.code)));
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(new GitError(command, withoutProgress(said + rejectedLines(Buffer.concat(output)))));
    });
  });
}

/** Hooks and filters of this machine would change what is published. */
const settings = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.autocrlf=false', '-c', 'protocol.ext.allow=never'];

/** A command that git runs (a hook that deploys) has variables about another repository. */
const aboutAnother =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|INDEX_VERSION|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|QUARANTINE_PATH|CONFIG|CONFIG_PARAMETERS|SHALLOW_FILE|REPLACE_REF_BASE|GRAFT_FILE|IMPLICIT_WORK_TREE|NO_REPLACE_OBJECTS|INTERNAL_SUPER_PREFIX)$/;

function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !aboutAnother.test(name)));
  return {
    // In cron, nobody can answer a question, and a deploy would wait for ever.
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=30',
    ...own,
    PATH: own.PATH ?? process.env.PATH,
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

/** With --porcelain, `push` prints what was refused to its output: `!	src:dst	[rejected] (stale info)`. */
const rejectedLines = (output: Buffer): string =>
  output
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .join('\n');

const withoutProgress = (said: string): string =>
  said
    .split(/[\r\n]+/)
    .filter(
      (line) => line !== '' && !/^(?:remote: )?(?:Counting|Compressing|Writing|Enumerating|Total)|^Delta/.test(line),
    )
    .map((line) => line.replace(/^(?:fatal|error): /, ''))
    .join('\n');

/** Where git puts its locks in a repository without a working tree. */
const lockFolders = ['.', 'refs/broadsheet', 'objects/info', 'objects/pack'];
const orphanMs = 300;

/**
 * Deletes what a git that was killed left in the repository: its locks, which every later git would refuse, and reports
 * about its end. Only the deploy that holds the lock of the target may call it.
 */
export async function clearAfterKill({ repository }: GitPlace): Promise<void> {
  const left = () =>
    lockFolders.flatMap((folder) =>
      namesIn(join(repository, folder))
        .filter((name) => name.endsWith('.lock') || name.startsWith('fast_import_crash_'))
        .map((name) => join(repository, folder, name)),
    );
  const found = new Map(left().map((file) => [file, nodeOf(file)]));
  if (found.size === 0) return;
  // A git may have outlived the deploy that started it, and end just now.
  await new Promise((resolve) => setTimeout(resolve, orphanMs));
  for (const file of left()) if (found.get(file) === nodeOf(file)) rmSync(file, { force: true });
}

const nodeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.ino;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // there is no repository yet
  }
}

/** Reads many objects with one process. If it has ended, nothing can be read any more, and another must be opened. */
export function openObjects(place: GitPlace) {
  const args = ['cat-file', '--batch'];
  const child = startGit(place, args);
  const waiting: { resolve(bytes: Buffer | undefined): void; reject(error: Error): void }[] = [];
  let held = Buffer.alloc(0);
  let parts: Buffer[] = [];
  let length = 0;
  let needed = 0;
  child.stdin.on('error', () => {});
  child.stderr.resume();
  let gone: Error | undefined;
  const fail = (error: Error) => {
    gone ??= error;
    for (const one of waiting.splice(0)) one.reject(error);
  };
  child.once('error', fail);
  child.once('close', () => fail(new GitError('cat-file', 'it ended early')));
  child.stdout.on('data', (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (held.length + length < needed) return;
    held = Buffer.concat([held, ...parts]);
    parts = [];
    length = 0;
    needed = 0;
    for (;;) {
      const end = held.indexOf('\n');
      if (end < 0) return;
      const header = held.subarray(0, end).toString();
      const size = /^[\da-f]+ \w+ (\d+)$/.exec(header)?.[1];
      if (size === undefined) {
        held = held.subarray(end + 1);
        waiting.shift()?.resolve(undefined);
        continue;
      }
      needed = end + 1 + Number(size) + 1;
      if (held.length < needed) return;
      waiting.shift()?.resolve(Buffer.from(held.subarray(end + 1, needed - 1)));
      held = held.subarray(needed);
      needed = 0;
    }
  });
  return {
    hasEnded: () => gone !== undefined,
    read: async (object: string): Promise<Buffer | undefined> =>
      await new Promise((resolve, reject) => {
        // It can end while nobody waits. Nothing would answer afterwards.
        if (gone) return reject(gone);
        waiting.push({ resolve, reject });
        child.stdin.write(`${object}\n`);
      }),
    close: () => child.stdin.end(),
  };
}
