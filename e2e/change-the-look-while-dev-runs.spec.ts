import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, expect as expectSoon, type Page, test } from '@playwright/test';
import { dialStory, themeMistakes } from '../src/press/theme-mistakes.fixture.ts';
import { launchFound } from './browser.ts';
import { type DevPaper, startDev } from './dev-paper.ts';

// A designer saves files in theme/ and looks at the browser. Nothing has to be restarted, and every mistake is reported
// with its file and line.

const site = 'name: The Example Post\nurl: https://x.example/\nsections:\n  - { id: world, title: World }\n';
const front = '---\nheadline: Harbour\nsection: world\npublished: 2025-02-12\n---\n\n';
const story = 'content/stories/2025/02/harbour/index.mdx';

// All templates are read again, which takes seconds on a machine that is also doing other work.
const expect = expectSoon.configure({ timeout: 60_000 });

let dev: DevPaper;
let browser: Browser;
let page: Page;
test.beforeAll(async () => {
  dev = await startDev({ 'content/site.yaml': site, [story]: `${front}Words.\n` });
  browser = await launchFound();
  page = await browser.newPage();
  // Without a limit, a page that never answers would use up the time of the whole test.
  page.setDefaultNavigationTimeout(60_000);
});
test.afterAll(async () => {
  await browser?.close();
  await dev?.stop();
});
test.describe.configure({ mode: 'serial' });

const colourOf = (selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).color)
    .catch(() => 'on its way'); // the page may reload itself at this moment

test('a style sheet is added, changed, and deleted', async () => {
  await page.goto(`${dev.paper}/2025/02/harbour/`);
  const before = await colourOf('h1');
  await dev.put('theme/look.css', 'h1 { color: rgb(1, 2, 3) }');
  await expect.poll(() => colourOf('h1')).toBe('rgb(1, 2, 3)');
  await dev.put('theme/look.css', 'h1 { color: rgb(4, 5, 6) }');
  await expect.poll(() => colourOf('h1')).toBe('rgb(4, 5, 6)');
  await dev.put('theme/more.css', 'h1 { color: rgb(7, 8, 9) }');
  await expect.poll(() => colourOf('h1')).toBe('rgb(7, 8, 9)');
  await dev.remove('theme/more.css');
  await expect.poll(() => colourOf('h1')).toBe('rgb(4, 5, 6)');
  await dev.remove('theme/look.css');
  await expect.poll(() => colourOf('h1')).toBe(before);
});

test('a built-in component is replaced, changed, and restored', async () => {
  const foot = (words: string) =>
    `---\nimport { Foot } from 'broadsheet/theme';\nconst { site } = Astro.props;\n---\n<Foot site={site} />\n<p class="mine">${words}</p>\n<style>.mine { color: rgb(9, 8, 7) }</style>\n`;
  await dev.put('theme/components/Foot.astro', foot('Printed in Merewick'));
  await expect(page.locator('.mine')).toHaveText('Printed in Merewick');
  await expect.poll(() => colourOf('.mine')).toBe('rgb(9, 8, 7)');
  await dev.put('theme/components/Foot.astro', foot('Printed in Galway'));
  await expect(page.locator('.mine')).toHaveText('Printed in Galway');
  await dev.remove('theme/components/Foot.astro');
  await expect(page.locator('.mine')).toHaveCount(0);
  await expect(page.locator('footer')).toHaveCount(1);
});

test('the HTML of every page is added, changed, and deleted, and a mistake in it is shown', async () => {
  const foot = (words: string) =>
    `<p class="own">${words}</p>\n<script>\n  document.body.dataset.own = '${words}';\n</script>\n`;
  await dev.put('theme/foot.html', foot('Members meet on Friday'));
  await expect(page.locator('.own')).toHaveText('Members meet on Friday');
  await expect(page.locator('body')).toHaveAttribute('data-own', 'Members meet on Friday');
  await dev.put('theme/head.html', '<meta name="own" content="1">\n');
  await expect(page.locator('head meta[name="own"]')).toHaveCount(1);
  await dev.put('theme/foot.html', '<p class="own">Never closed<b></p>\n');
  await expect(page.locator('h1')).toHaveText('The newsroom has mistakes');
  await expect(page.locator('body')).toContainText('<b> is never closed');
  await dev.put('theme/foot.html', foot('Members meet on Monday'));
  await expect(page.locator('.own')).toHaveText('Members meet on Monday');
  await dev.remove('theme/foot.html');
  await dev.remove('theme/head.html');
  await expect(page.locator('.own')).toHaveCount(0);
  await expect(page.locator('head meta[name="own"]')).toHaveCount(0);
});

test('a host that the theme wants is a warning until site.yaml allows it', async () => {
  // Warnings that belong to no page are on the front page.
  await page.goto(`${dev.paper}/`);
  const warned = page.locator('#broadsheet-dev aside').filter({ hasText: 'maps.example' });
  await dev.put('theme/foot.html', '<iframe class="map" src="https://maps.example/x" title="A map"></iframe>\n');
  await expect(page.locator('.map')).toHaveCount(1);
  await expect(warned).toContainText('allow: { frame: [maps.example] }');
  await dev.put('content/site.yaml', `${site}allow: { frame: [maps.example] }\n`);
  await expect(warned).toHaveCount(0);
  await expect(page.locator('.map')).toHaveCount(1);
  await dev.put('content/site.yaml', site);
  await dev.remove('theme/foot.html');
  await expect(page.locator('.map')).toHaveCount(0);
  await page.goto(`${dev.paper}/2025/02/harbour/`);
});

test('a story component is used before it exists, added, given other attributes, and deleted', async () => {
  await dev.put(story, `${front}<Dial value="7" />\n`);
  await expect(page.locator('h1')).toHaveText('The newsroom has mistakes');
  await dev.put(
    'theme/components/Dial.astro',
    '---\ninterface Props {\n  value: string;\n}\nconst { value } = Astro.props;\n---\n<p class="dial">{value} bar</p>\n',
  );
  await expect(page.locator('.dial')).toHaveText('7 bar');
  await dev.put(
    'theme/components/Dial.astro',
    "---\ninterface Props {\n  value: '8' | '9';\n}\nconst { value } = Astro.props;\n---\n<p class=\"dial\">{value} bar</p>\n",
  );
  await expect(page.locator('body > ol')).toContainText(`${story}:7`);
  await dev.put(story, `${front}<Dial value="8" />\n`);
  await expect(page.locator('.dial')).toHaveText('8 bar');
  await dev.put(story, `${front}Words.\n`);
  await dev.remove('theme/components/Dial.astro');
  await expect(page.locator('h1')).toHaveText('Harbour');
});

test('a page of the theme that comes, changes, and goes', async () => {
  test.setTimeout(300_000);
  const heat = (words: string) =>
    `---\nimport { Page } from 'broadsheet/theme';\n---\n<Page title="Heat"><h1>${words}</h1></Page>\n<style>h1 { color: rgb(9, 9, 9) }</style>\n`;
  await dev.put('theme/pages/contact.mdx', '---\ntitle: Contact\n---\n\nWrite to us.\n');
  expect((await dev.get('/contact/')).text).toContain('Write to us.');
  await dev.put('theme/pages/heat.astro', heat('Heat map'));
  await page.goto(`${dev.paper}/heat/`);
  await expect(page.locator('h1')).toHaveText('Heat map');
  await expect.poll(() => colourOf('h1')).toBe('rgb(9, 9, 9)');
  await dev.put('theme/pages/heat.astro', heat('Heat atlas'));
  await expect(page.locator('h1')).toHaveText('Heat atlas');
  // The styles of one page are not those of another.
  await page.goto(`${dev.paper}/contact/`);
  expect(await colourOf('h1')).not.toBe('rgb(9, 9, 9)');
  await dev.put('theme/pages/heat.astro', '<h1>Bare</h1>\n');
  expect((await dev.get('/heat/')).text).toContain('does not use &lt;Page&gt;');
  await dev.remove('theme/pages/heat.astro');
  expect((await dev.get('/heat/')).status).toBe(404);
  await dev.remove('theme');
  expect((await dev.get('/contact/')).status).toBe(404);
  // The page that is open may load itself again just then.
  await expect(() => page.goto(`${dev.paper}/2025/02/harbour/`)).toPass();
});

test('a font and a picture beside the styles', async () => {
  const font = await readFile(
    join(
      import.meta.dirname,
      '../node_modules/@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2',
    ),
  );
  await dev.put('theme/fonts/own.woff2', font);
  await dev.put('theme/paper.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
  await dev.put(
    'theme/look.css',
    '@font-face { font-family: Own; src: url("./fonts/own.woff2") format("woff2") }\nh1 { font-family: Own; background: url("./paper.svg") }',
  );
  await expect
    .poll(() =>
      page
        .evaluate(() =>
          document.fonts.load('20px Own', 'ا').then(
            (found) => found.length,
            () => 0,
          ),
        )
        .catch(() => 0),
    )
    .toBe(1);
  const pictureOf = () =>
    page
      .locator('h1')
      .evaluate((element) => /url\("(.*)"\)/.exec(getComputedStyle(element).backgroundImage)?.[1] ?? '')
      .catch(() => '');
  await expect.poll(pictureOf).toContain('paper.svg');
  expect((await dev.request(new URL(await pictureOf(), dev.paper).pathname)).status).toBe(200);
  await dev.remove('theme');
  await expect
    .poll(() =>
      page
        .locator('h1')
        .evaluate((element) => getComputedStyle(element).backgroundImage)
        .catch(() => ''),
    )
    .toBe('none');
});

test('the examples of the manual stay within the margins on screen and in print, exactly as written', async () => {
  const manual = await readFile(join(import.meta.dirname, '../docs/theme.md'), 'utf8');
  const [css = '', ...components] = [...manual.matchAll(/```(?:css|astro)\n(.*?)```/gs)].map(([, code = '']) => code);
  const foot = components.find((code) => code.includes('<Foot ')) ?? '';
  const dial = components.find((code) => code.includes('class="dial"')) ?? '';
  expect(css && foot && dial, 'examples that were found').not.toBe('');
  await dev.put('theme/tokens.css', css);
  await dev.put('theme/components/Foot.astro', foot);
  await dev.put('theme/components/Dial.astro', dial);
  await dev.put(story, `${front}Words.\n\n<Dial value="7">of pressure</Dial>\n`);
  expect((await dev.get('/')).text).not.toContain('broadsheet-dev');
  const words =
    foot
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/<[^>]*>/g, '') ?? '';
  for (const media of ['screen', 'print'] as const)
    for (const width of [390, 1440]) {
      const sheet = await browser.newPage({ viewport: { width, height: 900 } });
      await sheet.emulateMedia({ media });
      await sheet.goto(`${dev.paper}/2025/02/harbour/`);
      const leftOf = (selector: string) =>
        sheet
          .locator(selector)
          .first()
          .evaluate((element) => {
            const range = document.createRange();
            range.selectNodeContents(element);
            return Math.round(range.getBoundingClientRect().left);
          });
      const place = `${media} ${width}`;
      // On screen, the footer above it has the page's margins. In print the footer is left out, and `@page` sets the
      // margins.
      const margin = await sheet
        .locator(media === 'screen' ? '.foot > .measure' : 'main')
        .evaluate((element) => Math.round(element.getBoundingClientRect().left));
      expect(await leftOf(`p:text-is("${words}")`), place).toBe(margin);
      // The area that a printer cannot reach is the page's own margin, so the edge of the sheet is the edge of the text
      // there.
      if (media === 'screen') expect(await leftOf(`p:text-is("${words}")`), place).toBeGreaterThanOrEqual(16);
      expect(await leftOf('.dial'), place).toBe(await leftOf('.body > p'));
      await sheet.close();
    }
  await dev.put(story, `${front}Words.\n`);
  await dev.remove('theme');
});

test('every mistake in a theme is reported with file and line, and the page comes back after the correction', async () => {
  test.setTimeout(600_000);
  for (const { name, files, says, severity } of themeMistakes) {
    const usesDial = 'theme/components/Dial.astro' in files;
    await dev.put(story, `${front}${usesDial ? dialStory : 'Words.'}\n`);
    for (const [file, text] of Object.entries(files)) await dev.put(file, text);
    // A warning about a page of the theme is on that page. Others belong to no page, so they are on the front page.
    const ownPage = Object.keys(files).flatMap(
      (file) => /^theme\/pages\/(.+)\.(?:astro|mdx)$/.exec(file)?.[1] ?? [],
    )[0];
    const noted = ownPage === undefined ? '/' : `/${ownPage}/`;
    const { status, text } = await dev.get(severity === 'error' ? '/2025/02/harbour/' : noted);
    const said = [...text.matchAll(/<li><p><code>([^<]*):\d+<\/code>[^<]*<\/p><p>(.*?)<\/p>/gs)].map(
      ([, place = '', message = '']) => `${place} ${plain(message)}`,
    );
    // The name of the rule is only for terminals. A page shows everything else.
    const pattern = new RegExp(says.source.replace(/ [a-z]+(?:-[\w\\+]+)+: /, ' '));
    expect.soft(said[0], `${name}: ${text.slice(0, 300)}`).toMatch(pattern);
    expect.soft(status, name).toBe(severity === 'error' ? 500 : 200);
    expect.soft(text, name).not.toMatch(/\n\s+at |node_modules\/(?:rolldown|astro)/);
    await dev.put(story, `${front}Words.\n`);
    await dev.remove('theme');
    // Reading all templates again takes a while, so only what really ran is checked again.
    if (/theme-throws|theme-\\w/.test(says.source))
      expect.soft((await dev.get('/2025/02/harbour/')).status, `after ${name}`).toBe(200);
  }
  expect((await dev.get('/2025/02/harbour/')).status).toBe(200);
  expect(dev.terminal()).not.toMatch(/\n\s+at |bug in Broadsheet/);
});

const plain = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
