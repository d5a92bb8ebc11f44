import { networkInterfaces } from 'node:os';
import { type Browser, expect, test } from '@playwright/test';
import { launchFound } from './browser.ts';
import { type DevPaper, startDev } from './dev-paper.ts';

// Editors see what readers do not see yet, and are told what readers see instead.

const site = `name: The Example Post
url: https://x.example/paper/
timeZone: Europe/Dublin
sections:
  - { id: world, title: World }
`;
const story = (headline: string, more = '') =>
  `---\nheadline: ${headline}\nsection: world\npublished: 2025-02-12T09:00\n${more}---\n\nThe words of ${headline}.\n`;
const files = {
  'content/site.yaml': site,
  'content/stories/2025/02/harbour.md': story('Harbour'),
  'content/stories/2025/02/sketch/index.md': `${story('Sketch', 'draft: true\n')}\n[Report](report.txt)\n`,
  'content/stories/2025/02/sketch/report.txt': 'Zahlen',
  'content/stories/2025/02/later.md': story('Later', 'embargo: 2031-11-01T06:00\n'),
  'content/stories/2025/02/gone.md': story('Gone', 'withdrawn: { date: 2025-03-01, reason: It was wrong. }\n'),
};
/** The text of the bar, which is in its own shadow tree. */
const barOf = (text: string) =>
  (/<aside aria-label="For the newsroom">(.*?)<\/aside>/s.exec(text)?.[1] ?? '').replace(/<[^>]*>/g, '');

test.describe('on an editor’s own machine', () => {
  let dev: DevPaper;
  let browser: Browser;
  test.beforeAll(async () => {
    dev = await startDev(files);
    browser = await launchFound();
  });
  test.afterAll(async () => {
    await browser?.close();
    await dev?.stop();
  });

  test('hidden stories are at their addresses, each with what readers see there and when', async () => {
    const draft = await dev.get('/2025/02/sketch/');
    expect(draft.status).toBe(200);
    expect(draft.text).toContain('The words of Sketch.');
    expect(barOf(draft.text)).toMatch(
      /^Draft\. .*“Page not found”.*remove draft: true from content\/stories\/2025\/02\/sketch\/index\.md/,
    );

    const waiting = await dev.get('/2025/02/later/');
    expect(waiting.text).toContain('The words of Later.');
    expect(barOf(waiting.text)).toMatch(
      /^Scheduled\. .*until 1 November 2031, 06:00 \(Europe\/Dublin, in [\d,]+ days\)/,
    );

    const gone = await dev.get('/2025/02/gone/');
    expect(gone.text).toContain('It was wrong.');
    expect(gone.text).not.toContain('The words of Gone.');
    expect(barOf(gone.text)).toMatch(/^Withdrawn\. Readers see this notice/);

    expect(barOf((await dev.get('/2025/02/harbour/')).text)).toBe('');
  });

  test('no list, feed, or other page shows them, but the front page says where they are', async () => {
    const front = (await dev.get('/')).text;
    expect(barOf(front)).toMatch(/2 stories that readers do not see yet.*Later.*Sketch draft/);
    expect(front.replace(/<template.*?<\/template>/s, '')).not.toMatch(/Sketch|Later|Gone/);
    for (const path of ['/world/', '/2025/02/', '/feed.xml', '/sitemap.xml', '/search/'])
      expect((await dev.get(path)).text, path).not.toMatch(/Sketch|Later|Gone/i);
  });

  test('an address without a page stays empty, whatever its form', async () => {
    for (const path of [
      '/topics/nonsense/',
      '/authors/nobody/',
      '/series/none/',
      '/world/1999/01/',
      '/1999/',
      '/2025/02/part-9/',
      '/corrections/1999/',
      '/sitemap-pages.xml',
      '/nowhere/',
    ]) {
      const { status, text } = await dev.get(path);
      expect(status, path).toBe(404);
      expect(text, path).not.toMatch(/\n\s+at /);
    }
  });

  test('a story that is no longer a draft loses its bar, and the page reloads by itself', async () => {
    const page = await browser.newPage();
    await page.goto(`${dev.paper}/2025/02/sketch/`);
    await expect(page.locator('#broadsheet-dev aside')).toContainText('Draft.');
    await dev.put('content/stories/2025/02/sketch/index.md', story('Sketch'));
    await expect(page.locator('#broadsheet-dev')).toHaveCount(0);
    await dev.put('content/stories/2025/02/sketch/index.md', story('Sketch', 'draft: true\n'));
    await expect(page.locator('#broadsheet-dev aside')).toContainText('Draft.');
    await page.close();
  });

  test('a mistake is shown in place of the page, which comes back by itself after the correction', async () => {
    const page = await browser.newPage();
    await page.goto(`${dev.paper}/2025/02/harbour/`);
    await dev.put('content/stories/2025/02/harbour.md', story('Harbour').replace('world', 'wrold'));
    await expect(page.locator('h1')).toHaveText('The newsroom has mistakes');
    await expect(page.locator('li')).toContainText('content/stories/2025/02/harbour.md:3:1');
    await expect.poll(dev.terminal).toContain('content/stories/2025/02/harbour.md:3:1  unknown-section');
    await dev.put('content/stories/2025/02/harbour.md', story('Harbour'));
    await expect(page.locator('h1')).toHaveText('Harbour');
    await expect.poll(dev.terminal).toContain('Corrected. Pages are shown again.');
    expect(dev.terminal()).not.toMatch(/\n\s+at /);
    await page.close();
  });

  test('a warning is on the page that it belongs to, counted on the front page, and printed in the terminal until it is resolved', async () => {
    const linking = story('Harbour').replace('The words', 'See [more](story:2025/02/later). The words');
    await dev.put('content/stories/2025/02/harbour.md', linking);
    expect(barOf((await dev.get('/2025/02/harbour/')).text)).toMatch(
      /^1 warning about this page.*content\/stories\/2025\/02\/harbour\.md:7:1.*not public yet/s,
    );
    expect(barOf((await dev.get('/')).text)).toMatch(/1 warning about other pages.*\/2025\/02\/harbour\/ 1 warning/);
    expect(barOf((await dev.get('/2025/02/gone/')).text)).not.toContain('warning');
    expect(dev.terminal()).toContain('story-link-waiting (warning)');
    // Another file resolves it.
    await dev.put('content/stories/2025/02/later.md', story('Later'));
    expect(barOf((await dev.get('/2025/02/harbour/')).text)).toBe('');
    // A file that was saved within the last second is read again in any case, which would hide the result.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(barOf((await dev.get('/2025/02/harbour/')).text)).toBe('');
    await dev.put('content/stories/2025/02/later.md', files['content/stories/2025/02/later.md']);
    expect(barOf((await dev.get('/2025/02/harbour/')).text)).toContain('1 warning');
    await dev.put('content/stories/2025/02/harbour.md', story('Harbour'));
    expect(barOf((await dev.get('/2025/02/harbour/')).text)).toBe('');
  });
});

test('--now shows what readers will see at that time, and says so', async () => {
  const dev = await startDev(files, ['--now', '2031-11-01T06:00']);
  try {
    expect((await dev.get('/')).text).toContain('Later');
    const { status, text } = await dev.get('/2025/02/later/');
    expect([status, barOf(text)]).toEqual([
      200,
      'Shown as of 1 November 2031, 06:00 (Europe/Dublin), because of --now.',
    ]);
    expect(dev.terminal()).toContain('as readers will see it on 1 November 2031, 06:00 (Europe/Dublin)');
    expect((await dev.get('/2025/02/sketch/')).text).toContain('The words of Sketch.');
  } finally {
    await dev.stop();
  }
});

test('on other machines only what readers see is shown, unless --drafts is given', async () => {
  const network = Object.values(networkInterfaces())
    .flat()
    .find((found) => found && !found.internal && found.family === 'IPv4')?.address;
  for (const [options, shows] of [
    [['--host', '0.0.0.0'], false],
    [['--allow-host', 'tunnel.example'], false],
    [['--host', '0.0.0.0', '--drafts'], true],
  ] as const) {
    const dev = await startDev(files, [...options]);
    try {
      expect(dev.terminal()).toContain(shows ? 'because of  --drafts' : 'only what readers see. To show drafts');
      if (network && String(options).includes('--host'))
        expect(dev.terminal()).toContain(`http://${network}:${dev.port}/paper/`);
      for (const path of ['/2025/02/sketch/', '/2025/02/later/']) {
        const { status, text } = await dev.get(path);
        expect([status, /The words of/.test(text)], `${options} ${path}`).toEqual(shows ? [200, true] : [404, false]);
      }
      // So are the documents beside hidden stories.
      const document = await dev.request('/2025/02/sketch/report.txt');
      expect([document.status, /Zahlen/.test(await document.text())], String(options)).toEqual(
        shows ? [200, true] : [404, false],
      );
      if (shows) continue;
      expect((await dev.get('/')).text).not.toMatch(/Sketch|Later|broadsheet-dev/);
      expect((await dev.get('/gallery/')).status).toBe(404);
      await dev.put('content/stories/2025/02/later.md', story('Later', 'embargo: nonsense Secret\n'));
      const { text } = await dev.get('/');
      expect(text).toContain('The newsroom has mistakes');
      expect(text).not.toMatch(/Secret|later/);
      expect(dev.terminal()).toContain('later.md');
    } finally {
      await dev.stop();
    }
  }
});
