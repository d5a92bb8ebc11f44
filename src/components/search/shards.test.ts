import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { Shards } from './shards.ts';

afterEach(() => vi.unstubAllGlobals());

/** A site with one year, whose index can be published again. */
function site(program?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'shards-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'pagefind'));
  const publish = (text = 'export const createInstance = (options) => ({ options });') =>
    writeFileSync(join(folder, 'pagefind/pagefind.js'), text);
  if (program !== '') publish(program);
  const state = { en: 'one', de: 'one' };
  const asked: string[] = [];
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  vi.stubGlobal('fetch', async (url: string, { cache }: RequestInit) => {
    asked.push(`${url.slice(folder.length)} ${cache}`);
    const languages = Object.entries(state).map(([language, tag]) => ({ language, stories: 1, rules: 'en', tag }));
    return Response.json({ version: '1', languages });
  });
  return { shards: new Shards(`${folder}/`, 'en'), state, asked, publish };
}

test('each query asks once which shards a year has, and keeps those with the same tag', async () => {
  const { shards, state, asked } = site();
  const first = await shards.open('2025');
  expect(await shards.open('2025')).toBe(first);
  expect(asked).toEqual(['/pagefind/2025/index.json no-cache']);
  const opened = await first[0]!.open();
  state.en = 'two';
  shards.renew();
  const second = await shards.open('2025');
  expect(asked.length).toBe(2);
  expect(second.map((shard, place) => shard === first[place])).toEqual([false, true]);
  expect(await second[0]!.open()).not.toBe(opened);
  expect(await second[0]!.open()).toMatchObject({ options: { metaCacheTag: 'two' } });
  // After an error, nothing is kept.
  shards.forget();
  expect((await shards.open('2025'))[1]).not.toBe(first[1]);
});

test('a program that could not be loaded is loaded again, at another address', async () => {
  const { shards, publish } = site('throw new Error("cut off");');
  const [shard] = await shards.open('2025');
  await expect(shard!.open()).rejects.toThrow('cut off');
  expect(shard!.isOpen()).toBe(false);
  publish();
  expect(await shard!.open()).toMatchObject({ options: { metaCacheTag: 'one' } });
});
