import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TargetOf } from '../../newsroom/deploy-schema.ts';
import { deployFailed } from '../problems.ts';

/** A server that does not answer for so long has lost the connection. */
const quietSeconds = 60;

export interface RsyncRun {
  /** After the options that every run has, with the source and the destination. */
  args: string[];
  /** Names for `--files-from`. */
  names?: readonly string[];
  /** If the folder of a file may be missing at the server. */
  mayBeMissing?: boolean;
  onLine?(line: string): void;
}

/** Runs rsync. @returns a function that resolves when it has ended well */
export function rsyncProgram(name: string, { port, identityFile }: TargetOf<'rsync'>, env: NodeJS.ProcessEnv) {
  const options = [
    '--no-motd',
    '--secluded-args', // a folder of the server may have spaces in its name
    `--timeout=${quietSeconds}`,
    '-e',
    [
      env.RSYNC_RSH ?? 'ssh',
      '-o BatchMode=yes', // nobody may be there to type a password
      ...(port === undefined ? [] : [`-p ${port}`]),
      ...(identityFile === undefined ? [] : [`-i '${withHome(identityFile, env)}'`]),
    ].join(' '),
  ];
  return async ({ args, names, mayBeMissing = false, onLine = () => {} }: RsyncRun): Promise<void> => {
    const listed = names ? ['--from0', '--files-from=-'] : [];
    const child = spawn('rsync', [...options, ...listed, ...args], {
      // The listing shows times in the time zone of this process.
      env: { ...env, TZ: 'UTC', LC_ALL: 'C' },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (data) => (said = (said + data).slice(-4000)));
    createInterface({ input: child.stdout }).on('line', onLine);
    child.stdin.on('error', () => {}); // it may end before it has read all names
    child.stdin.end(names?.map((path) => `${path}\0`).join(''));
    const code = await new Promise<number | string | null>((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      child.once('close', resolve);
    });
    if (code !== 0 && !(mayBeMissing && code === vanishedCode)) throw failure(name, code, said);
  };
}

const vanishedCode = 24;

/** Failures of the connection (rsync(1), "Exit values"). */
const connectionCodes = new Set<unknown>([10, 12, 30, 35]);

function failure(name: string, code: number | string | null, said: string): Error {
  const lines = said.trim().split('\n');
  const why =
    lines.find((line) => !/^rsync error:|^rsync: connection unexpectedly closed/.test(line)) ?? lines[0] ?? '';
  if (code === 'ENOENT')
    return deployFailed(
      name,
      undefined,
      'rsync is not installed on this machine.',
      'Install it, or use a target of the kind sftp.',
    );
  if (/command not found|rsync: not found/.test(said))
    return deployFailed(
      name,
      undefined,
      'rsync is not installed on the server.',
      'Install it there, or use a target of the kind sftp.',
    );
  if (/Host key verification failed/.test(said))
    return deployFailed(
      name,
      undefined,
      'This machine does not know the server, or the server shows another key than before. Nothing was sent.',
      'Connect with  ssh  once, and compare the fingerprint with the one that your host names.',
    );
  if (/Permission denied \(/.test(said))
    return deployFailed(
      name,
      undefined,
      'The server did not accept a key. Nothing was sent.',
      'Try  ssh  with the same user.',
    );
  if (/Could not resolve hostname/.test(said))
    return deployFailed(name, undefined, 'There is no such server.', 'Correct  to  in  content/deploy.yaml .');
  if (/No space left|Disk quota exceeded/.test(said))
    return deployFailed(
      name,
      undefined,
      'The disk of the server is full. Every file there is complete.',
      'Free some space, and run the command again.',
    );
  if (/Permission denied|Operation not permitted|Read-only file system/.test(said))
    return deployFailed(
      name,
      undefined,
      `The user may not write there: ${why}`,
      'Ask whoever runs the server, or correct  to  in  content/deploy.yaml .',
    );
  return Object.assign(new Error(`rsync: ${why || `it ended with ${code}`}`), {
    code: 'ERSYNC',
    isTransient:
      connectionCodes.has(code) || (code === 255 && /timed out|reset|closed|refused|unreachable/i.test(said)),
  });
}

const withHome = (path: string, env: NodeJS.ProcessEnv): string => path.replace(/^~(?=\/)/, env.HOME ?? '~');
