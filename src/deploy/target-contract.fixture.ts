import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SetupError } from '../problems/problem.ts';
import { sha256Of } from '../site/manifest.ts';
import { holderHere } from './lock.ts';
import { intentFile, type Lock, type Target, type Upload } from './target.ts';
import { uploadOf, uploadOfText } from './upload.ts';

/** A target for the contract, and what only its test can do there. */
export interface Tried {
  /** A new connection to the same place. Locks of other machines are watched for at most a second. */
  open(): Target;
  /** Every file that a reader could ask for, with its text. What a host does not serve is left out. */
  readable(): Promise<Map<string, string>>;
  /** Somebody else writes a file, without the target. */
  change(path: string, text: string): Promise<void>;
  /** If `lock` cannot refuse a second holder there. */
  hasNoLock?: boolean;
  close(): Promise<void>;
}

/**
 * What every target promises (`target.ts`). Call it in the test of a target.
 *
 * @param make an empty place
 */
export function promisesOfTargets(kind: string, make: () => Promise<Tried>): void {
  describe(`${kind}: a target`, () => {
    let tried: Tried;
    let target: Target;
    let folder: string;
    let lock: Lock | undefined;
    const opened: Target[] = [];
    const open = () => {
      opened.push(tried.open());
      return opened.at(-1)!;
    };
    const locked = async (one: Target) => {
      await one.contents();
      lock = await one.lock(holderHere('deploy', new Date()));
    };
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'contract-'));
      tried = await make();
      target = open();
      await locked(target);
    });
    afterEach(async () => {
      await lock?.release();
      for (const one of opened.splice(0)) await one.close();
      await tried?.close(); // a test may not be run
      rmSync(folder, { recursive: true, force: true });
    });

    /** A file on this machine. */
    const fileOf = (path: string, text: string, size?: number): Upload => {
      const from = join(folder, 'file');
      writeFileSync(from, text, 'latin1');
      const upload = uploadOf(path, { sha256: sha256Of(Buffer.from(text, 'latin1')), size: text.length }, from);
      return size === undefined ? upload : { ...upload, isLarge: true };
    };
    const put = async (path: string, text: string) => await target.put(uploadOfText(path, text));
    const listed = async () => [...(await target.contents()).keys()].sort();

    test('lists nothing before something is put there', async () => {
      expect(await listed()).toEqual([]);
    });

    test('returns from put what it lists afterwards', async () => {
      const file = await put('2025/02/harbour/index.html', 'The harbour');
      expect(file.size).toBe(11);
      expect((await target.contents()).get('2025/02/harbour/index.html')).toEqual(file);
      expect((await open().contents()).get('2025/02/harbour/index.html')).toEqual(file);
      expect((await tried.readable()).get('2025/02/harbour/index.html')).toBe('The harbour');
    });

    test('replaces a file, also twice with the same bytes, and changes the stamp with the bytes', async () => {
      const first = await put('index.html', 'one');
      const second = await put('index.html', 'two');
      expect(second.stamp === first.stamp && second.stamp !== '').toBe(false);
      await put('index.html', 'two');
      expect((await tried.readable()).get('index.html')).toBe('two');
      expect(await listed()).toEqual(['index.html']);
    });

    test('shows that somebody else has written a file', async () => {
      const mine = await put('index.html', 'mine');
      await new Promise((resolve) => setTimeout(resolve, 1100)); // some hosts know only seconds
      await tried.change('index.html', 'them');
      expect((await target.contents()).get('index.html')).not.toEqual(mine);
      expect(Buffer.from((await target.read('index.html')) ?? []).toString()).toBe('them');
    });

    test('reads a file, and undefined for a missing one', async () => {
      await put('a/b.txt', 'text');
      expect(Buffer.from((await target.read('a/b.txt')) ?? []).toString()).toBe('text');
      expect(await target.read('a/c.txt')).toBeUndefined();
      expect(await target.read('x/y.txt')).toBeUndefined();
    });

    test('deletes a file, and does nothing if it is missing', async () => {
      await put('a/b/c.html', 'text');
      await put('a/d.html', 'text');
      await target.remove('a/b/c.html');
      await target.remove('a/b/c.html');
      await target.remove('x/y.html');
      expect(await listed()).toEqual(['a/d.html']);
    });

    test('stores every byte, an empty file, and a large one in parts', async () => {
      const bytes = String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i)).repeat(4);
      await target.put(fileOf('assets/bytes.bin', bytes));
      await put('empty.txt', '');
      const large = bytes.repeat(3000);
      await target.put(fileOf('assets/large.bin', large, large.length));
      const found = await tried.readable();
      expect(found.get('assets/bytes.bin')).toBe(bytes);
      expect(found.get('empty.txt')).toBe('');
      expect(found.get('assets/large.bin') === large).toBe(true);
      expect((await target.contents()).get('assets/large.bin')?.size).toBe(large.length);
    });

    test('stores names with spaces, signs, and letters of other scripts', async () => {
      const names = ['a b/c+d&e=f.html', 'гавань/порт.html', '港口/index.html', "it's 100% (new)/x.html", 'a#b?c.txt'];
      const possible = names.filter((name) => target.whyNot?.(name) === undefined);
      for (const name of possible) await put(name, name);
      expect(await listed()).toEqual([...possible].sort());
      for (const name of possible) expect(Buffer.from((await target.read(name)) ?? []).toString(), name).toBe(name);
      for (const name of possible) await target.remove(name);
      expect(await listed()).toEqual([]);
    });

    test('keeps the old file whole if the bytes are no longer those that were planned', async () => {
      await put('index.html', 'old');
      for (const isLarge of [false, true]) {
        const changed = { ...fileOf('index.html', 'new'), isLarge };
        writeFileSync(join(folder, 'file'), 'other');
        await expect(target.put(changed)).rejects.toThrow('changed while it was sent');
        const gone = { ...fileOf('index.html', 'new'), isLarge };
        rmSync(join(folder, 'file'));
        await expect(target.put(gone)).rejects.toThrow('changed while it was sent');
      }
      expect((await tried.readable()).get('index.html')).toBe('old');
      expect(await listed()).toEqual(['index.html']);
    });

    test('sends several files at once', async () => {
      const names = Array.from({ length: 40 }, (_, i) => `2025/0${i % 10}/s${i}/index.html`);
      await Promise.all(names.map((name) => put(name, name)));
      expect(await listed()).toEqual(names.sort());
    });

    test('keeps a note about what is being sent, until it is deleted', async () => {
      await put(intentFile, '["index.html"]');
      expect((await open().contents()).has(intentFile)).toBe(true);
      await target.remove(intentFile);
      expect(await listed()).toEqual([]);
    });

    test('leaves nothing but the files that were put there', async () => {
      await put('index.html', 'text');
      await put(intentFile, '[]');
      await target.remove(intentFile);
      await lock?.release();
      lock = undefined;
      expect([...(await tried.readable()).keys()]).toEqual(['index.html']);
    });

    test('refuses a second deploy with the name of the holder, until the first has ended', async () => {
      if (tried.hasNoLock) return;
      const other = open();
      await other.contents();
      const holder = { ...holderHere('deploy live', new Date()), user: 'nadia' };
      const refused = await other.lock(holder).then(
        () => undefined,
        (error: unknown) => error as SetupError,
      );
      expect(refused?.problems[0]?.rule).toBe('deploy-locked');
      expect(refused?.message).toContain(`process ${process.pid}`);
      await lock?.check();
      await lock?.release();
      lock = await other.lock(holder);
      await lock.check();
    });

    test('takes over the lock of a process that has ended, and the first one notices it', async () => {
      if (tried.hasNoLock) return;
      await lock?.release();
      const dead = { ...holderHere('deploy live', new Date()), pid: 2 ** 30 };
      const first = await target.lock(dead);
      const other = open();
      await other.contents();
      lock = await other.lock(holderHere('deploy', new Date()));
      await expect(first.check()).rejects.toThrow('taken over');
      await first.release();
      await lock.check();
    });
  });
}
