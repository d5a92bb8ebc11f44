import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from './store.ts';

function opened() {
  const site = mkdtempSync(join(tmpdir(), 'desk-store-'));
  let store = openStore(site);
  onTestFinished(() => {
    store.close();
    rmSync(site, { recursive: true, force: true });
  });
  const again = () => {
    store.close();
    store = openStore(site);
    return store;
  };
  return { site, store, again };
}

const version = { path: 'a.md', digest: 'd1', at: 1, why: 'saved' as const, words: 2 };

test('an autosave is kept until it is deleted, and a later one replaces it', () => {
  const { store, again } = opened();
  store.putAutosave({ path: 'a.md', base: 'x', at: 1, change: { body: 'first' } });
  store.putAutosave({ path: 'a.md', base: 'x', at: 2, change: { edits: [{ path: ['headline'], value: null }] } });
  const later = again();
  expect(later.autosave('a.md')).toEqual({
    path: 'a.md',
    base: 'x',
    at: 2,
    change: { edits: [{ path: ['headline'], value: null }] },
  });
  expect(later.autosaved()).toEqual(['a.md']);
  later.deleteAutosave('a.md');
  expect(later.autosave('a.md')).toBeUndefined();
});

test('versions are newest first, and the same text is not kept twice', () => {
  const { store } = opened();
  store.addVersion({ ...version, why: 'found' }, 'one');
  store.addVersion({ ...version, why: 'found' }, 'one');
  store.addVersion({ ...version, digest: 'd2', at: 2 }, 'two');
  store.addVersion({ ...version, digest: 'd2', at: 3 }, 'two');
  store.addVersion({ ...version, digest: 'd2', at: 3, why: 'found' }, 'two');
  store.addVersion({ ...version, digest: 'd2', at: 4, why: 'published' }, 'two');
  store.addVersion({ ...version, path: 'b.md' }, 'other');
  expect(store.versions('a.md').map(({ why, at }) => [why, at])).toEqual([
    ['published', 4],
    ['saved', 2],
    ['found', 1],
  ]);
  expect(store.version(store.versions('a.md').at(-1)!.id)?.text).toBe('one');
  expect(store.textOf('a.md', 'd2')).toBe('two');
  expect(store.textOf('a.md', 'd3')).toBeUndefined();
});

test('settings are values', () => {
  const { store, again } = opened();
  expect(store.setting('view')).toBeUndefined();
  store.setSetting('view', { columns: ['section'] });
  store.setSetting('view', { columns: ['section', 'state'] });
  expect(again().setting('view')).toEqual({ columns: ['section', 'state'] });
});

test('git ignores the folder, whatever the list of the newsroom says', () => {
  const { site } = opened();
  expect(readFileSync(join(site, '.broadsheet-desk/.gitignore'), 'utf8')).toBe('*\n');
  expect(existsSync(join(site, '.gitignore'))).toBe(false);
});

test('a store from a newer version is left as it is', () => {
  const { site, store } = opened();
  store.close();
  const db = new DatabaseSync(join(site, '.broadsheet-desk/desk.db'));
  db.exec('PRAGMA user_version = 99');
  db.close();
  expect(() => openStore(site)).toThrow('newer version of Broadsheet');
});

test('a database that somebody deleted while it was open is written again with everything in it', () => {
  const { site, store } = opened();
  const says: string[] = [];
  const watched = openStore(site, (one) => says.push(one));
  onTestFinished(() => watched.close());
  watched.putAutosave({ path: 'a.md', base: 'x', at: 1, change: { body: 'first' } });
  store.close();
  rmSync(join(site, '.broadsheet-desk'), { recursive: true });
  watched.putAutosave({ path: 'b.md', base: 'x', at: 2, change: { body: 'second' } });
  expect(says.join()).toMatch(/has written it again/);
  const later = openStore(site);
  expect(later.autosaved()).toEqual(['a.md', 'b.md']);
  later.close();
  expect(readFileSync(join(site, '.broadsheet-desk/.gitignore'), 'utf8')).toBe('*\n');
});

test('a deleted database that cannot be written again stays in use until it can', () => {
  const { site, store } = opened();
  const folder = join(site, '.broadsheet-desk');
  const says: string[] = [];
  const watched = openStore(site, (one) => says.push(one));
  watched.putAutosave({ path: 'a.md', base: 'x', at: 1, change: { body: 'first' } });
  store.close();
  rmSync(folder, { recursive: true });
  // Nothing can be written below a file, as on a full disk.
  writeFileSync(folder, '');
  watched.putAutosave({ path: 'b.md', base: 'x', at: 2, change: { body: 'second' } });
  expect(watched.autosaved()).toEqual(['a.md', 'b.md']);
  expect(says).toEqual([expect.stringMatching(/cannot write it again\..*Keep the desk open/)]);
  rmSync(folder);
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
  onTestFinished(() => clock.mockRestore());
  watched.putAutosave({ path: 'c.md', base: 'x', at: 3, change: { body: 'third' } });
  expect(says.slice(1)).toEqual([expect.stringMatching(/has written it again/)]);
  // And once more, until the desk closes.
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
  watched.putAutosave({ path: 'd.md', base: 'x', at: 4, change: { body: 'fourth' } });
  rmSync(folder);
  watched.close();
  const later = openStore(site);
  onTestFinished(() => later.close());
  expect(later.autosaved()).toEqual(['a.md', 'b.md', 'c.md', 'd.md']);
});

test.each([
  ['no database at all', () => Buffer.from('garbage'.repeat(1000))],
  ['a database with damaged pages', (bytes: Buffer) => bytes.fill(7, 4096)],
  ['a database that was cut off', (bytes: Buffer) => bytes.subarray(0, 5000)],
])('%s is set aside and replaced, at the start and while it is open', (_, damage) => {
  const { site, store, again } = opened();
  for (let at = 0; at < 50; at++) store.addVersion({ ...version, digest: `d${at}`, at }, 'x'.repeat(500));
  store.close();
  const file = join(site, '.broadsheet-desk/desk.db');
  writeFileSync(file, damage(readFileSync(file)));
  const says: string[] = [];
  const next = openStore(site, (one) => says.push(one));
  onTestFinished(() => next.close());
  next.addVersion(version, 'after');
  expect(next.versions('a.md').map(({ digest }) => digest)).toEqual(['d1']);
  expect(says).toHaveLength(1);
  expect(says[0]).toMatch(/was damaged.*Saved stories are as they were.*damaged-1\.db/);
  expect(existsSync(join(site, '.broadsheet-desk/damaged-1.db'))).toBe(true);
  // Once more, and the first one is still there.
  next.close();
  writeFileSync(file, 'garbage'.repeat(1000));
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
  again().putAutosave({ path: 'a.md', base: 'x', at: 1, change: {} });
  expect(existsSync(join(site, '.broadsheet-desk/damaged-2.db'))).toBe(true);
});
