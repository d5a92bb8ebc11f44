import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page, Request } from '@playwright/test';
import { demo, pagesByKind } from './demo.ts';
import { addressOf, filesOf } from './files.ts';
import { openFirefox } from './firefox.ts';
import { expect, test } from './test.ts';
import { need } from './tools.ts';

// The whole paper as a folder on disk, read without a network. The zip contains the same files
// (src/editions/make.test.ts), so testing the folder is enough.

test.describe.configure({ mode: 'default', timeout: 300_000 });

const root = join(import.meta.dirname, '..');
let home: string;
let folder: string;

test.beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'broadsheet-disk-'));
  folder = join(home, 'the paper #1'); // readers have folders with such names
  const bin = join(root, 'src/cli/bin.mjs');
  const to = ['--site', root, '--dist', join(home, 'dist'), '--out', folder];
  execFileSync(process.execPath, [bin, 'edition', 'folder', ...to, '--quiet']);
});

test.afterAll(async () => {
  if (home) await rm(home, { recursive: true, force: true });
});

test('every page opens from disk: nothing is refused, nothing fails, and pictures and styles are there', async ({
  browser,
}) => {
  const pages = await filesOf(folder, '.html');
  expect(pages.length).toBe((await filesOf(demo().folder, '.html')).length);
  expect(
    await faultsOnDisk(
      browser,
      pages.map((page) => join(folder, page)),
    ),
  ).toEqual([]);
});

test('no page preloads a font: browsers refuse that on a disk, and WebKit then has no font at all', async () => {
  const preloads = async (of: string) =>
    (await readFile(join(of, 'index.html'), 'utf8')).match(/rel="preload"/g)?.length;
  expect(await preloads(demo().folder)).toBeGreaterThan(0);
  for (const page of await filesOf(folder, '.html'))
    expect(await readFile(join(folder, page), 'utf8'), page).not.toContain('rel="preload"');
});

test('the search page says that it needs a server, and the edition has no index', async ({ page }) => {
  const search = pathToFileURL(join(folder, 'search/index.html')).href;
  await page.goto(search);
  await expect(page.getByRole('status')).toContainText('This is a copy on a disk');
  await expect(page.locator('form.find')).toBeHidden();
  expect((await filesOf(folder, '')).filter((file) => file.startsWith('pagefind/'))).toEqual([]);
  need('firefox-esr');
  const firefox = await openFirefox();
  try {
    await firefox.open(search);
    const said = "document.querySelector('[role=status]').textContent";
    await expect.poll(() => firefox.evaluate(said), { timeout: 60_000 }).toContain('This is a copy on a disk');
  } finally {
    await firefox.close();
  }
});

test('every page opens in Firefox too', async () => {
  need('firefox-esr');
  const firefox = await openFirefox();
  try {
    const pages = await filesOf(folder, '.html');
    const faults: string[] = [];
    const look = async (page: string): Promise<string[]> => {
      await firefox.open(pathToFileURL(join(folder, page)).href);
      const missing = (await firefox.evaluate(`(${whatIsMissing})().then((all) => all.join('; '))`)) as string;
      return [...firefox.faults(), missing].filter(Boolean).map((fault) => `${page}: ${fault}`);
    };
    for (const page of pages) {
      if (isRedirect(await readFile(join(folder, page), 'utf8'))) continue; // it leads to one of the others
      // On a busy machine an optional font may come too late, and then Firefox says that it did not load at all.
      if ((await look(page)).length > 0) faults.push(...(await look(page)));
    }
    expect(faults).toEqual([]);
    // And it behaves as it does for readers, and does not let a page read neighbouring files because a test is running.
    await writeFile(join(home, 'a.js'), 'export const a = 1;');
    await writeFile(
      join(home, 'module.html'),
      '<!doctype html><title>x</title><script type="module" src="a.js"></script>',
    );
    await firefox.open(pathToFileURL(join(home, 'module.html')).href);
    expect(firefox.faults().join('\n')).toMatch(/a\.js/);
  } finally {
    await firefox.close();
  }
});

test('every link leads to a file, and its fragment to a place in it', async () => {
  const pages = await filesOf(folder, '.html');
  const ids = new Map<string, Set<string>>();
  for (const page of pages) ids.set(page, idsOf(await readFile(join(folder, page), 'utf8')));
  let links = 0;
  const dead: string[] = [];
  for (const page of pages) {
    for (const href of hrefsOf(await readFile(join(folder, page), 'utf8'))) {
      if (/^(?:https?|mailto|tel|data):/.test(href)) continue;
      links += 1;
      const url = new URL(href, pathToFileURL(join(folder, page)));
      const file = fileURLToPath(new URL(url.pathname, url));
      const target = file.slice(folder.length + 1);
      const fragment = decodeURIComponent(url.hash.slice(1));
      if (!existsSync(file) || !statSync(file).isFile()) dead.push(`${page}: ${href}`);
      else if (fragment !== '' && ids.has(target) && !ids.get(target)!.has(fragment)) dead.push(`${page}: ${href}`);
    }
  }
  expect(links).toBeGreaterThan(1000);
  expect(dead).toEqual([]);
});

test('a reader goes from the front to a story and back', async ({ browser }) => {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  const headline = page.locator('main article a, main h2 a, main h3 a').first();
  const words = await headline.innerText();
  await headline.click();
  await expect(page.locator('h1')).toHaveText(words);
  await page.locator('.wordmark').click();
  expect(page.url()).toBe(pathToFileURL(join(folder, 'index.html')).href);
  await context.close();
});

test('each kind of page prints the same as over the network', async ({ browser }) => {
  const [context, disk] = [await browser.newContext(), await browser.newContext({ offline: true })];
  const [online, offline] = [await context.newPage(), await disk.newPage()];
  for (const [kind, page] of Object.entries(await pagesByKind())) {
    await online.goto(demo().origin + addressOf(page));
    await offline.goto(pathToFileURL(join(folder, page)).href);
    expect(await printed(offline, 'disk.pdf'), kind).toEqual(await printed(online, 'net.pdf'));
  }
  await Promise.all([context.close(), disk.close()]);
});

test('canary: a page that requests what a browser refuses on a disk is detected', async ({ browser }) => {
  const bad: Record<string, [html: string, seen: RegExp]> = {
    'module.html': ['<script type="module" src="a.js"></script>', /a\.js/],
    'root.html': ['<link rel="stylesheet" href="/no-such-folder/site.css">', /site\.css/],
    'picture.html': ['<img src="lost.png" alt="">', /lost\.png/],
    'digest.html': ['<link rel="stylesheet" href="site.css" integrity="sha256-AAAA">', /integrity|site\.css/],
  };
  await writeFile(join(home, 'a.js'), 'export const a = 1;');
  await writeFile(join(home, 'site.css'), 'p { color: red }');
  for (const [name, [html, seen]] of Object.entries(bad)) {
    await writeFile(join(home, name), `<!doctype html><title>x</title>${html}<p>x`);
    expect((await faultsOnDisk(browser, [join(home, name)])).join('\n'), name).toMatch(seen);
  }
});

/** Opens files without a network and returns whatever failed. */
async function faultsOnDisk(browser: Browser, files: string[]): Promise<string[]> {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const faults: string[] = [];
  let current = '';
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    if (why === 'net::ERR_ABORTED' && isThere(request)) return;
    faults.push(`${current}: ${request.url()} ${why}`);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`${current}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${current}: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) faults.push(`${current}: asks the network for ${request.url()}`);
  });
  for (const file of files) {
    current = file.slice(dirname(home).length + 1);
    await page.goto(pathToFileURL(file).href);
    if (isRedirect(await readFile(file, 'utf8'))) await page.waitForURL((url) => url.href !== pathToFileURL(file).href);
    faults.push(...(await page.evaluate(whatIsMissing)).map((what) => `${current}: ${what}`));
  }
  await context.close();
  return faults;
}

/**
 * A request that the browser cancels is not a failure if the file exists: the icon of a page that was left, or the JPEG
 * of a lead, which a busy Chromium requests before it has read the sources around it. What must be visible is checked
 * in the page.
 */
const isThere = (request: Request): boolean => existsSync(fileURLToPath(request.url()));

/** Runs in the page: pictures that do not load, and styles and fonts that are not applied. */
async function whatIsMissing(): Promise<string[]> {
  const images = [...document.images];
  for (const image of images) image.loading = 'eager';
  const loaded = await Promise.all(
    images.map((image) =>
      image.decode().then(
        () => '',
        () => `the picture ${image.currentSrc || image.src} does not load`,
      ),
    ),
  );
  const sheets = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  const bare = sheets.filter((link) => !link.sheet).map((link) => `the style ${link.href} is not applied`);
  await Promise.all([...document.fonts].map((font) => font.load().catch(() => undefined)));
  const fonts = [...document.fonts]
    .filter((font) => font.family.includes('Newsreader') && font.status === 'error')
    .map((font) => `the font ${font.family} ${font.style} does not load`);
  return [...loaded.filter(Boolean), ...bare, ...fonts];
}

const isRedirect = (html: string): boolean => html.includes('http-equiv="refresh"');

async function printed(page: Page, name: string) {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    await Promise.all([...document.fonts].map((font) => font.load().catch(() => undefined)));
  });
  const path = join(home, name);
  await page.pdf({ path, preferCSSPageSize: true, tagged: true, outline: true });
  const pages = /^Pages:\s+(\d+)$/m.exec(execFileSync('pdfinfo', [path], { encoding: 'utf8' }))?.[1];
  // Another rendition of a picture can be a fraction of a point taller, for which pdftotext prints an empty line.
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  return { pages, text: text.replace(/\n\s*\n/g, '\n') };
}

const hrefsOf = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|src|srcset|poster|action)="([^"]*)"/g)].flatMap(([attribute, value = '']) => {
    const text = value.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
    return attribute.trim().startsWith('srcset')
      ? text.split(/,\s+/).map((one) => one.trim().split(/\s+/)[0]!)
      : [text];
  });

const idsOf = (html: string): Set<string> => new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id));
