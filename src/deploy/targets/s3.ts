import { createHash, hash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandOutput,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { TargetOf } from '../../newsroom/deploy-schema.ts';
import { type LockStore, type LockTimes, lockFile, takeLock } from '../lock.ts';
import { type Holder, isLeftAlone, type Listing, type RemoteFile, type Target, type Upload } from '../target.ts';
import { s3Failure } from './s3-failure.ts';

/** The most bytes that a key can have. */
const keyBytesMax = 1024;

/** A request that waits for longer has lost its connection. */
const quietMsMax = 60_000;

/**
 * A bucket of AWS, or of a store that speaks the same protocol (R2, B2, MinIO, Spaces).
 *
 * Credentials come from where every program for S3 looks for them: the environment, a profile in `~/.aws/`, or the
 * machine.
 *
 * @param name for messages
 * @param client replaces parts of the client's settings, for tests
 */
export function s3Target(
  name: string,
  { bucket, region, endpoint, prefix, profile }: TargetOf<'s3'>,
  { client: own = {}, times }: { client?: S3ClientConfig; times?: LockTimes | undefined } = {},
): Target {
  const client = new S3Client({
    region,
    ...(profile !== undefined && { profile }),
    // A store with an address of its own may have no names for buckets.
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    requestHandler: { requestTimeout: quietMsMax, connectionTimeout: 10_000, throwOnRequestTimeout: true },
    ...own,
  });
  const inside = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const keyOf = (path: string) => ({ Bucket: bucket, Key: `${inside}${path}` });

  /** Errors in the words of an editor. @param path of the file, if it is about one */
  async function asked<T>(work: () => Promise<T>, path?: string): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw s3Failure(error, { name, bucket, region, path });
    }
  }

  async function read(path: string): Promise<Uint8Array | undefined> {
    return await asked(async () => {
      try {
        const { Body } = await client.send(new GetObjectCommand(keyOf(path)));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    }, path);
  }

  /** The digest of what is stored, read in parts. */
  async function digestOf(path: string): Promise<string> {
    const { Body } = await client.send(new GetObjectCommand(keyOf(path)));
    const digest = createHash('sha256');
    for await (const part of Body as AsyncIterable<Uint8Array>) digest.update(part);
    return digest.digest('hex');
  }

  /** If the bytes come to an end too early, the request would wait for the rest. */
  async function sent(command: PutObjectCommand, body: Uint8Array | Readable): Promise<PutObjectCommandOutput> {
    command.input.Body = body;
    if (!(body instanceof Readable)) return await client.send(command);
    const aborted = new AbortController();
    let failed: Error | undefined;
    body.once('error', (error) => {
      failed = error;
      aborted.abort();
    });
    try {
      return await client.send(command, { abortSignal: aborted.signal });
    } catch (error) {
      throw failed ?? error;
    }
  }

  async function put(file: Upload): Promise<RemoteFile> {
    const base64 = Buffer.from(file.sha256, 'hex').toString('base64');
    return await asked(async () => {
      const bytes = file.isLarge ? undefined : await file.bytes();
      const said = await sent(
        new PutObjectCommand({
          ...keyOf(file.path),
          ContentLength: file.size,
          ContentType: file.type,
          CacheControl: file.cacheControl,
          ChecksumSHA256: base64,
        }),
        bytes ?? file.stream(),
      );
      const isStored = isConfirmed(said, bytes) || (await digestOf(file.path)) === file.sha256;
      if (!isStored) throw new WrongBytesError(file.path);
      return { size: file.size, stamp: said.ETag ?? '' };
    }, file.path);
  }

  async function contents(): Promise<Listing> {
    const files = new Map<string, RemoteFile>();
    let token: string | undefined;
    do {
      const page = await asked(() =>
        client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: inside, ...(token && { ContinuationToken: token }) }),
        ),
      );
      for (const { Key = '', Size = 0, ETag = '' } of page.Contents ?? []) {
        const path = Key.slice(inside.length);
        // The consoles of stores show a folder by an empty object whose name ends with a slash.
        if (path === '' || path.endsWith('/') || path === lockFile || isLeftAlone(path)) continue;
        files.set(path, { size: Size, stamp: ETag });
      }
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token);
    return files;
  }

  const lockKey = keyOf(lockFile);
  /** Whether the store creates an object only if there is none. Known after a lock was created. */
  let isExclusive = true;
  const create = (text: string) =>
    client.send(
      new PutObjectCommand({
        ...lockKey,
        Body: text,
        IfNoneMatch: '*',
        ContentType: 'application/json',
        CacheControl: 'no-store',
      }),
    );
  const readLock = async () => {
    const bytes = await read(lockFile);
    return bytes && Buffer.from(bytes).toString();
  };
  const store: LockStore = {
    create: (text) =>
      asked(async () => {
        try {
          // Some stores ignore the condition, and would overwrite the lock of somebody else.
          if (!isExclusive && (await readLock()) !== undefined) return false;
          await create(text);
        } catch (error) {
          if (statusOf(error) === 412 || statusOf(error) === 409) return false;
          throw error;
        }
        return true;
      }, lockFile),
    read: readLock,
    write: async (text) => {
      await asked(() => client.send(new PutObjectCommand({ ...lockKey, Body: text, ContentType: 'application/json' })));
    },
    remove: async (text) => {
      if ((await readLock()) === text) await asked(() => client.send(new DeleteObjectCommand(lockKey)));
    },
  };

  return {
    name,
    parallel: 16,
    isNear: false,
    whyNot: (path) =>
      Buffer.byteLength(inside + path) > keyBytesMax
        ? `its key is longer than the ${keyBytesMax} bytes that a store allows`
        : undefined,
    contents,
    read,
    put,
    async remove(path) {
      await asked(() => client.send(new DeleteObjectCommand(keyOf(path))), path);
    },
    async lock(holder: Holder) {
      isExclusive = await asked(() =>
        honoursConditions(client, { bucket, key: `${inside}${lockFile}-test-${holder.id}` }),
      );
      const lock = await takeLock(name, store, holder, times, async ({ check }) => {
        if (isExclusive) return;
        // Two deploys that began at the same moment both wrote. The one whose lock was overwritten stops.
        await new Promise((resolve) => setTimeout(resolve, settleMs));
        await check();
      });
      if (isExclusive) return lock;
      return {
        ...lock,
        doubt: 'The store does not say when two deploys begin in the same second. Start one at a time.',
      };
    },
    async close() {
      client.destroy();
    },
  };
}

const settleMs = 1000;

/** The store has other bytes than those that were sent. It may be right the next time. */
class WrongBytesError extends Error {
  readonly isTransient = true;
  readonly code = 'EBADBYTES';
  constructor(path: string) {
    super(`the store has other bytes of ${path} than those that were sent`);
    this.name = 'WrongBytesError';
  }
}

/**
 * Whether the store names the MD5 of the bytes in its response. Then it has stored these bytes. The ETag of an object that
 * was sent in parts, or is encrypted with a key of the customer, is something else, and the object has to be read.
 */
const isConfirmed = ({ ETag }: PutObjectCommandOutput, bytes: Uint8Array | undefined): boolean =>
  bytes !== undefined && ETag?.replaceAll('"', '') === hash('md5', bytes, 'hex');

/** Creates the same object twice. The second time, a store that honours the condition refuses. */
async function honoursConditions(client: S3Client, { bucket, key }: { bucket: string; key: string }): Promise<boolean> {
  const put = new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'test', ContentLength: 4, IfNoneMatch: '*' });
  try {
    await client.send(put);
    await client.send(put);
    return false;
  } catch (error) {
    if (statusOf(error) === 412) return true;
    if (statusOf(error) === 501 || statusOf(error) === 400) return false; // it knows no conditions
    throw error;
  } finally {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })).catch(() => {});
  }
}

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

const isMissing = (error: unknown): boolean => {
  const { name } = error as Error;
  return name === 'NoSuchKey' || (name === 'NotFound' && statusOf(error) === 404);
};
