import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { smallNewsroom, story } from './small-newsroom.fixture.ts';

test('a publish right after one that was refused while the templates were built waits for them', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'newsroom-cache-'));
  // What the bundler of a killed process left, and a folder that an older version used.
  const left = ['work', 'work-999999999-0'];
  for (const name of left) mkdirSync(join(cache, 'bundle', name, 'out'), { recursive: true });
  const file = 'content/stories/2025/02/a.md';
  const newsroom = smallNewsroom({ [file]: story({ section: 'nowhere' }), 'theme/look.css': 'h1 { color: #123 }' });
  onTestFinished(() => {
    for (const folder of [newsroom.site, cache]) rmSync(folder, { recursive: true, force: true });
  });
  await expect(newsroom.press({ cache })).rejects.toThrow('nowhere');
  newsroom.put(file, story());
  const { rendered } = await newsroom.press({ cache });
  expect(rendered).toBeGreaterThan(0);
  // One bundle, and nothing that was only needed to build it.
  expect(readdirSync(join(cache, 'bundle'))).toHaveLength(1);
});
