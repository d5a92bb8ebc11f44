import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export const sshdProgram = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find(existsSync);

/** What a test lacks on this machine, as the reason for not running it. */
export const lacksForSsh = (...programs: string[]): string | undefined => {
  if (!sshdProgram) return 'not run: needs sshd (Debian: openssh-server)';
  const paths = (process.env.PATH ?? '').split(delimiter);
  const missing = ['ssh-keygen', ...programs].find((name) => !paths.some((path) => existsSync(join(path, name))));
  return missing && `not run: needs ${missing}`;
};

export interface Sshd {
  port: number;
  user: string;
  /** A home with a key and with the server in `known_hosts`. */
  home: string;
  /** A folder that the server can write to. */
  folder: string;
  /** What the server was told when it started. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts OpenSSH's server on a free port of loopback, for the user who runs the tests. */
export async function startSshd(): Promise<Sshd> {
  if (!sshdProgram) throw new Error('sshd is not installed');
  const home = mkdtempSync(join(tmpdir(), 'newsroom-sshd-'));
  const at = (path: string) => join(home, path);
  mkdirSync(at('.ssh'), { mode: 0o700 });
  mkdirSync(at('www'));
  const keygen = (file: string) =>
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', at(file)]);
  keygen('host_key');
  keygen('.ssh/id_ed25519');
  writeFileSync(at('authorized_keys'), readFileSync(at('.ssh/id_ed25519.pub')), { mode: 0o600 });
  const port = await freePort();
  writeFileSync(at('.ssh/known_hosts'), `[127.0.0.1]:${port} ${readFileSync(at('host_key.pub'), 'utf8')}`);
  writeFileSync(
    at('sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${at('host_key')}`,
      `AuthorizedKeysFile ${at('authorized_keys')}`,
      `PidFile ${at('sshd.pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin prohibit-password',
      'MaxStartups 100',
      'MaxSessions 100',
      'Subsystem sftp internal-sftp',
    ].join('\n'),
  );
  // Debian's server needs this folder, which its service creates.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const child = spawn(sshdProgram, ['-D', '-e', '-f', at('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data) => (said += data));
  const ended = new Promise((resolve) => child.once('exit', resolve)); // a session that was cut may outlive it
  for (let i = 0; !said.includes('Server listening'); i++) {
    if (i > 400 || child.exitCode !== null) throw new Error(`sshd did not start: ${said}`);
    await delay(25);
  }
  return {
    port,
    user: userInfo().username,
    home,
    folder: at('www'),
    log: () => said,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      child.stderr.destroy();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
