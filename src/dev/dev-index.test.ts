import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDevIndex } from './dev-index.ts';
import { warningsFor } from './warnings.ts';

/** @param onScanned called when the files of the newsroom have been scanned, and nothing is ingested yet */
function opened(onScanned = () => {}) {
  const site = mkdtempSync(join(tmpdir(), 'dev-index-'));
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(site, file)), { recursive: true });
    writeFileSync(join(site, file), text);
  };
  put('content/site.yaml', 'name: Post\nurl: https://post.example/\nsections:\n  - { id: world, title: World }\n');
  const clock = () => Date.parse('2026-01-01T00:00:00Z');
  const now = () => {
    onScanned();
    return clock();
  };
  const cache = join(site, '.broadsheet');
  mkdirSync(cache);
  const newsroom = openDevIndex({ site, cache, file: join(cache, 'index.db'), now, clock, showsHidden: false });
  onTestFinished(() => {
    newsroom.close();
    rmSync(site, { recursive: true, force: true });
  });
  return { newsroom, put, site };
}

const story = (headline: string) =>
  `---\nheadline: ${headline}\nsection: world\npublished: 2025-02-12\n---\n\nWords.\n`;
const storyFile = 'content/stories/2025/02/a.md';

test('a file that was saved while a scan was running is read before the next request is answered', async () => {
  let asked: Promise<unknown> | undefined;
  const { newsroom, put } = opened(() => {
    // In a later step, as another request would come: the scan is over, and its files are being ingested.
    asked ??= Promise.resolve().then(() => {
      put('content/stories/2025/02/b.md', story('[B]'));
      return newsroom.refresh();
    });
  });
  put(storyFile, story('A'));
  expect(await newsroom.refresh()).toEqual([]);
  expect(await asked).toMatchObject([{ file: 'content/stories/2025/02/b.md', line: 2 }]);
});

test('requests that come while a scan is running share the one that follows it', async () => {
  const { newsroom, put } = opened();
  put(storyFile, story('A'));
  await newsroom.refresh();
  const [, ...later] = [newsroom.refresh(), newsroom.refresh(), newsroom.refresh()];
  const [second, third] = await Promise.all(later);
  expect(second).toBe(third);
});

test('a mistake in deploy.yaml is a warning on the front page until it is corrected, and no page disappears', async () => {
  const { newsroom, put, site } = opened();
  put(storyFile, story('A'));
  expect(await newsroom.refresh()).toEqual([]);
  put('content/deploy.yaml', 'targets:\n  live: { kind: foldr, path: /srv/www }\n');
  const problems = await newsroom.refresh();
  expect(problems).toMatchObject([{ file: 'content/deploy.yaml', line: 2, severity: 'warning' }]);
  expect(warningsFor(newsroom.index, { kind: 'home' }, problems).own).toEqual(problems);
  expect(warningsFor(newsroom.index, { kind: 'story', story: '2025/02/a' }, problems).own).toEqual([]);
  put('content/deploy.yaml', 'targets:\n  live: { kind: folder, path: /srv/www }\n');
  expect(await newsroom.refresh()).toEqual([]);
  put('content/deploy.yaml', 'targets:\n  live: { kind: folder, path: /srv/www, password: hunter22 }\n');
  expect(await newsroom.refresh()).toMatchObject([{ severity: 'warning' }]);
  rmSync(join(site, 'content/deploy.yaml'));
  expect(await newsroom.refresh()).toEqual([]);
});
