import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { noise } from '../src/pictures/small-pictures.fixture.ts';
import { type SmallNewsroom, siteYaml, smallNewsroom, story } from '../src/press/small-newsroom.fixture.ts';
import { filesOf } from './files.ts';
import { type Gate, listed } from './gates/gate.ts';
import { gates } from './gates/gates.ts';
import { serve } from './serve.ts';
import { expect, test } from './test.ts';
import { need } from './tools.ts';

// A story from an archive whose pictures did not come along: a lead, one in the text, one in a gallery, and one in a
// pair. Readers get the words on every page, in every direction of writing, and on paper.

test.describe.configure({ mode: 'default', timeout: 240_000 });
test.use({ bypassCSP: true });

const languages = { en: 'en-IE', ar: 'ar' } as const;
const front = {
  published: '2025-03-01T00:00:00Z',
  lead: {
    wanted: 'https://old.example/lead.jpg',
    alt: 'A white ferry between two piers',
    caption: 'The *last* ferry of the summer',
    credit: 'A. Diallo',
  },
};
const body = [
  'The ferry was late again.',
  '<Figure wanted="https://old.example/rope.jpg" alt="Two men tie a rope" kind="file" date="2019" description="The rope is wet." />',
  'Nobody minded.',
  '<Figure wanted="https://old.example/x.jpg" />',
  '<Gallery caption="The harbour">\n<Figure wanted="https://old.example/a.jpg" caption="Monday" credit="R. Example" />\n\n![A boat on its side](boat.jpg "Thursday")\n</Gallery>',
  '<Pair caption="The same window">\n<Figure wanted="https://old.example/b.jpg" caption="1963" />\n\n![The same window, open](boat.jpg "2026")\n</Pair>',
].join('\n\n');

const papers: { language: string; newsroom: SmallNewsroom; origin: string; server: Server }[] = [];

test.beforeAll(async () => {
  for (const language of Object.values(languages)) {
    const newsroom = smallNewsroom({
      'content/site.yaml': siteYaml.replace('en-IE', language).replace(/.*Sport.*\n/, ''),
      'content/stories/2025/03/ferry/index.mdx': story(front, body),
      'content/stories/2025/03/ferry/boat.jpg': await noise(900, 600).jpeg().toBuffer(),
    });
    await newsroom.press();
    papers.push({ language, newsroom, ...(await serve(join(newsroom.site, 'dist'))) });
  }
});
test.afterAll(() => {
  for (const { newsroom, server } of papers) {
    server.close();
    server.closeAllConnections();
    rmSync(newsroom.site, { recursive: true, force: true });
  }
});

for (const name of ['nu-html-checker', 'html-validate', 'axe', 'headings', 'links', 'structured-data', 'xml'])
  test(`the pages pass: ${name}`, async () => {
    const gate = gates[name] as Gate;
    need(...gate.needs);
    for (const { language, newsroom, origin } of papers) {
      const folder = join(newsroom.site, 'dist');
      const pages = await filesOf(folder, '.html');
      expect(pages).toContain('2025/03/ferry/index.html');
      expect(listed(await gate.check({ folder, origin, siteUrl: 'https://post.example' }, pages)), language).toBe('');
    }
  });

test('each notice is a figure with its words, on a screen and on paper, and nothing is wider than the page', async ({
  page,
}) => {
  for (const { language, origin } of papers) {
    for (const widthPx of [320, 390, 820, 1440]) {
      await page.setViewportSize({ width: widthPx, height: 900 });
      for (const media of ['screen', 'print'] as const) {
        await page.emulateMedia({ media });
        await page.goto(`${origin}/2025/03/ferry/`);
        const figures = page.locator('figure.unavailable');
        await expect(figures).toHaveCount(5);
        for (const figure of await figures.all()) {
          await expect(figure.locator('.absent')).toBeVisible();
          expect((await figure.boundingBox())!.height, `${language} ${widthPx} ${media}`).toBeLessThan(240);
        }
        await expect(figures.first()).toContainText('The last ferry of the summer');
        await expect(figures.nth(1)).toContainText('Two men tie a rope');
        const tooWidePx = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        expect(tooWidePx, `${language} ${widthPx} ${media}`).toBeLessThanOrEqual(0);
      }
    }
    const images = await page
      .locator('article img')
      .evaluateAll((all) => all.map((image) => image.getAttribute('alt')));
    expect(images).toEqual(['A boat on its side', 'The same window, open']);
  }
});
