import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { compileAhead } from '../index/bodies.ts';
import { clearBodyCaches, openBodyCaches } from '../index/body-cache.ts';
import { closeIndexHandle, openIndexHandle } from '../index/handle.ts';
import { querySite } from '../queries/queries.ts';
import { indexFile } from './index-file.ts';
import { type SmallNewsroom, sharedCache, smallNewsroom, story } from './small-newsroom.fixture.ts';

// At a load of 22 on two cores, the slowest of these tests took 84 seconds.
vi.setConfig({ testTimeout: 180_000 });

const file = (number: number) => `content/stories/2025/02/s${number}/index.md`;

function archive(stories: number): SmallNewsroom {
  const newsroom = smallNewsroom();
  for (let number = 0; number < stories; number++)
    newsroom.put(
      file(number),
      story({ headline: `Story ${number}`, language: number === 7 ? 'fr' : undefined }, `It's "story" ${number}.`),
    );
  newsroom.put(file(3), story({ headline: 'Not yet', draft: true }, 'Not yet.'));
  return newsroom;
}

test('texts of public stories are compiled while the threads wait, and only for that long', async () => {
  const newsroom = archive(50);
  await newsroom.press();
  const path = indexFile(sharedCache, realpathSync(join(newsroom.site, 'dist')));
  const index = openIndexHandle(newsroom.site, path);
  try {
    newsroom.put(file(9), story({ headline: 'Story 9' }, 'Saved after the look.'));
    const cached = async (asked: number): Promise<string[]> => {
      let left = asked;
      await compileAhead(index, querySite(index), () => left-- > 0);
      index.bodyCache?.close();
      const bodyCaches = openBodyCaches(index.file);
      index.bodyCache = bodyCaches;
      const rows = index
        .sql("SELECT file, card ->> 'language' AS language, record ->> 'fileDigest' AS digest FROM story")
        .all() as { file: string; language: string | null; digest: string }[];
      const found = rows.filter((row) => bodyCaches?.get?.(`${row.file} ${row.language ?? 'en-IE'} ${row.digest}`));
      bodyCaches?.close();
      index.bodyCache = undefined;
      return found.map((row) => row.file);
    };
    const all = await cached(1_000);
    // Neither the draft nor the story that has changed meanwhile.
    expect(all).toHaveLength(48);
    expect(all).toContain(file(7));
    expect(await cached(1)).toHaveLength(20);
  } finally {
    closeIndexHandle(index);
    clearBodyCaches(index.file);
    rmSync(newsroom.site, { recursive: true, force: true });
  }
});

test('a large site with another theme is the same as one that was built with it', async () => {
  const newsroom = archive(420);
  try {
    await newsroom.press();
    newsroom.put('theme/extra.css', 'body { letter-spacing: 0 }\n');
    const { changed } = await newsroom.press();
    expect(changed.length).toBeGreaterThan(419);
    await newsroom.press({ dist: join(newsroom.site, 'other') });
    expect(newsroom.dist()).toEqual(newsroom.dist(join(newsroom.site, 'other')));
  } finally {
    rmSync(newsroom.site, { recursive: true, force: true });
  }
});
