import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startFauxqs } from 'fauxqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { holderHere } from '../lock.ts';
import { newsSite, type SmallSite, smallSite } from '../small-site.fixture.ts';
import { workFolder } from '../target.ts';
import { promisesOfTargets } from '../target-contract.fixture.ts';
import { s3Target } from './s3.ts';
import { fateOfCondition, type StoreProxy, storeProxy } from './store-proxy.fixture.ts';

// Nothing shows that it is alive during a test, or a process that counts as ended could write its lock again.
const times = { beatMs: 60_000, watchMs: 200 };
const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };

let server: Awaited<ReturnType<typeof startFauxqs>>;
beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  server.createBucket('paper');
});
afterAll(async () => await server.stop());

const settings = (prefix = '') =>
  ({ kind: 's3', bucket: 'paper', region: 'us-east-1', endpoint: server.address, prefix }) as const;

for (const prefix of ['', 'paper/2025'])
  promisesOfTargets(`s3 ${prefix}`, async () => {
    const open = () => s3Target('bucket', settings(prefix), { times, client: { credentials } });
    const other = open();
    return {
      open,
      async readable() {
        const files = new Map<string, string>();
        for (const path of (await other.contents()).keys())
          if (!path.startsWith(`${workFolder}/`))
            files.set(path, Buffer.from((await other.read(path)) ?? []).toString('latin1'));
        return files;
      },
      async change(path, text) {
        await put(`${prefix && `${prefix}/`}${path}`, text);
      },
      async close() {
        await other.close();
        server.emptyBucket('paper');
      },
    };
  });

async function put(key: string, text: string): Promise<void> {
  const client = new S3Client({ region: 'us-east-1', endpoint: server.address, forcePathStyle: true, credentials });
  await client.send(new PutObjectCommand({ Bucket: 'paper', Key: key, Body: text }));
  client.destroy();
}

describe('the lock of a store', () => {
  test('that honours conditions is created by one of two at the same moment, and needs no pause', async () => {
    const store = await storeProxy(server.address, (request) => fateOfCondition(server.address, request));
    const open = () => s3Target('bucket', { ...settings(), endpoint: store.url }, { times, client: { credentials } });
    const targets = Array.from({ length: 4 }, open);
    const taken = await Promise.allSettled(targets.map((target) => target.lock(holderHere('deploy', new Date()))));
    const locks = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(locks.length).toBe(1);
    expect(locks[0]?.doubt).toBeUndefined();
    for (const one of taken) if (one.status === 'rejected') expect(String(one.reason)).toMatch(/is in use/);
    await locks[0]?.release();
    for (const target of targets) await target.close();
    await store.close();
  });

  test('that ignores them says so, and one of two still stops', async () => {
    const open = () => s3Target('bucket', settings(), { times, client: { credentials } });
    const targets = [open(), open()];
    const taken = await Promise.allSettled(targets.map((target) => target.lock(holderHere('deploy', new Date()))));
    const locks = taken.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(locks.length).toBeLessThan(2);
    for (const lock of locks) {
      expect(lock.doubt).toMatch(/same second/);
      await lock.release();
    }
    for (const target of targets) await target.close();
    server.emptyBucket('paper');
  });
});

describe('a store with faults', () => {
  let site: SmallSite;
  beforeEach(() => {
    site = smallSite();
    site.build(newsSite('one', { ferry: 'The first ferry', vote: 'The vote' }));
  });
  afterEach(() => {
    site.remove();
    server.emptyBucket('paper');
  });
  const deployTo = async (store: StoreProxy) => {
    const target = s3Target('bucket', { ...settings(), endpoint: store.url }, { times, client: { credentials } });
    return await site.deploy(target);
  };

  test('that answers 503 every third time gets the whole site', async () => {
    const store = await storeProxy(server.address, (_, count) => (count % 3 === 0 ? 503 : undefined));
    const report = await deployTo(store);
    expect(report.sent.sort()).toEqual([...site.files().keys()].sort());
    await store.close();
  });

  test('that refuses us is named with what we may not do, and is asked once', async () => {
    const store = await storeProxy(server.address, (request) => (request.method === 'PUT' ? 403 : undefined));
    await expect(deployTo(store)).rejects.toThrow(/may not do this in the bucket paper/);
    expect(store.requests.filter((one) => one.startsWith('PUT')).length).toBe(1);
    await store.close();
  });

  test('that changes bytes on their way is noticed', async () => {
    const good = await storeProxy(server.address, () => undefined);
    await deployTo(good);
    await good.close();
    site.build(newsSite('one', { ferry: 'The second ferry', vote: 'The vote' }));
    // It answers as if it had stored the page, and has not.
    const store = await storeProxy(server.address, (request) =>
      request.method === 'PUT' && request.url?.includes('ferry/index.html') ? 200 : undefined,
    );
    await expect(deployTo(store)).rejects.toThrow(/other bytes of 2025\/02\/ferry\/index.html/);
    await store.close();
  });

  test('a bucket that does not exist is named', async () => {
    const target = s3Target('bucket', { ...settings(), bucket: 'no-such-bucket' }, { times, client: { credentials } });
    await expect(site.deploy(target)).rejects.toThrow(/there is no bucket no-such-bucket/);
  });

  test('without credentials, nothing is sent', async () => {
    const target = s3Target('bucket', settings(), {
      times,
      client: {
        credentials: () => Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' })),
      },
    });
    await expect(site.deploy(target)).rejects.toThrow(/no credentials/);
  });
});

test('files have the type and the lifetime that browsers need', async () => {
  const site = smallSite();
  site.build(newsSite('one', { ferry: 'The first ferry' }));
  await site.deploy(s3Target('bucket', settings(), { times, client: { credentials } }));
  const headersOf = async (path: string) => {
    const { headers } = await fetch(`${server.address}/paper/${path}`, { method: 'HEAD' });
    return [headers.get('content-type'), headers.get('cache-control')];
  };
  expect(await headersOf('index.html')).toEqual(['text/html; charset=utf-8', 'public, max-age=60, must-revalidate']);
  const picture = [...site.files().keys()].find((path) => path.startsWith('assets/pictures/'))!;
  expect(await headersOf(picture)).toEqual(['image/jpeg', 'public, max-age=31536000, immutable']);
  site.remove();
  server.emptyBucket('paper');
});
