import type { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectTo, type Socket } from 'node:net';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SFTPWrapper } from 'ssh2';
import SftpClient from 'ssh2-sftp-client';
import type { TargetOf } from '../../newsroom/deploy-schema.ts';
import { SetupError } from '../../problems/problem.ts';
import { deployFailed } from '../problems.ts';
import { fingerprintOf, judgeHostKey, readKnownHosts, typesKnown } from './known-hosts.ts';

export interface SftpConnection {
  /**
   * Does something at the server. If the connection is lost, the error can be tried again, and a new one is opened then.
   *
   * @param path of the file, for messages
   */
  asked<T>(work: (sftp: SftpClient, requests: SFTPWrapper) => Promise<T>, path?: string): Promise<T>;
  /** Sets the time of a file, in seconds since 1970. */
  setTime(path: string, seconds: number): Promise<void>;
  close(): Promise<void>;
}

interface Opened {
  client: SftpClient;
  wrapper: SFTPWrapper;
  /** Rejects when the connection is lost. */
  lost: Promise<never>;
}

/** Keys that ssh uses when none is named, the best first. */
const usualKeys = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/**
 * A connection that is opened when it is needed.
 *
 * Credentials are those of ssh: an agent, or a private key. A password or the passphrase of a key comes from the
 * environment. The server must be in `known_hosts`, because a deploy must not send the site to somebody in between.
 */
export function sftpConnection(name: string, settings: TargetOf<'sftp'>, env: NodeJS.ProcessEnv): SftpConnection {
  const { host, port = 22, user, identityFile } = settings;
  let open: Promise<Opened> | undefined;
  let isClosed = false;
  const home = env.HOME ?? homedir();
  const where = `${host}${port === 22 ? '' : `:${port}`}`;

  async function connect(): Promise<Opened> {
    const client = new SftpClient('broadsheet', { error: () => {}, end: () => {}, close: () => {} });
    const emitter = (client as unknown as { client: EventEmitter }).client;
    // Each request that waits listens, and dozens wait at once.
    emitter.setMaxListeners(0);
    const lost = new Promise<never>((_, reject) => {
      emitter.once('close', () => {
        if (open === opening) open = undefined;
        reject(Object.assign(new Error(`the connection to ${where} was lost`), { code: 'ECONNRESET' }));
      });
    });
    lost.catch(() => {}); // nothing may be waiting at the moment
    const known = knownHosts(home);
    let refused: SetupError | undefined;
    const types = typesKnown(known, host, port);
    const opening = client
      .connect({
        sock: collectingSocket(host.replace(/^\[|\]$/g, ''), port),
        host: host.replace(/^\[|\]$/g, ''),
        port,
        username: user ?? userInfo().username,
        ...credentialsOf(home, identityFile, env),
        readyTimeout: 20_000,
        keepaliveInterval: 10_000,
        keepaliveCountMax: 3,
        // As ssh does: a server with several keys shows one of those that are known.
        ...(types.length > 0 && {
          algorithms: { serverHostKey: { prepend: algorithmsFor(types) as never, append: [], remove: [] } },
        }),
        hostVerifier: (key: Buffer) => {
          const judged = judgeHostKey(known, host, port, key);
          if (judged !== 'known') refused = hostRefused(name, where, judged, fingerprintOf(key), port, host);
          return judged === 'known';
        },
      })
      .then(
        (wrapper) => ({ client, wrapper, lost }),
        (error: unknown) => {
          if (open === opening) open = undefined;
          throw refused ?? failure(error);
        },
      );
    open = opening;
    return await opening;
  }

  /** Errors in the words of an editor, or one that says that another attempt can succeed. */
  function failure(error: unknown, path?: string): unknown {
    if (!(error instanceof Error) || error instanceof SetupError) return error;
    const { code, message } = error as Error & { code?: string | number };
    if (/All configured authentication methods failed/.test(message))
      return deployFailed(
        name,
        undefined,
        `${where} did not accept the key or the password. Nothing was sent.`,
        'Try  ssh  with the same user. A password comes from BROADSHEET_SFTP_PASSWORD, the passphrase of a key from BROADSHEET_SFTP_PASSPHRASE.',
      );
    if (code === 'ENOTFOUND' || /Address lookup failed/.test(message))
      return deployFailed(name, undefined, `There is no server ${host}.`, 'Correct  host  in  content/deploy.yaml .');
    if (code === 3 || /permission denied/i.test(message))
      return deployFailed(
        name,
        path,
        `The user may not write there.`,
        'Ask whoever runs the server, or correct  path  in  content/deploy.yaml .',
      );
    if (isFailed(error) && path !== undefined)
      return deployFailed(
        name,
        path,
        'The server could not store or delete this file, and does not say why. Its disk may be full, or the user may have used up a quota. Every file there is complete.',
        'Free some space there, or ask whoever runs the server. Then run the command again.',
      );
    if (isLost(error)) return Object.assign(error, { isTransient: true });
    return error;
  }

  /** The client tells only one of several requests that the connection is lost. The others would wait for ever. */
  async function whileOpen<T>(work: (opened: Opened) => Promise<T>, path?: string): Promise<T> {
    // A request that waits for its next attempt must not open a connection that nobody closes.
    if (isClosed) throw new Error('The connection was closed.');
    try {
      const opened = await (open ?? connect());
      return await Promise.race([work(opened), opened.lost]);
    } catch (error) {
      throw failure(error, path);
    }
  }

  return {
    asked: (work, path) => whileOpen(({ client, wrapper }) => work(client, wrapper), path),
    setTime: (path, seconds) =>
      whileOpen(
        ({ wrapper }) =>
          new Promise((resolve, reject) => {
            wrapper.utimes(path, seconds, seconds, (error) => (error ? reject(error) : resolve()));
          }),
      ),
    async close() {
      isClosed = true;
      const opened = await open?.catch(() => undefined);
      open = undefined;
      await opened?.client.end().catch(() => {});
    },
  };
}

/**
 * A connection that sends together what was written in one turn of the event loop: the client writes each request by
 * itself, and a file needs five. Sending each apart took longer than encrypting it.
 */
function collectingSocket(host: string, port: number): Socket {
  const socket = connectTo({ host, port });
  // Otherwise each small request waits about 40 ms for the acknowledgement of the one before.
  socket.setNoDelay(true);
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  let isCollecting = false;
  socket.write = (...args: unknown[]) => {
    if (!isCollecting) {
      isCollecting = true;
      socket.cork();
      setImmediate(() => {
        isCollecting = false;
        socket.uncork();
      });
    }
    return write(...args);
  };
  return socket;
}

/** There is no such file or folder (SSH_FX_NO_SUCH_FILE). */
export const isGone = (error: unknown): boolean => hasCode(error, 2, 'ENOENT');

/** The server says only that it failed (SSH_FX_FAILURE). */
export const isFailed = (error: unknown): boolean => hasCode(error, 4, 'ERR_GENERIC_CLIENT');

const hasCode = (error: unknown, ...codes: unknown[]): boolean => codes.includes((error as { code?: unknown }).code);

const isLost = (error: unknown): boolean =>
  hasCode(
    error,
    'ERR_NOT_CONNECTED',
    'ECONNRESET',
    'ECONNREFUSED',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ) ||
  /connection (?:lost|unexpectedly closed|closed)|unexpected (?:end|close) event|no response from server|timed out|not connected|socket closed|Channel .*closed/i.test(
    (error as Error).message,
  );

function knownHosts(home: string) {
  const files = [join(home, '.ssh/known_hosts'), join(home, '.ssh/known_hosts2'), '/etc/ssh/ssh_known_hosts'];
  return files.flatMap((file) => readKnownHosts(readOr(file)?.toString('utf8') ?? ''));
}

function credentialsOf(home: string, identityFile: string | undefined, env: NodeJS.ProcessEnv) {
  const file = identityFile?.replace(/^~(?=\/)/, home);
  const keys = file === undefined ? usualKeys.map((key) => join(home, '.ssh', key)) : [file];
  const privateKey = keys.map(readOr).find((key) => key !== undefined);
  const { BROADSHEET_SFTP_PASSPHRASE: passphrase, BROADSHEET_SFTP_PASSWORD: password, SSH_AUTH_SOCK: agent } = env;
  return {
    ...(agent && file === undefined && { agent }),
    ...(privateKey && { privateKey }),
    ...(passphrase && { passphrase }),
    ...(password && { password }),
  };
}

function readOr(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** The signature algorithms of types of keys. RSA keys sign with SHA-2. */
const algorithmsFor = (types: readonly string[]): string[] =>
  types.flatMap((type) => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type]));

function hostRefused(
  name: string,
  where: string,
  judged: 'unknown' | 'changed' | 'revoked',
  fingerprint: string,
  port: number,
  host: string,
): SetupError {
  const scan = `ssh-keyscan${port === 22 ? '' : ` -p ${port}`} ${host} >> ~/.ssh/known_hosts`;
  return judged === 'unknown'
    ? deployFailed(
        name,
        undefined,
        `This machine does not know ${where} yet. Its key is ${fingerprint}. Nothing was sent.`,
        `Ask your host whether that is its key. If so, run  ${scan} .`,
      )
    : deployFailed(
        name,
        undefined,
        `${where} shows ${judged === 'revoked' ? 'a key that was revoked' : 'another key than before'} (${fingerprint}), so this may be another server. Nothing was sent.`,
        'Ask your host. If it has a new key, delete the old one with  ssh-keygen -R , and accept the new one.',
      );
}
