import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FoundBrowser } from './browser.ts';
import { demo } from './demo.ts';
import { type Category, judge } from './engines/lighthouse.ts';
import { pageTypes } from './engines/page-types.ts';
import { addressOf } from './files.ts';
import { serve } from './serve.ts';
import { expect, test } from './test.ts';

// Runs Lighthouse as on a phone. Whatever does not depend on the speed of this machine is a gate. The benchmark
// measures performance.
const gate: Category[] = ['accessibility', 'best-practices', 'seo'];
const all = { accessibility: 100, 'best-practices': 100, seo: 100 };

test.describe.configure({ mode: 'default' });

const found = (): FoundBrowser => JSON.parse(process.env.BROADSHEET_BROWSER!) as FoundBrowser;

test('front, section, story, and long story have full scores for accessibility, best practices, and SEO', async () => {
  const { origin, server } = await serve(demo().folder, { compresses: true });
  try {
    const types = await pageTypes(demo().folder);
    const asked = ['front', 'section', 'story', 'long story'].map((type) => [type, types[type]!] as const);
    const judged = await judge(
      found(),
      asked.map(([, path]) => origin + addressOf(path)),
      gate,
    );
    for (const [i, [type]] of asked.entries()) expect(judged[i]!.scores, `${type}: ${judged[i]!.faults}`).toEqual(all);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('canary: a page that breaks one rule of each is detected', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-lighthouse-'));
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><html><head><meta charset="utf-8"><meta name="robots" content="noindex"></head><body><img src="gone.png"><script>throw new Error("seeded")</script></body></html>',
  );
  const { origin, server } = await serve(folder);
  try {
    const [{ scores, faults } = { scores: {}, faults: [] }] = await judge(found(), [`${origin}/`], gate);
    for (const score of Object.values(scores)) expect(score).toBeLessThan(100);
    for (const rule of ['image-alt', 'html-has-lang', 'document-title', 'errors-in-console', 'is-crawlable'])
      expect(faults.join('\n')).toContain(`${rule}:`);
  } finally {
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  }
});
