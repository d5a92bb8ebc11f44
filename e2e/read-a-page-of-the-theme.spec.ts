import { expect, test } from '@playwright/test';
import { launchFound } from './browser.ts';
import { listed } from './gates/gate.ts';
import { gates } from './gates/gates.ts';
import { type LooksNewsroom, openNewsroom } from './looks/newsroom.ts';
import { need } from './tools.ts';

// A newsroom's own pages, in MDX and in Astro, are as good to read as ours: every gate of the demo newsroom's pages, a
// narrow phone, and the keyboard.

const files = {
  'content/site.yaml':
    'name: The Example Post\nurl: https://post.example/\nlanguage: en-IE\nsections:\n  - { id: world, title: World }\n',
  'content/stories/2025/02/harbour.md':
    '---\nheadline: Harbour reopens after the storm\nsection: world\nbyline: [Ann Example]\npublished: 2025-02-12\n---\n\nSee [the contact page](/contact/).\n',
  'theme/pages/contact.mdx': `---
title: Contact
standfirst: How to reach the newsroom.
section: world
---
import { LatestStories } from 'broadsheet/theme';

Write to [the desk](mailto:desk@post.example), or see [the ports](/projects/ports/).

| Desk | Hours |
| --- | --- |
| News | always |
| Sport | from nine |

- by post
- by *pigeon*

## Latest stories

<LatestStories list="site" count={3} />
`,
  'theme/pages/projects/ports.astro': `---
import { hrefOf, latestStories, Page } from 'broadsheet/theme';
const { site } = Astro.locals;
const stories = await latestStories('site', 20);
---
<Page title="Ports" description="Everything that we know about the ports.">
  <div class="measure">
    <h1>Ports</h1>
    <ul>{stories.map((card) => <li><a href={hrefOf(site, card.address)}>{card.headline}</a></li>)}</ul>
  </div>
</Page>
`,
};
const pages = ['contact/index.html', 'projects/ports/index.html'];

let newsroom: LooksNewsroom;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  newsroom = await openNewsroom(files);
});
test.afterAll(() => newsroom?.close());

for (const [name, gate] of Object.entries(gates))
  test(`a page of the theme passes: ${name}`, async () => {
    need(...gate.needs);
    test.setTimeout(300_000);
    const site = { folder: newsroom.folder, origin: newsroom.origin, siteUrl: 'https://post.example' };
    const found = await gate.check(site, pages);
    expect(listed(found.filter(({ page }) => pages.includes(page)))).toBe('');
  });

test('on a narrow phone nothing is wider than the screen, and the text has the margins of the site', async () => {
  await using browser = await launchFound();
  const page = await browser.newPage({ viewport: { width: 320, height: 800 } });
  for (const path of ['/contact/', '/projects/ports/']) {
    await page.goto(newsroom.origin + path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(320);
    const left = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => Math.round(element.getBoundingClientRect().left));
    expect(await left('main h1'), path).toBe(await left('.foot > .measure > div'));
  }
});

test('the skip link leads to the text', async () => {
  await using browser = await launchFound();
  const page = await browser.newPage();
  for (const path of ['/contact/', '/projects/ports/']) {
    await page.goto(newsroom.origin + path);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe('#main');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null), path).toBe(true);
  }
});
