import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { type SmallNewsroom, siteYaml, smallNewsroom, story } from '../src/press/small-newsroom.fixture.ts';
import { analyticsProducts } from '../src/site/service-settings.ts';
import { filesOf } from './files.ts';
import { expect, test } from './test.ts';

// Programs that count visits and keep comments, with the policy of the page and of the host. They are replaced by small
// ones that do what the real ones do: load a script, send a visit, load a style, show a frame.

const stats = 'https://stats.example';
const comments = 'https://comments.example';

const programs: Record<string, { type: string; body: string }> = {
  [`${stats}/js/script.js`]: script(
    'fetch(document.currentScript.dataset.api, { method: "POST", body: document.currentScript.dataset.domain });',
  ),
  [`${stats}/script.js`]: script(
    'fetch(new URL("api/send", document.currentScript.src), { method: "POST", body: document.currentScript.dataset.websiteId });',
  ),
  [`${stats}/count.js`]: script(
    'const at = document.querySelector("script[data-goatcounter]").dataset.goatcounter; navigator.sendBeacon(at); new Image().src = at + "?i";',
  ),
  [`${stats}/matomo.js`]: script(
    'const at = _paq.find(([name]) => name === "setTrackerUrl")[1]; navigator.sendBeacon(at, String(_paq.findIndex(([name]) => name === "disableCookies"))); new Image().src = at + "?i";',
  ),
  [`${comments}/js/embed.min.js`]: script(`
    const { isso, issoLang } = document.querySelector("script[data-isso]").dataset;
    const thread = document.querySelector("#isso-thread");
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = isso + "/css/isso.css";
    document.head.append(style);
    fetch(isso + "/?uri=" + thread.dataset.issoId).then(() => thread.append("Comments of " + thread.dataset.title + " in " + issoLang));`),
  [`${comments}/web/embed.mjs`]: script(`
    const frame = document.createElement("iframe");
    frame.src = remark_config.host + "/web/iframe.html?" + new URLSearchParams({ site_id: remark_config.site_id, url: remark_config.url, locale: remark_config.locale });
    document.querySelector("#remark42").append(frame);`),
};

function script(body: string) {
  return { type: 'text/javascript', body };
}

const files = {
  'content/stories/2025/02/harbour.md': story({ aliases: ['/old/'] }),
  'content/stories/2025/02/quiet.md': story({ headline: 'A quiet story', comments: false }),
  'content/stories/2025/02/gone.md': story({
    headline: 'Gone',
    withdrawn: { date: '2025-02-13', reason: 'It was wrong.' },
  }),
  'content/stories/2025/02/teach.md': story({ headline: 'Das Hafenbuch', language: 'de' }),
  'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n',
};

const rooms: SmallNewsroom[] = [];
test.afterAll(() => {
  for (const { site } of rooms) rmSync(site, { recursive: true, force: true });
});

async function built(added: string): Promise<SmallNewsroom> {
  const room = smallNewsroom({ ...files, 'content/site.yaml': siteYaml + added });
  rooms.push(room);
  await room.press();
  return room;
}

interface Visit {
  page: Page;
  /** Requests to other hosts. */
  requests: string[];
  complaints: string[];
  close(): Promise<void>;
}

/** Opens pages at the address of the site, with the headers that its host sends. */
async function visitor(
  browser: Browser,
  { site }: SmallNewsroom,
  options: BrowserContextOptions = {},
  at = 'https://post.example',
): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const visit: Visit = { page, requests: [], complaints: [], close: () => context.close() };
  const policy = /Content-Security-Policy: (.*)/.exec(await readFile(join(site, 'dist/_headers'), 'utf8'))?.[1] ?? '';
  await context.route('**/*', async (route) => {
    const { origin, pathname, href } = new URL(route.request().url());
    if (origin !== at) {
      visit.requests.push(`${route.request().method()} ${href}`);
      const program = programs[origin + pathname];
      const headers = { 'access-control-allow-origin': '*' };
      if (program) return route.fulfill({ contentType: program.type, body: program.body, headers });
      return route.fulfill({ contentType: pathname.endsWith('.html') ? 'text/html' : 'text/css', body: '', headers });
    }
    const file = join(site, 'dist', decodeURIComponent(pathname), pathname.endsWith('/') ? 'index.html' : '');
    const isPage = /\.html$/.test(file);
    return route
      .fulfill({
        path: file,
        ...(isPage
          ? { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy } }
          : {}),
      })
      .catch(() => route.abort());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') visit.complaints.push(message.text());
  });
  page.on('pageerror', (error) => visit.complaints.push(error.message));
  return visit;
}

/** What was asked for, without numbers that differ. */
const asked = ({ requests }: Visit) => [...new Set(requests)].sort();

const expected: Record<string, string[]> = {
  plausible: [`GET ${stats}/js/script.js`, `POST ${stats}/api/event`],
  umami: [`GET ${stats}/script.js`, `POST ${stats}/api/send`],
  goatcounter: [`GET ${stats}/count.js`, `GET ${stats}/count?i`, `POST ${stats}/count`],
  matomo: [`GET ${stats}/matomo.js`, `GET ${stats}/matomo.php?i`, `POST ${stats}/matomo.php`],
};

test.describe.configure({ mode: 'default', timeout: 180_000 });

for (const product of analyticsProducts)
  test(`${product} counts every page of the site, and nothing is blocked`, async ({ browser }) => {
    const room = await built(`analytics: { product: ${product}, url: "${stats}/", site: 7 }\n`);
    const visit = await visitor(browser, room);
    for (const file of ['', 'world/', '2025/02/harbour/', 'about/', 'corrections/', '404.html']) {
      visit.requests.length = 0;
      await visit.page.goto(`https://post.example/${file}`);
      await expect.poll(() => asked(visit), file).toEqual(expected[product]);
    }
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

test('readers who object are not counted, and neither are copies of the site', async ({ browser }) => {
  const room = await built(`analytics: { product: goatcounter, url: "${stats}/" }\n`);
  const objections: [name: string, script: string][] = [
    ['Do Not Track', 'Object.defineProperty(navigator, "doNotTrack", { value: "1" })'],
    ['Global Privacy Control', 'Object.defineProperty(navigator, "globalPrivacyControl", { value: true })'],
  ];
  for (const [name, objection] of objections) {
    const visit = await visitor(browser, room);
    await visit.page.addInitScript(objection);
    await visit.page.goto('https://post.example/');
    await visit.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect(asked(visit), name).toEqual([]);
    await visit.close();
  }
  const copy = await visitor(browser, room, {}, 'http://127.0.0.1:4999');
  await copy.page.goto('http://127.0.0.1:4999/');
  await copy.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(asked(copy)).toEqual([]);
  await copy.close();
});

for (const product of ['isso', 'remark42'] as const)
  test.describe(product, () => {
    let room: SmallNewsroom;
    test.beforeAll(async () => {
      room = await built(`comments: { product: ${product}, url: "${comments}" }\n`);
    });

    test('no page asks for anything before a reader presses the button', async ({ browser }) => {
      const visit = await visitor(browser, room);
      const pages = (await filesOf(join(room.site, 'dist'), '.html')).filter((file) => !file.startsWith('old/'));
      expect(pages.length).toBeGreaterThan(8);
      for (const file of pages) {
        await visit.page.goto(`https://post.example/${file.replace(/index\.html$/, '')}`, { waitUntil: 'load' });
        await visit.page.mouse.wheel(0, 10_000);
        await visit.page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
      }
      expect(asked(visit)).toEqual([]);
      expect(visit.complaints).toEqual([]);
      await visit.close();
    });

    test('the button loads the comments, also with the keyboard', async ({ browser }) => {
      const visit = await visitor(browser, room);
      await visit.page.goto('https://post.example/2025/02/harbour/');
      const button = visit.page.getByRole('button', { name: 'Show the comments' });
      await expect(button).toBeVisible();
      await expect(visit.page.getByText('They are loaded from comments.example.')).toBeVisible();
      await button.focus();
      await visit.page.keyboard.press('Enter');
      if (product === 'isso') {
        await expect(visit.page.locator('#isso-thread')).toHaveText('Comments of Harbour reopens after storm in en');
        await expect
          .poll(() => asked(visit))
          .toEqual([
            `GET ${comments}/?uri=/2025/02/harbour/`,
            `GET ${comments}/css/isso.css`,
            `GET ${comments}/js/embed.min.js`,
          ]);
      } else {
        await expect(visit.page.locator('#remark42 iframe')).toHaveCount(1);
        await expect
          .poll(() => asked(visit))
          .toEqual([
            `GET ${comments}/web/embed.mjs`,
            `GET ${comments}/web/iframe.html?site_id=remark&url=${encodeURIComponent('https://post.example/2025/02/harbour/')}&locale=en`,
          ]);
      }
      await expect(button).toBeHidden();
      await expect(visit.page.getByRole('heading', { name: 'Comments' })).toBeFocused();
      expect(visit.complaints).toEqual([]);
      await visit.close();
    });

    test('only stories have comments, unless they say that they have none', async ({ browser }) => {
      const visit = await visitor(browser, room);
      for (const [path, count] of [
        ['2025/02/harbour/', 1],
        ['2025/02/teach/', 1],
        ['2025/02/quiet/', 0],
        ['2025/02/gone/', 0],
        ['about/', 0],
        ['', 0],
      ] as const) {
        await visit.page.goto(`https://post.example/${path}`);
        await expect(visit.page.getByRole('heading', { name: 'Comments' }), path).toHaveCount(count);
        const policy = await visit.page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
        expect(policy?.includes(comments), path).toBe(count === 1);
      }
      await visit.close();
    });

    test('without JavaScript, the page says so, and on paper there is nothing', async ({ browser }) => {
      const visit = await visitor(browser, room, { javaScriptEnabled: false });
      await visit.page.goto('https://post.example/2025/02/harbour/');
      // A search for text leaves out what is in <noscript>.
      const said = visit.page.locator('.ask noscript p');
      await expect(said).toHaveText('Comments need JavaScript.');
      await expect(said).toBeVisible();
      await expect(visit.page.getByRole('button', { name: 'Show the comments' })).toHaveCount(0);
      await visit.page.emulateMedia({ media: 'print' });
      await expect(said).toBeHidden();
      await visit.close();
    });

    test('if the program does not answer, the reader is told and can try again', async ({ browser }) => {
      const visit = await visitor(browser, room);
      await visit.page.context().route(`${comments}/**`, (route) => route.abort());
      await visit.page.goto('https://post.example/2025/02/harbour/');
      await visit.page.getByRole('button', { name: 'Show the comments' }).click();
      await expect(visit.page.getByRole('alert')).toHaveText('The comments could not be loaded. Try again later.');
      await visit.page.context().unroute(`${comments}/**`);
      await visit.page.getByRole('button', { name: 'Show the comments' }).click();
      await expect(visit.page.locator(product === 'isso' ? '#isso-thread' : '#remark42 iframe')).toBeAttached();
      await expect(visit.page.getByRole('alert')).toHaveCount(0);
      await visit.close();
    });
  });
